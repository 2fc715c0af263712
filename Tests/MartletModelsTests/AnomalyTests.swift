import MartletModels
import MartletNumerics
import Testing

@Suite struct AnomalyTests {
  struct Forest: Decodable {
    let auc: Double
    let scores: [Double]
  }
  struct Reference: Decodable {
    let factors, novelty: [Double]
    let forest: Forest
  }
  private func reference() throws -> Reference { try ReferenceFile.read("anomalies") }
  private func cancer() throws -> (x: Matrix, y: [Int]) {
    let table = try ReferenceFile.read("vectors", as: SupportVectorTests.Reference.self).cancer
    return (Matrix(table.x), table.y)
  }

  @Test func factorsAreScikitLearns() throws {
    let expected = try reference()
    let x = try cancer().x
    let model = try LocalOutlierFactor().fit(x)
    #expect(agree(model.sampleScores, expected.factors, within: 1e-7))
    let novelty = try LocalOutlierFactor(neighbors: 10).fit(x[0..<400, .all])
    #expect(agree(try novelty.scores(x[400..., .all]), expected.novelty, within: 1e-7))
    let tenth = try LocalOutlierFactor(contamination: .fraction(0.1)).fit(x)
    #expect(tenth.anomalies.count { $0 } == 57)
  }

  /// The area under the curve of scores that tell two classes apart.
  private func area(_ scores: [Double], _ isHigh: [Bool]) -> Double {
    let (high, low) = (scores.indices.filter { isHigh[$0] }, scores.indices.filter { !isHigh[$0] })
    let wins = high.reduce(0.0) { sum, a in
      sum + low.reduce(0.0) { $0 + (scores[a] > scores[$1] ? 1 : scores[a] == scores[$1] ? 0.5 : 0) }
    }
    return wins / Double(high.count * low.count)
  }

  @Test func forestsAreLikeScikitLearns() throws {
    let expected = try reference().forest
    let (x, y) = try cancer()
    let model = try IsolationForest(seed: 0).fit(x)
    let scores = try model.scores(x)
    let areas = try (0..<5).map { (seed: UInt64) in
      area(try IsolationForest(seed: seed).fit(x).scores(x), y.map { $0 == 1 })
    }
    #expect(abs(mean(areas) - expected.auc) < 0.05, "\(areas)")
    let some = stride(from: 0, to: 569, by: 7).map { scores[$0] }
    #expect(correlation(some, expected.scores) > 0.95)
    #expect(abs(mean(some) - mean(expected.scores)) < 0.01)
    let alone = try Parallel.$threadLimit.withValue(1) { try IsolationForest(seed: 0).fit(x) }
    #expect(alone == model)
    let tenth = try IsolationForest(contamination: .fraction(0.1), seed: 0).fit(x)
    #expect(try tenth.isAnomaly(x).count { $0 } == 57)
  }

  /// One sample far from all others is set apart first.
  @Test func aLonelySampleIsTheMostUnusual() throws {
    var random = PCG64(seed: 2)
    let x = Matrix.concatenated([random.normals(shape: [300, 3]), Matrix([[9, 9, 9]])])
    #expect(try IsolationForest(seed: 1).fit(x).scores(x).enumerated().min { $0.element < $1.element }?.offset == 300)
    #expect(try LocalOutlierFactor().fit(x).anomalies[300])
    #expect(try EllipticEnvelope(contamination: 0.01, seed: 1).fit(x).isAnomaly(x)[300])
  }

  /// A third of wild samples does not move the centre.
  @Test func outliersHaveNoPartInTheEnvelope() throws {
    var random = PCG64(seed: 9)
    let x = Matrix.concatenated([
      random.normals(shape: [2_000, 2]), random.normals(shape: [600, 2], mean: 30, standardDeviation: 5),
    ])
    let model = try EllipticEnvelope(contamination: 0.24, seed: 0).fit(x)
    #expect(agree(model.location, [0, 0], within: 0.1) && agree(model.covariance.scalars, [1, 0, 0, 1], within: 0.15))
    #expect(try model.isAnomaly(x[2_000..., .all]).allSatisfy { $0 })
  }

  @Test func rules() {
    let values: [Double] = [1, 2, 3, 4, 100]
    #expect(OutlierRule.interquartile().limits(of: values) == -1...7)
    #expect(OutlierRule.interquartile().outliers(in: values) == [4])
    // 1.4826 is the scale that makes the deviation that of normal numbers.
    #expect(abs(OutlierRule.medianDeviation().limits(of: values).upperBound - (3 + 3.5 * 1.482602218505602)) < 1e-12)
    #expect(OutlierRule.medianDeviation().outliers(in: values) == [4])
    #expect(
      OutlierRule.standardScore().outliers(in: values).isEmpty
        && OutlierRule.standardScore(1.5).outliers(in: values) == [4])
    #expect(OutlierRule.standardScore().outliers(in: []).isEmpty)
  }

  @Test func refusalsAndFiles() throws {
    let x = try ClassicData.iris().x
    #expect(refusal { try LocalOutlierFactor(contamination: .fraction(0.7)).fit(x) } == .parameter)
    #expect(refusal { try IsolationForest(trees: 0).fit(x) } == .parameter)
    #expect(refusal { try EllipticEnvelope().fit(Matrix.ones(50, 2)) } == .notConverged)
    #expect(refusal { try EllipticEnvelope().fit(x[0..<9, .all]) } == .tooFewSamples)
    let factor = try LocalOutlierFactor(neighbors: 3).fit(x[0..<20, .all])
    #expect(try ClassicData.damageProblems(factor) { _ = try $0.isAnomaly(x) }.isEmpty)
    let forest = try IsolationForest(trees: 2, samplesPerTree: 8, seed: 0).fit(x)
    #expect(try ClassicData.reread(forest) == forest && forest.description.contains("2 trees of 8 samples"))
    #expect(try ClassicData.damageProblems(forest) { _ = try $0.isAnomaly(x) }.isEmpty)
    let envelope = try EllipticEnvelope(seed: 0).fit(x)
    #expect(try ClassicData.damageProblems(envelope) { _ = try $0.isAnomaly(x) }.isEmpty)
  }
}
