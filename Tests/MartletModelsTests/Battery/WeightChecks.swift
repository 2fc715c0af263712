import MartletModels
import MartletNumerics
import Testing

/// What weights of samples mean, to every estimator that takes them.
@Suite struct WeightChecks {
  static let subjects = BatteryCase.all.filter(\.takesWeights)

  @Test(arguments: subjects) func equalWeightsAreNone(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    let plain = try subject.fit(x, y, nil).answers(BatteryData.fresh)
    let weighted = try subject.fit(x, y, y.map { _ in 1 }).answers(BatteryData.fresh)
    #expect(agree(weighted.scalars, plain.scalars, within: 1e-7))
  }

  @Test(arguments: subjects) func aWeightIsARepetition(_ subject: BatteryCase) throws {
    guard !subject.has(.weightsAreNotRepetition) else { return }
    let (x, y) = BatteryData.samples(subject.kind)
    let weights = y.indices.map { Double($0 * 5 % 4) }
    let rows = y.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let weighted = try subject.fit(x, y, weights).answers(BatteryData.fresh)
    let repeated = try subject.fit(x[rows: rows], rows.map { y[$0] }, nil).answers(BatteryData.fresh)
    #expect(agree(weighted.scalars, repeated.scalars, within: 1e-5))
  }

  @Test(arguments: subjects) func wrongWeightsAreRefused(_ subject: BatteryCase) {
    let (x, y) = BatteryData.samples(subject.kind)
    let ones = y.map { _ in 1.0 }
    #expect(refusal { try subject.fit(x, y, Array(ones.dropLast())) } == .shape)
    for wrong in [-1, Double.nan, .infinity] {
      #expect(refusal { try subject.fit(x, y, [wrong] + ones.dropFirst()) } == .parameter, "\(wrong)")
    }
    #expect(refusal { try subject.fit(x, y, ones.map { _ in 0 }) } == .parameter, "all zero")
  }
}
