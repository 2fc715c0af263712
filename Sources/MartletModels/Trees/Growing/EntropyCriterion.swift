import MartletNumerics

/// Shannon's entropy, `−∑ pₖ log₂ pₖ`, in bits. Its decrease is the information that a question gives.
///
/// The score is `∑ Lₖ log₂(Lₖ / L) + ∑ Rₖ log₂(Rₖ / R)` of the classes' weights on the two sides.
struct EntropyCriterion: SplitCriterion {
  private var counts: ClassSums
  /// `∑ Lₖ log₂ Lₖ` and the same for the right side and for both.
  private var leftSum = 0.0
  private var rightSum = 0.0
  private var sum = 0.0

  init(classCount: Int) { counts = ClassSums(classCount) }

  func deallocate() { counts.deallocate() }

  var outputCount: Int { counts.classCount }
  var weight: Double { counts.weight }
  var leftWeight: Double { counts.leftWeight }
  var impurity: Double { max(0, -unsplitScore / weight) }
  var isPure: Bool { counts.isPure }
  var unsplitScore: Double { sum - Self.term(weight) }
  @inline(__always) var score: Double {
    leftSum - Self.term(counts.leftWeight) + rightSum - Self.term(counts.weight - counts.leftWeight)
  }

  @inline(__always)
  private static func term(_ weight: Double) -> Double { weight > 0 ? weight * log2(weight) : 0 }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Int32>>, _ count: Int) {
    counts.begin(observations, count)
    sum = 0
    for label in 0..<counts.classCount { sum += Self.term(counts.total[label]) }
    (leftSum, rightSum) = (0, sum)
  }

  mutating func restart() {
    counts.restart()
    (leftSum, rightSum) = (0, sum)
  }

  @inline(__always)
  mutating func move(_ sample: WeightedTarget<Int32>) {
    let (label, weight) = (Int(sample.target), sample.weight)
    let left = counts.left[label]
    let right = counts.total[label] - left
    leftSum += Self.term(left + weight) - Self.term(left)
    rightSum += Self.term(right - weight) - Self.term(right)
    counts.move(label, weight)
  }

  func appendValue(to values: inout [Double]) { counts.appendShares(to: &values) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { counts.categoryOrder(sum, weight) }
  func orderTerm(_ sample: WeightedTarget<Int32>) -> (sum: Double, weight: Double) { counts.orderTerm(sample) }
}
