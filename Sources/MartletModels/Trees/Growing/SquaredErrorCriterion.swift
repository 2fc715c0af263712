/// The variance of the targets: the mean squared error of answering their mean.
///
/// The score is `(∑L)² / L + (∑R)² / R` of the sums of targets and of weights on the two sides. Its gain is Friedman's
/// `L R / (L + R) · (meanL − meanR)²`.
struct SquaredErrorCriterion: SplitCriterion {
  private var sums = TargetSums()
  private(set) var impurity = 0.0
  /// What every target is reduced by, so that sums of squares do not lose digits to a large mean.
  private var level = 0.0

  var outputCount: Int { 1 }
  var weight: Double { sums.weight }
  var leftWeight: Double { sums.leftWeight }
  var isPure: Bool { sums.isConstant }
  var unsplitScore: Double { 0 }
  @inline(__always) var score: Double {
    let (left, right) = (sums.leftSum - level * sums.leftWeight, sums.rightSum - level * sums.rightWeight)
    return left * left / sums.leftWeight + right * right / sums.rightWeight
  }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Double>>, _ count: Int) {
    sums.begin(observations, count)
    level = sums.mean
    var squares = 0.0
    for sample in UnsafeBufferPointer(start: observations, count: count) {
      squares += sample.weight * (sample.target - level) * (sample.target - level)
    }
    impurity = squares / sums.weight
  }

  @inline(__always) mutating func restart() { sums.restart() }
  @inline(__always) mutating func move(_ sample: WeightedTarget<Double>) { sums.move(sample) }
  func appendValue(to values: inout [Double]) { values.append(sums.mean) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { sum / weight }
  func orderTerm(_ sample: WeightedTarget<Double>) -> (sum: Double, weight: Double) { sample.term }
}
