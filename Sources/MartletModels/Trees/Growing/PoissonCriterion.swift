import MartletNumerics

/// Half the mean Poisson deviance of answering the mean, `∑ w y log(y / mean) / ∑ w`, for targets that are counts.
///
/// The score is `∑L log(meanL) + ∑R log(meanR)`. A border that leaves a side without any count scores worst: a rate of 0
/// would be infinitely wrong about the first count that comes.
struct PoissonCriterion: SplitCriterion {
  private var sums = TargetSums()
  private(set) var impurity = 0.0

  var outputCount: Int { 1 }
  var weight: Double { sums.weight }
  var leftWeight: Double { sums.leftWeight }
  var isPure: Bool { sums.isConstant }
  var unsplitScore: Double { sums.sum > 0 ? sums.sum * log(sums.mean) : 0 }
  @inline(__always) var score: Double {
    let (left, right) = (sums.leftSum, sums.rightSum)
    guard left > 0, right > 0 else { return -.infinity }
    return left * log(left / sums.leftWeight) + right * log(right / sums.rightWeight)
  }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Double>>, _ count: Int) {
    sums.begin(observations, count)
    var deviance = 0.0
    for sample in UnsafeBufferPointer(start: observations, count: count) where sample.target > 0 {
      deviance += sample.weight * sample.target * log(sample.target / sums.mean)
    }
    impurity = deviance / sums.weight
  }

  @inline(__always) mutating func restart() { sums.restart() }
  @inline(__always) mutating func move(_ sample: WeightedTarget<Double>) { sums.move(sample) }
  func appendValue(to values: inout [Double]) { values.append(sums.mean) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { sum / weight }
  func orderTerm(_ sample: WeightedTarget<Double>) -> (sum: Double, weight: Double) { sample.term }
}
