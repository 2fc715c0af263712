import Foundation
import MartletFrames
import MartletNumerics

/// A smooth guess of a function from some of its values, with how unsure it is everywhere.
///
/// Values are taken to be normally distributed together, with covariances by ``kernel``. The kernel's numbers are those
/// that make the values most likely (unless ``optimizes`` is `false`): the log marginal likelihood
/// `−½ yᵀK⁻¹y − ½ log|K| − n/2 log 2π` is climbed by ``LBFGS`` in their logarithms, from where they are and from ``restarts``
/// random starts.
///
///     let model = try GaussianProcessRegressor(kernel: .constant(1) * .rbf(length: 1) + .white(0.01)).fit(x, y)
///     let (mean, deviation) = (try model.predict(fresh), try model.predictDeviations(fresh))
///
/// For up to some thousand samples: time grows with their cube.
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, algorithm 2.1.
public struct GaussianProcessRegressor: SupervisedEstimator {
  /// How alike values are.
  public var kernel: CovarianceKernel
  /// What is added to the variances of the samples; at least 0. (scikit-learn: `alpha`)
  public var noise: Double
  /// Whether the kernel's numbers are learned, each from 10⁻⁵ to 10⁵.
  public var optimizes: Bool
  /// From how many random starts, besides the kernel as it is. (scikit-learn: `n_restarts_optimizer`)
  public var restarts: Int
  /// Whether targets are scaled to mean 0 and standard deviation 1 first. (scikit-learn: `normalize_y`)
  public var standardizes: Bool
  /// Fixes the random starts.
  public var seed: UInt64?

  /// - Parameters:
  ///   - kernel: how alike values are.
  ///   - noise: at least 0.
  ///   - optimizes: `false` takes the kernel as it is.
  ///   - restarts: at least 0.
  ///   - standardizes: `true` where targets are far from 0.
  ///   - seed: fixes the random starts.
  public init(
    kernel: CovarianceKernel = .rbf(length: 1), noise: Double = 1e-10, optimizes: Bool = true, restarts: Int = 0,
    standardizes: Bool = false, seed: UInt64? = nil
  ) {
    self.kernel = kernel
    self.noise = noise
    self.optimizes = optimizes
    self.restarts = restarts
    self.standardizes = standardizes
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` when the samples'
  ///   covariances are not positive definite.
  /// - Complexity: O(n³) a step.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.parameter(noise >= 0 && noise.isFinite, "noise", "of at least 0", noise)
    let search = KernelSearch(kernel: kernel, restarts: restarts, seed: seed)
    try search.check()
    let level = standardizes ? mean(y) : 0
    let deviation = standardizes ? standardDeviation(y, degreesOfFreedom: 0) : 1
    let scale = deviation > 0 ? deviation : 1
    let targets = Matrix(y.map { ($0 - level) / scale })
    let squares = SquaredDistances.between(x, x)
    let learned = optimizes ? search.best { likelihood($0, squares, targets) } : kernel
    return try Model(kernel: learned, noise: noise, x: x, targets: targets, level: level, scale: scale)
  }

  /// The log likelihood and its slopes.
  private func likelihood(
    _ kernel: CovarianceKernel, _ squares: Matrix, _ targets: Matrix
  ) -> (value: Double, slopes: [Double])? {
    let covariance = kernel.values(squares, isSame: true) + Matrix.eye(targets.count) * noise
    guard let factor = try? covariance.cholesky(), let inverse = try? covariance.inverse() else { return nil }
    let weights = inverse • targets
    let outer = weights.reshaped(-1, 1) * weights - inverse
    return (Self.likelihood(factor, weights, targets), kernel.slopes(squares).map { 0.5 * (outer * $0).sum() })
  }

  static func likelihood(_ factor: Matrix, _ weights: Matrix, _ targets: Matrix) -> Double {
    let determinant = factor.diagonal().scalars.reduce(0) { $0 + log($1) }
    return -0.5 * targets.dot(weights) - determinant - 0.5 * Double(targets.count) * log(2 * Double.pi)
  }

  /// What `GaussianProcessRegressor` has learned: the samples, and the kernel.
  public struct Model: Regressor {
    /// The kernel with the numbers that were learned.
    public let kernel: CovarianceKernel
    /// The places that it knows: shape `[n, d]`.
    public let samples: Matrix
    /// How likely the targets are, as a logarithm.
    public let logMarginalLikelihood: Double
    private let noise: Double
    private let targets: Matrix
    private let level: Double
    private let scale: Double
    private let factor: Matrix
    private let weights: Matrix

    init(
      kernel: CovarianceKernel, noise: Double, x: Matrix, targets: Matrix, level: Double, scale: Double
    ) throws(FitError) {
      let covariance =
        kernel.values(SquaredDistances.between(x, x), isSame: true) + Matrix.eye(x.shape[0]) * noise
      guard let factor = try? covariance.cholesky() else {
        throw FitError(
          .notConverged, expected: "covariances that are positive definite", found: "samples that repeat each other",
          advice: "Raise noise, or add .white to the kernel.")
      }
      self.factor = factor
      weights = try SampleChecks.algebra("the weights of the samples") { () throws(LinearAlgebraError) in
        try covariance.solvePositiveDefinite(targets)
      }
      logMarginalLikelihood = GaussianProcessRegressor.likelihood(factor, weights, targets)
      (self.kernel, self.noise, samples, self.targets) = (kernel, noise, x, targets)
      (self.level, self.scale) = (level, scale)
    }

    /// The guess at each place.
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: samples.shape[1])
      return (across(x) • weights * scale + level).scalars
    }

    private func across(_ x: Matrix) -> Matrix {
      kernel.values(SquaredDistances.between(x, samples), isSame: false)
    }

    /// How unsure the guess at each place is: standard deviations, with the kernel's noise.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictDeviations(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: samples.shape[1])
      if x.shape[0] == 0 { return [] }
      let solved = try spread(x)
      return (solved * solved).sum(axis: 0).scalars.map { max(kernel.variance - $0, 0).squareRoot() * scale }
    }

    /// `L⁻¹ k`, a column for each place.
    private func spread(_ x: Matrix) throws(FitError) -> Matrix {
      let similar = across(x).transposed()
      return try SampleChecks.algebra("the spread of the guess") { () throws(LinearAlgebraError) in
        try factor.solveTriangular(similar, isLower: true)
      }
    }

    /// Functions that go with the samples, at the given places: shape `[places, count]`.
    ///
    /// - Parameters:
    ///   - x: the places.
    ///   - count: how many functions.
    ///   - seed: fixes them.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `notConverged`.
    public func sample(_ x: Matrix, count: Int, seed: UInt64? = nil) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: samples.shape[1])
      try SampleChecks.parameter(count > 0, "count", "above 0", count)
      let mean = across(x) • weights
      let solved = try spread(x)
      let own = kernel.values(SquaredDistances.between(x, x), isSame: true) - solved.transposed() • solved
      let eigen = try SampleChecks.algebra("the eigenvalues of the guess") { () throws(LinearAlgebraError) in
        try own.symmetricEigen()
      }
      let roots = Matrix(eigen.values.map { max($0, 0).squareRoot() })
      var random = PCG64(seed: seed ?? Random.nextSeed())
      let draws = (eigen.vectors * roots) • random.normals(shape: [x.shape[0], count])
      return (draws + mean.reshaped(-1, 1)) * scale + level
    }

    private enum CodingKeys: String, CodingKey { case kernel, noise, samples, targets, level, scale }
  }
}

extension GaussianProcessRegressor.Model: Codable {
  /// Writes the samples and the kernel; what speeds up answers is worked out again when they are read.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(kernel, forKey: .kernel)
    try file.encode(noise, forKey: .noise)
    try file.encode(samples, forKey: .samples)
    try file.encode(targets.scalars, forKey: .targets)
    try file.encode(level, forKey: .level)
    try file.encode(scale, forKey: .scale)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let kernel = try file.decode(CovarianceKernel.self, forKey: .kernel)
    try ModelChecks.fits(
      kernel.parameters.allSatisfy { $0 > 0 && $0.isFinite }, file, .kernel, "a kernel with numbers above 0")
    let noise = try file.decode(Double.self, forKey: .noise)
    try ModelChecks.fits(noise >= 0 && noise.isFinite, file, .noise, "a number of at least 0")
    let samples = try ModelChecks.matrix(file, .samples)
    let targets = try ModelChecks.numbers(file, .targets, count: samples.shape[0])
    let (level, scale) = (try file.decode(Double.self, forKey: .level), try file.decode(Double.self, forKey: .scale))
    try ModelChecks.fits(level.isFinite && scale > 0 && scale.isFinite, file, .scale, "a scale above 0")
    do {
      try self.init(
        kernel: kernel, noise: noise, x: samples, targets: Matrix(targets), level: level, scale: scale)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .kernel, in: file, debugDescription: error.description)
    }
  }
}

extension GaussianProcessRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let likelihood = FrameNumberFormat.texts([logMarginalLikelihood])[0]
    return ModelTable(
      title: "Gaussian process", facts: ["\(target ?? "target") from \(samples.shape[0]) samples"],
      header: ["part", "value"], rows: [["kernel", "\(kernel)"], ["log marginal likelihood", likelihood]])
  }
}
