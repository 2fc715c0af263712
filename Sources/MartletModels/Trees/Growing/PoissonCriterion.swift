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

  mutating func begin(_ targets: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ count: Int) {
    sums.begin(targets, weights, count)
    var deviance = 0.0
    for i in 0..<count where targets[i] > 0 { deviance += weights[i] * targets[i] * log(targets[i] / sums.mean) }
    impurity = deviance / sums.weight
  }

  @inline(__always) mutating func restart() { sums.restart() }
  @inline(__always) mutating func move(_ target: Double, _ weight: Double) { sums.move(target, weight) }
  func appendValue(to values: inout [Double]) { values.append(sums.mean) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { sum / weight }
  func orderTerm(_ target: Double, _ weight: Double) -> Double { weight * target }
}
