import MartletNumerics

/// Takes mixed signals apart: finds directions in which the samples are as far from normally distributed as they get.
///
/// A sum of independent sources is closer to a normal distribution than the sources are; so the directions in which the
/// whitened samples are least normal, by the contrast `E[G(wᵀx)]`, are those of the sources. They are found by fixed-point
/// iterations: `w ← E[x g(wᵀx)] − E[g′(wᵀx)] w`, then orthonormal again.
///
///     let model = try FastICA(components: 2, seed: 0).fit(recordings)      // shape [moments, microphones]
///     let sources = try model.transform(recordings)                        // shape [moments, 2], each of variance 1
///     model.mixing                                                         // how loud each source is at each microphone
///
/// Order, signs and sizes of sources cannot be known; here they are those at which the iterations end from their start, with
/// the same ``seed`` the same as scikit-learn's for that `random_state`. At most one source may be normally distributed.
/// Where directions of large variance are wanted instead, see ``PCA``.
///
/// Reference: Hyvärinen and Oja (2000), Independent component analysis: algorithms and applications.
public struct FastICA: UnsupervisedEstimator {
  /// In which order directions are sought.
  public enum Algorithm: String, Sendable, Codable, CaseIterable {
    /// All at once, made orthonormal together.
    case parallel
    /// One after the other, each orthogonal to those before.
    case deflation
  }

  /// What measures how far from normal a signal is; the names are those of its `G`. (scikit-learn: `fun`)
  public enum Contrast: Sendable, Codable, Equatable {
    /// `log cosh(a u) / a`, `a` from 1 to 2: a good choice for most signals.
    case logCosh(scale: Double = 1)
    /// `−exp(−u² / 2)`: for signals that are mostly silent, with some large values.
    case exponential
    /// `u⁴ / 4`, the kurtosis: fast, but swayed by outliers.
    case cube
  }

  /// How large sources are. (scikit-learn: `whiten`)
  public enum Whitening: String, Sendable, Codable {
    /// Every source has variance 1.
    case unitVariance
    /// The directions are those of whitened samples of length 1 in all: variance `1 / n`.
    case arbitraryVariance
    /// The samples are white already: mean 0, variance 1, without correlations.
    case none
  }

  /// How many sources; `nil` for as many as the samples have directions. (scikit-learn: `n_components`)
  public var components: Int?
  /// In which order directions are sought.
  public var algorithm: Algorithm
  /// What measures how far from normal a signal is.
  public var contrast: Contrast
  /// How large sources are.
  public var whitening: Whitening
  /// The most iterations, for `.deflation` for each direction; at least 1. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// Directions have settled when the cosines of their turns differ from 1 by less. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Where the iterations begin, shape `[components, components]`; `nil` for normal numbers of ``seed``. (scikit-learn:
  /// `w_init`)
  public var start: Matrix?
  /// From 0 to 2³² − 1; without one every fit starts elsewhere. (scikit-learn: `random_state`)
  public var seed: UInt64?

  /// - Parameters:
  ///   - components: at least 1; `nil` for as many as the samples have directions.
  ///   - algorithm: in which order directions are sought.
  ///   - contrast: what measures how far from normal a signal is.
  ///   - whitening: how large sources are.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  ///   - start: shape `[components, components]`, invertible.
  ///   - seed: for the same start every time.
  public init(
    components: Int? = nil, algorithm: Algorithm = .parallel, contrast: Contrast = .logCosh(),
    whitening: Whitening = .unitVariance, maximumIterations: Int = 200, tolerance: Double = 1e-4,
    start: Matrix? = nil, seed: UInt64? = nil
  ) {
    self.components = components
    self.algorithm = algorithm
    self.contrast = contrast
    self.whitening = whitening
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
    self.start = start
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Returns: a model that says whether it has settled; see ``Model/hasConverged``.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) for whitening, O(n · components²) an iteration.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    if case .logCosh(let scale) = contrast {
      try SampleChecks.parameter((1...2).contains(scale), "logCosh's scale", "from 1 to 2", scale)
    }
    try SampleChecks.features(x, atLeast: 2)
    if whitening == .none { return try fit(white: x) }
    let means = x.mean(axis: 0)
    let whitening = try WhiteningTransform(x - means, components: components)
    let found = try rotation(of: whitening.samples)
    var directions = found.directions • whitening.matrix
    if self.whitening == .unitVariance {
      let spreads = ((x - means) • directions.transposed()).standardDeviation(axis: 0)
      directions = directions / spreads.reshaped(-1, 1)
    }
    return try Model(components: directions, means: means.scalars, whitening: whitening.matrix, found)
  }

  private func fit(white x: Matrix) throws(FitError) -> Model {
    let width = x.shape[1]
    try SampleChecks.parameter(components ?? width == width, "components", "of \(width), as features", components ?? 0)
    let found = try rotation(of: x.transposed().compacted())
    return try Model(
      components: found.directions, means: [Double](repeating: 0, count: width), whitening: Matrix.eye(width), found)
  }

  private func rotation(of white: Matrix) throws(FitError) -> FixedPointRotation.Result {
    let count = white.shape[0]
    let start: Matrix
    if let given = self.start {
      guard given.shape == [count, count] else {
        throw FitError(
          .shape, expected: "a start of shape [\(count), \(count)], a row for each component",
          found: "shape \(given.shape)", advice: "Give another start, or a seed instead.")
      }
      try SampleChecks.finite(given.scalars, "value", width: count)
      start = given
    } else {
      var random = try SeededStart.generator(seed)
      start = random.normals(shape: [count, count])
    }
    let iterations = FixedPointRotation(
      samples: white, contrast: contrast, maximumIterations: maximumIterations, tolerance: tolerance)
    return try algorithm == .parallel ? iterations.together(from: start) : iterations.oneByOne(from: start)
  }
}
