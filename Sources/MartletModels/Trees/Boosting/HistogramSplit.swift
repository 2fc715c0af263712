/// A question about bins.
struct HistogramSplit {
  var feature = -1
  /// The last bin on the left; `nil` for a categorical feature.
  var bin: Int?
  /// By bin, whether it goes left, the missing values' bin included.
  var leftBins: [Bool] = []
  var gain = -Double.infinity
  var missingGoesLeft = false
  /// Whether the node has missing values of the feature.
  var hasMissing = false
  /// The packed derivatives of the samples on the left.
  var left: Int64 = 0

  var isFound: Bool { feature >= 0 }
}

/// What a node's samples add up to.
struct NodeSums {
  var packed: Int64
  var count: Int
  /// Between which answers a monotone constraint holds the node.
  var bounds = -Double.infinity...Double.infinity
}
