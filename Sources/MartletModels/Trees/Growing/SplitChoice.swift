/// The best question found for a node so far.
struct SplitChoice {
  var feature = -1
  /// The criterion's score; any real one is better.
  var score = -Double.infinity
  /// The last rank on the left; for a categorical feature, the last place in the order of its categories.
  var low: UInt32 = 0
  /// The first rank on the right; ``RankedFeatures/missing`` where only missing values go there.
  var high: UInt32 = 0
  /// A threshold drawn at random, instead of the middle between the ranks.
  var threshold: Double?
  var missingGoesLeft = false
  /// Whether the node has missing values: where not, they would follow the larger side.
  var hasMissing = false
  /// By rank, whether a category goes left; `nil` where the feature is a number.
  var leftRanks: [Bool]?

  var isFound: Bool { feature >= 0 }

  /// Whether a question of another feature is better by more than rounding; else the first one stays.
  func isBeaten(by other: Double) -> Bool { !isFound || other > score + 1e-12 * abs(score) }
}
