import CMartletRuntime
import MartletNumerics

/// Explains samples as drawn from a few normal distributions: groups that may be long, tilted and of unequal size.
///
/// Finds weights, means and covariances that make the samples more probable with every step (expectation and
/// maximisation), from the groups of ``KMeans``.
///
///     let x = try Datasets.iris().matrix(except: "species")
///     let model = try GaussianMixture(components: 3, seed: 0).fit(x)
///     model.weights                    // [0.301, 0.333, 0.365] to three digits
///     try model.bic(x)                 // 580.8612784697605: the number of components with the lowest one explains best
///     try model.predictProbabilities(x).shape      // [150, 3]
///
/// Reference: Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm.
public struct GaussianMixture: UnsupervisedEstimator {
  /// What the components' covariances may be.
  public enum CovarianceKind: String, Sendable, Codable, CaseIterable {
    /// Each its own.
    case full
    /// One for all.
    case tied
    /// Each its own, without covariance between features.
    case diagonal
    /// Each its own, the same variance for every feature.
    case spherical
  }

  /// How many normal distributions; from 1 to the number of samples. (scikit-learn: `n_components`)
  public var components: Int
  /// What their covariances may be. (scikit-learn: `covariance_type`)
  public var covariance: CovarianceKind
  /// It has settled when a step raises the mean log-likelihood by less. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Added to the variances, so that none becomes zero; at least 0. (scikit-learn: `reg_covar`)
  public var regularization: Double
  /// The most steps of each start. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// How many starts are tried; the likeliest result is kept. (scikit-learn: `n_init`)
  public var restarts: Int
  /// From 0 to 2³² − 1; without one every fit starts elsewhere. (scikit-learn: `random_state`)
  public var seed: UInt64?

  /// - Parameters:
  ///   - components: how many normal distributions.
  ///   - covariance: what their covariances may be.
  ///   - tolerance: at least 0.
  ///   - regularization: in squared units of the features.
  ///   - maximumIterations: at least 1.
  ///   - restarts: at least 1.
  ///   - seed: for the same result every time.
  public init(
    components: Int = 1, covariance: CovarianceKind = .full, tolerance: Double = 1e-3, regularization: Double = 1e-6,
    maximumIterations: Int = 100, restarts: Int = 1, seed: UInt64? = nil
  ) {
    self.components = components
    self.covariance = covariance
    self.tolerance = tolerance
    self.regularization = regularization
    self.maximumIterations = maximumIterations
    self.restarts = restarts
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]` with at least two samples and as many as components, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` when a
  ///   component collapses.
  /// - Complexity: O(n · d² · components) a step, O(n · d · components) for diagonal and spherical covariances.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(components > 0, "components", "above 0", components)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(restarts > 0, "restarts", "above 0", restarts)
    try SampleChecks.features(x, atLeast: max(components, 2))
    var random = try SeededStart.generator(seed)
    var best: Model?
    let progress = FitProgress.begin("starts", of: restarts)
    for _ in 0..<restarts {
      defer { progress?.advance() }
      let model = try climb(x, &random)
      if model.lowerBound > best?.lowerBound ?? -.infinity { best = model }
    }
    guard let best else {
      throw FitError(
        .notConverged, expected: "a likelihood that is a number", found: "none",
        advice: "Scale the features, for example with StandardScaler.")
    }
    return best
  }

  private func climb(_ x: Matrix, _ random: inout MT19937) throws(FitError) -> Model {
    let groups = try KMeans(clusters: components).fit(x, weights: nil, &random)
    var shares = Matrix.zeros(x.shape[0], components)
    for (sample, label) in groups.labels.enumerated() { shares[sample, label] = 1 }
    let estimate = MixtureEstimate(x, kind: covariance, regularization: regularization)
    var mixture = try estimate.mixture(shares)
    var (bound, iterations, hasConverged) = (-Double.infinity, 0, false)
    while iterations < maximumIterations, !hasConverged {
      martlet_poll()
      let (logLikelihood, shares) = mixture.expectation(x)
      mixture = try estimate.mixture(shares)
      iterations += 1
      hasConverged = abs(logLikelihood - bound) < tolerance
      bound = logLikelihood
    }
    return Model(
      mixture: mixture, lowerBound: bound, iterations: iterations, hasConverged: hasConverged, sampleCount: x.shape[0])
  }
}
