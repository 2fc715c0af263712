import MartletNumerics

/// Predicts a number as the mean of many trees.
///
/// Each tree learns from samples drawn with replacement, and each of its nodes chooses among a few features drawn at
/// random, so that the trees err in different ways; their mean errs less than any of them.
///
///     let model = try RandomForestRegressor(treeCount: 200, seed: 0).fit(patients, target: "progression")
///
/// What ``forest`` and its limits hold are properties of the estimator, too. Trees grow on all cores, and are the same
/// for any number of them. A forest does not extrapolate: its predictions lie between the targets that it has seen.
///
/// Reference: Breiman (2001), Random forests.
@dynamicMemberLookup
public struct RandomForestRegressor: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]
  public typealias Model = ForestRegressorModel

  /// What the trees lower.
  public var criterion: RegressionCriterion
  /// The number of trees, their limits and their samples.
  public var forest: ForestParameters

  /// - Parameters:
  ///   - treeCount: at least 1.
  ///   - criterion: `.squaredError`, `.absoluteError` or `.poisson`.
  ///   - maximumDepth: the most questions in a row, at least 1; `nil` for no limit.
  ///   - minimumLeafSamples: at least this many samples on each side of a split; at least 1.
  ///   - maximumFeatures: how many features each node draws to choose from.
  ///   - bootstraps: whether each tree draws its samples with replacement.
  ///   - sampleFraction: how many it draws, as a fraction of all.
  ///   - estimatesOutOfBag: whether the forest is judged by the samples that were not drawn.
  ///   - categoricalFeatures: columns of whole numbers from 0 to 65,535.
  ///   - seed: fixes what is drawn.
  public init(
    treeCount: Int = 100, criterion: RegressionCriterion = .squaredError, maximumDepth: Int? = nil,
    minimumLeafSamples: Int = 1, maximumFeatures: FeatureCount = .all, bootstraps: Bool = true,
    sampleFraction: Double = 1, estimatesOutOfBag: Bool = false, categoricalFeatures: [Int] = [], seed: UInt64? = nil
  ) {
    self.criterion = criterion
    forest = ForestParameters(
      treeCount: treeCount,
      limits: TreeLimits(
        maximumDepth: maximumDepth, minimumLeafSamples: minimumLeafSamples, maximumFeatures: maximumFeatures),
      rule: .best, bootstraps: bootstraps, sampleFraction: sampleFraction, estimatesOutOfBag: estimatesOutOfBag,
      categoricalFeatures: categoricalFeatures, seed: seed)
  }

  /// One of the forest's parameters or of its trees' limits.
  public subscript<Value>(dynamicMember member: WritableKeyPath<ForestParameters, Value>) -> Value {
    get { forest[keyPath: member] }
    set { forest[keyPath: member] = newValue }
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, `nan` where a value is missing.
  ///   - y: `n` targets, every one finite.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(treeCount · maximumFeatures · n · depth).
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> ForestRegressorModel {
    try forest.fitRegressor(x, y, weights: weights, criterion)
  }
}
