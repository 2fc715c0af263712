/// Gini's impurity, `1 − ∑ pₖ²`: how often a sample would be misclassified if it were labelled at random by the shares.
///
/// The score is `∑ Lₖ² / L + ∑ Rₖ² / R` of the classes' weights on the two sides. The sums of squares are updated as
/// samples move, so a move costs the same for any number of classes.
struct GiniCriterion: SplitCriterion {
  private var counts: ClassSums
  private var leftSquares = 0.0
  private var rightSquares = 0.0
  private var squares = 0.0

  init(classCount: Int) { counts = ClassSums(classCount) }

  func deallocate() { counts.deallocate() }

  var outputCount: Int { counts.classCount }
  var weight: Double { counts.weight }
  var leftWeight: Double { counts.leftWeight }
  var impurity: Double { max(0, 1 - squares / (weight * weight)) }
  var isPure: Bool { counts.isPure }
  var unsplitScore: Double { squares / weight }
  @inline(__always) var score: Double {
    leftSquares / counts.leftWeight + rightSquares / (counts.weight - counts.leftWeight)
  }

  @inline(__always)
  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Int32>>, _ count: Int) {
    counts.begin(observations, count)
    squares = 0
    for label in 0..<counts.classCount { squares += counts.total[label] * counts.total[label] }
    (leftSquares, rightSquares) = (0, squares)
  }

  @inline(__always)
  mutating func restart() {
    counts.restart()
    (leftSquares, rightSquares) = (0, squares)
  }

  @inline(__always)
  mutating func move(_ sample: WeightedTarget<Int32>) {
    // (a + w)² − a² = w (2a + w), and a² − (a − w)² = w (2a − w).
    let (label, weight) = (Int(sample.target), sample.weight)
    let left = counts.left[label]
    let right = counts.total[label] - left
    leftSquares += weight * (2 * left + weight)
    rightSquares -= weight * (2 * right - weight)
    counts.move(label, weight)
  }

  func appendValue(to values: inout [Double]) { counts.appendShares(to: &values) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { counts.categoryOrder(sum, weight) }
  func orderTerm(_ sample: WeightedTarget<Int32>) -> (sum: Double, weight: Double) { counts.orderTerm(sample) }
}
