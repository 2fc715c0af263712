import CMartletRuntime
import MartletFrames
import MartletNumerics

/// ``ElasticNet`` with the regularization, and the share of absolute values in it, that predict left-out folds best.
///
/// For each ``l1Ratios`` it walks ``count`` regularizations down from the one at which all weights are zero, on the samples
/// of each fold, and takes the pair with the smallest mean squared error on what the folds left out.
///
///     let patients = try Datasets.diabetes()
///     let model = try ElasticNetCV(l1Ratios: [0.5, 0.9, 1]).fit(patients, target: "progression")
///     model.l1Ratio
///
/// Reference: Friedman, Hastie and Tibshirani (2010), Regularization paths for generalized linear models via coordinate
/// descent.
public struct ElasticNetCV: WeightedEstimator {
  /// What is tried; each above 0 and at most 1. (scikit-learn: `l1_ratio`)
  public var l1Ratios: [Double]
  /// How many regularizations are tried for each of them. (scikit-learn: `alphas`)
  public var count: Int
  /// The smallest regularization, as a fraction of the largest. (scikit-learn: `eps`)
  public var smallest: Double
  /// How samples are left out. (scikit-learn: `cv`)
  public var folds: any Splitter
  /// Everything else about the fits.
  public var net: ElasticNet

  /// - Parameters:
  ///   - l1Ratios: at least one, each above 0 and at most 1.
  ///   - count: at least 1.
  ///   - smallest: above 0 and below 1.
  ///   - folds: five in the samples' order by default.
  ///   - net: for its tolerance, intercept and sign; its regularization is not used.
  public init(
    l1Ratios: [Double] = [0.5], count: Int = 100, smallest: Double = 1e-3, folds: any Splitter = KFold(5),
    net: ElasticNet = ElasticNet()
  ) {
    self.l1Ratios = l1Ratios
    self.count = count
    self.smallest = smallest
    self.folds = folds
    self.net = net
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: one path for each fold and each of ``l1Ratios``.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(!l1Ratios.isEmpty, "l1Ratios", "with at least one value", l1Ratios)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let folds = try folds.folds(count: y.count)
    var best: (error: Double, net: ElasticNet)?
    var tried: [Trial] = []
    for l1Ratio in l1Ratios {
      var net = net
      net.l1Ratio = l1Ratio
      let grid = try net.regularizations(x, y, weights: weights, count: count, smallest: smallest)
      let errors = try meanErrors(net, grid, x, y, weights, folds)
      tried.append(Trial(l1Ratio: l1Ratio, regularizations: grid, errors: errors))
      for (regularization, error) in zip(grid, errors) where error < best?.error ?? .infinity {
        net.regularization = regularization
        best = (error, net)
      }
    }
    // Errors are finite, since features and targets are.
    guard let best else { fatalError("No regularization has a finite error.") }
    return Model(base: try best.net.fit(x, y, weights: weights), trials: tried)
  }

  /// The mean over the folds of the squared error on what each left out, for each regularization.
  private func meanErrors(
    _ net: ElasticNet, _ grid: [Double], _ x: Matrix, _ y: [Double], _ weights: [Double]?, _ folds: [Fold]
  ) throws(FitError) -> [Double] {
    var sums = [Double](repeating: 0, count: grid.count)
    var count = 0.0
    for fold in folds {
      martlet_poll()
      let path = try net.path(
        x[rows: fold.train], fold.train.map { y[$0] }, weights: weights?.samples(at: fold.train), over: grid)
      let predictions = x[rows: fold.test] • path.coefficients.transposed() + Matrix(path.intercepts)
      let errors = predictions - Matrix(fold.test.map { y[$0] }).reshaped(-1, 1)
      let own = weights?.samples(at: fold.test)
      // A fold that nothing counts in says nothing.
      if own?.contains(where: { $0 > 0 }) == false { continue }
      let means = WeightedMeans.columns(errors * errors, own).scalars
      for (place, error) in means.enumerated() { sums[place] += error }
      count += 1
    }
    return sums.map { $0 / count }
  }

  /// The errors along one path.
  public struct Trial: Codable, Equatable, Sendable {
    /// The share of the penalty on absolute values.
    public let l1Ratio: Double
    /// What was tried, largest first.
    public let regularizations: [Double]
    /// The mean squared error on left-out folds, for each of them.
    public let errors: [Double]
  }

  /// What `ElasticNetCV` has learned.
  public struct Model: LinearRegressor, Codable, Equatable {
    let base: ElasticNet.Model
    /// What was tried, and how well it predicted.
    public let trials: [Trial]

    /// The regularization that was chosen.
    public var regularization: Double { base.regularization }
    /// The share of the penalty on absolute values that was chosen.
    public var l1Ratio: Double { base.l1Ratio }
    /// The most that the minimised value can be above its minimum.
    public var dualGap: Double { base.dualGap }
    public var coefficients: [Double] { base.coefficients }
    public var intercept: Double { base.intercept }
    public static let title = "Elastic net, regularization by cross-validation"
    public var facts: [String] {
      base.facts + ["absolute values are \(FrameNumberFormat.texts([l1Ratio])[0]) of the penalty"]
    }
  }
}

/// ``Lasso`` with the regularization that predicts left-out folds best.
///
///     let patients = try Datasets.diabetes()
///     let model = try LassoCV().fit(patients, target: "progression")
///     model.regularization
public struct LassoCV: WeightedEstimator {
  public typealias Model = ElasticNetCV.Model

  private let search: ElasticNetCV

  /// - Parameters:
  ///   - count: how many regularizations are tried; at least 1.
  ///   - smallest: the last, as a fraction of the first; above 0 and below 1. (scikit-learn: `eps`)
  ///   - folds: how samples are left out; five in the samples' order by default. (scikit-learn: `cv`)
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - isPositive: `true` for weights of at least 0.
  ///   - tolerance: a fit has arrived when what is still to gain is this fraction of the targets' squares; above 0.
  ///   - maximumIterations: the most rounds over the features of a fit; at least 1.
  public init(
    count: Int = 100, smallest: Double = 1e-3, folds: any Splitter = KFold(5), fitsIntercept: Bool = true,
    isPositive: Bool = false, tolerance: Double = 1e-6, maximumIterations: Int = 10_000
  ) {
    search = ElasticNetCV(
      l1Ratios: [1], count: count, smallest: smallest, folds: folds,
      net: ElasticNet(
        fitsIntercept: fitsIntercept, isPositive: isPositive, tolerance: tolerance, maximumIterations: maximumIterations
      ))
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try search.fit(x, y, weights: weights)
  }
}
