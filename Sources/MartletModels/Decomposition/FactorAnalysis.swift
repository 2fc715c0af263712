import CMartletRuntime
import Foundation
import MartletNumerics

/// Explains what features have in common by a few hidden factors, and leaves each its own noise.
///
/// Samples are taken for `x = μ + Lz + ε` with factors `z` of variance 1 and noise `ε` of another variance `ψ` for each
/// feature; so their covariance is `LLᵀ + diag(ψ)`. Loadings and noise are those that make the samples likeliest, climbed to
/// by turns: the best loadings for a noise are singular vectors of the samples in units of it, then the noise is what
/// they leave over.
///
///     let iris = try Datasets.iris()
///     let model = try FactorAnalysis(components: 2, rotation: .varimax).fit(iris.matrix(except: "species"))
///     model.components             // how much each factor moves each feature, shape [2, 4]
///     model.noiseVariances         // what is each feature's own: 0.016, 0.098, 0.004, 0.041
///
/// Unlike ``PCA``, it does not care for the features' units, and a loud feature is not taken for an important one.
///
/// References: Barber (2012), Bayesian reasoning and machine learning, algorithm 21.1; Kaiser (1958), The varimax criterion
/// for analytic rotation in factor analysis.
public struct FactorAnalysis: UnsupervisedEstimator {
  /// How many factors; `nil` for as many as there are features, or samples if these are fewer. (scikit-learn:
  /// `n_components`)
  public var components: Int?
  /// How factors are turned in the end, which does not change how likely the samples are.
  public var rotation: FactorRotation
  /// It has settled when the log likelihood rises by less; at least 0. (scikit-learn: `tol`)
  public var tolerance: Double
  /// The most rounds; at least 1. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// The noise's variances in the beginning, one for each feature; `nil` for 1. (scikit-learn: `noise_variance_init`)
  public var start: [Double]?

  /// - Parameters:
  ///   - components: from 1 to the smaller of samples and features.
  ///   - rotation: how factors are turned in the end.
  ///   - tolerance: at least 0, in units of the log likelihood.
  ///   - maximumIterations: at least 1.
  ///   - start: the noise's variances in the beginning, above 0.
  public init(
    components: Int? = nil, rotation: FactorRotation = .none, tolerance: Double = 1e-2, maximumIterations: Int = 1_000,
    start: [Double]? = nil
  ) {
    self.components = components
    self.rotation = rotation
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.start = start
  }

  /// What keeps variances from becoming 0.
  private static let least = 1e-12

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Returns: a model that says whether it has settled; see ``Model/hasConverged``.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) once, O(d² · min(n, d)) a round.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    let most = min(x.shape[0], x.shape[1])
    let count = components ?? most
    try check(count, most: most, features: x.shape[1])
    let means = x.mean(axis: 0)
    let variances = x.variance(axis: 0)
    let reduced = try Self.reduced((x - means) / Double(x.shape[0]).squareRoot())
    var noise = Matrix(start ?? [Double](repeating: 1, count: x.shape[1]))
    var (loadings, likelihoods): (Matrix, [Double]) = (.zeros(count, x.shape[1]), [])
    var hasConverged = false
    let progress = FitProgress.begin("rounds", of: maximumIterations)
    while likelihoods.count < maximumIterations, !hasConverged {
      martlet_poll()
      defer { progress?.advance() }
      let round = try Self.round(reduced, noise: noise, count: count)
      loadings = round.loadings
      let likelihood = -0.5 * Double(x.shape[0]) * round.deviance
      hasConverged = likelihood - (likelihoods.last ?? -.infinity) < tolerance
      likelihoods.append(likelihood)
      if !hasConverged {
        noise = (variances - (loadings * loadings).sum(axis: 0)).map { max($0, Self.least) }
      }
    }
    let turned = try rotation.rotated(loadings)
    return Model(
      components: ComponentSigns.settled(turned), noiseVariances: noise.scalars, means: means.scalars,
      logLikelihoods: likelihoods, hasConverged: hasConverged)
  }

  private func check(_ count: Int, most: Int, features: Int) throws(FitError) {
    try SampleChecks.parameter((1...most).contains(count), "components", "from 1 to \(most)", count)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    guard let start else { return }
    try SampleChecks.parameter(
      start.count == features && start.allSatisfy { $0 > 0 && $0.isFinite }, "start",
      "with a variance above 0 for each of the \(features) features", start)
  }

  /// As few rows as possible with the same products of columns: singular values times right vectors.
  private static func reduced(_ x: Matrix) throws(FitError) -> Matrix {
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try x.singularValueDecomposition()
    }
    return Matrix(svd.values).reshaped(-1, 1) * svd.right.transposed()
  }

  /// The best loadings for a noise, and `−2/n` times the log likelihood with them.
  private static func round(
    _ reduced: Matrix, noise: Matrix, count: Int
  ) throws(FitError) -> (loadings: Matrix, deviance: Double) {
    let deviations = sqrt(noise) + least
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try (reduced / deviations).singularValueDecomposition()
    }
    let squares = svd.values.map { $0 * $0 }
    let scales = Matrix(squares.prefix(count).map { max($0 - 1, 0).squareRoot() })
    let loadings = scales.reshaped(-1, 1) * svd.right.transposed()[0..<count, .all] * deviations
    // A direction in which the samples do not vary has no logarithm; it stays as small as noise may be.
    let common = squares.prefix(count).reduce(Double(count)) { $0 + log(max($1, least)) }
    let rest = squares.dropFirst(count).reduce(0, +)
    let own = noise.scalars.reduce(Double(noise.count) * log(2 * Double.pi)) { $0 + log($1) }
    return (loadings, common + rest + own)
  }
}
