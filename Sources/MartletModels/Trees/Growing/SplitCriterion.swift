/// Measures how well a question separates the targets of a node's samples.
///
/// A node's samples are given once; then they move one by one from the right side to the left, and after each move the
/// score says how good a border there would be. A score minus the node's own is the gain: the impurity's decrease,
/// summed over weights.
protocol SplitCriterion {
  /// What a sample tells: its class or another target, and its weight.
  associatedtype Observation: BitwiseCopyable & Sendable

  /// How many numbers a node answers with.
  var outputCount: Int { get }

  /// Takes a node's samples; all are on the right afterwards.
  mutating func begin(_ observations: UnsafePointer<Observation>, _ count: Int)
  /// Puts all samples back to the right.
  mutating func restart()
  /// Moves a sample to the left.
  mutating func move(_ observation: Observation)
  /// The sum of the weights on the left.
  var leftWeight: Double { get }
  /// How good the current border is; larger is better.
  var score: Double { get }

  /// The score with everything on one side.
  var unsplitScore: Double { get }
  /// The sum of the node's weights.
  var weight: Double { get }
  /// How mixed the node's targets are, for a weight of 1.
  var impurity: Double { get }
  /// Whether no question can separate the node's samples any better.
  var isPure: Bool { get }
  /// Appends the node's answer.
  func appendValue(to values: inout [Double])
  /// By what categories are put in order: the mean target where that gives the best subset, else `nil`.
  func categoryOrder(_ targetSum: Double, _ weight: Double) -> Double?
  /// What a sample adds to ``categoryOrder(_:_:)``'s sum and weight.
  func orderTerm(_ observation: Observation) -> (sum: Double, weight: Double)
  /// The observations, where ``BorderBins`` can find their best border; else `nil`.
  static func pairs(_ observations: UnsafePointer<Observation>) -> UnsafePointer<ClassPair>?
  /// Frees what the criterion has allocated.
  func deallocate()
}

extension SplitCriterion {
  func deallocate() {}
  @inline(__always)
  static func pairs(_ observations: UnsafePointer<Observation>) -> UnsafePointer<ClassPair>? { nil }
}

/// What most criteria know of a sample.
struct WeightedTarget<Target: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  /// The number of its class, or a number.
  var target: Target
  var weight: Double
}
