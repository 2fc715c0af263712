/// How far a tree may grow.
public struct TreeLimits: Sendable, Equatable, Codable {
  /// The most questions in a row; `nil` for no limit. (scikit-learn: `max_depth`)
  public var maximumDepth: Int?
  /// A node with fewer samples is not split; at least 2. (scikit-learn: `min_samples_split`)
  public var minimumSplitSamples: Int
  /// A split leaves at least this many samples on each side; at least 1. (scikit-learn: `min_samples_leaf`)
  public var minimumLeafSamples: Int
  /// A split lowers the impurity, weighted by the node's share of the samples, by at least this much.
  /// (scikit-learn: `min_impurity_decrease`)
  public var minimumImpurityDecrease: Double
  /// The most leaves; the nodes with the most to gain are split first. `nil` for no limit.
  /// (scikit-learn: `max_leaf_nodes`)
  public var maximumLeaves: Int?
  /// How many features, drawn at random for each node, a split may ask about. (scikit-learn: `max_features`)
  public var maximumFeatures: FeatureCount

  /// Limits that let a tree grow until its leaves are pure.
  public init(
    maximumDepth: Int? = nil, minimumSplitSamples: Int = 2, minimumLeafSamples: Int = 1,
    minimumImpurityDecrease: Double = 0, maximumLeaves: Int? = nil, maximumFeatures: FeatureCount = .all
  ) {
    self.maximumDepth = maximumDepth
    self.minimumSplitSamples = minimumSplitSamples
    self.minimumLeafSamples = minimumLeafSamples
    self.minimumImpurityDecrease = minimumImpurityDecrease
    self.maximumLeaves = maximumLeaves
    self.maximumFeatures = maximumFeatures
  }

  func check(featureCount: Int) throws(FitError) {
    if let maximumDepth {
      try SampleChecks.parameter(maximumDepth > 0, "maximumDepth", "of at least 1, or nil", maximumDepth)
    }
    try SampleChecks.parameter(minimumSplitSamples > 1, "minimumSplitSamples", "of at least 2", minimumSplitSamples)
    try SampleChecks.parameter(minimumLeafSamples > 0, "minimumLeafSamples", "of at least 1", minimumLeafSamples)
    try SampleChecks.parameter(
      minimumImpurityDecrease >= 0 && minimumImpurityDecrease.isFinite, "minimumImpurityDecrease",
      "of at least 0", minimumImpurityDecrease)
    if let maximumLeaves {
      try SampleChecks.parameter(maximumLeaves > 1, "maximumLeaves", "of at least 2, or nil", maximumLeaves)
    }
    try maximumFeatures.check(of: featureCount)
  }
}

/// How many of the features a split may choose from.
public enum FeatureCount: Sendable, Equatable, Codable {
  /// Every feature.
  case all
  /// The square root of their number, rounded down.
  case squareRoot
  /// The logarithm of their number to base 2, rounded down.
  case logarithm
  /// A fraction of them, above 0 and at most 1, rounded down but at least one.
  case fraction(Double)
  /// This many, at least 1 and at most all.
  case count(Int)

  func of(_ features: Int) -> Int {
    switch self {
    case .all: features
    case .squareRoot: max(1, Int(Double(features).squareRoot()))
    case .logarithm: max(1, Int.bitWidth - 1 - features.leadingZeroBitCount)
    case .fraction(let share): max(1, Int(share * Double(features)))
    case .count(let count): count
    }
  }

  func check(of features: Int) throws(FitError) {
    switch self {
    case .fraction(let share):
      try SampleChecks.parameter(share > 0 && share <= 1, "maximumFeatures", "above 0 and at most 1", share)
    case .count(let count):
      try SampleChecks.parameter(1...features ~= count, "maximumFeatures", "from 1 to \(features)", count)
    default: break
    }
  }
}

/// How the border of a question is found.
public enum SplitRule: Sendable, Equatable, Codable {
  /// The best of all borders between two samples.
  case best
  /// For each feature one border drawn at random, and of these the best. (scikit-learn: `splitter="random"`)
  case random
}
