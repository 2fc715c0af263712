import MartletFrames
import MartletNumerics

extension GaussianMixture {
  /// What `GaussianMixture` has learned.
  public struct Model: Predictor, Equatable {
    let mixture: NormalMixture
    /// The mean log-likelihood of the samples of fitting, before the last step.
    public let lowerBound: Double
    /// How many steps the best start took.
    public let iterations: Int
    /// Whether it settled within the steps it was given.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    /// What share of the samples each component explains.
    public var weights: [Double] { mixture.weights }
    /// The components' means, one a row: shape `[components, features]`.
    public var means: Matrix { mixture.means }
    /// What the covariances may be.
    public var covarianceKind: CovarianceKind { mixture.kind }
    /// The components' covariances, shape `[features, features]` each.
    public var covariances: [Matrix] { weights.indices.map { mixture.covariance(of: $0) } }

    /// How probable it is that each sample comes from each component: shape `[n, components]`, each row summing to 1.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.shape[1])
      return x.shape[0] == 0 ? .zeros(0, weights.count) : mixture.shares(x).shares
    }

    /// The most probable component of each sample.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Int] {
      try SampleChecks.features(x, count: means.shape[1])
      return x.shape[0] == 0 ? [] : mixture.weightedLogDensities(x).argMax(axis: 1).scalars
    }

    /// The logarithm of each sample's density; low ones are unlike the samples of fitting. (scikit-learn:
    /// `score_samples`)
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func logDensities(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: means.shape[1])
      return x.shape[0] == 0 ? [] : mixture.shares(x).logLikelihoods
    }

    /// Bayes' information criterion of the samples: lower for a better balance of fit and number of parameters.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func bic(_ x: Matrix) throws(FitError) -> Double {
      -2 * (try logDensities(x)).reduce(0, +) + Double(mixture.parameterCount) * log(Double(x.shape[0]))
    }

    /// Akaike's information criterion of the samples: as ``bic(_:)``, with less weight on the number of parameters.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func aic(_ x: Matrix) throws(FitError) -> Double {
      -2 * (try logDensities(x)).reduce(0, +) + 2 * Double(mixture.parameterCount)
    }

    /// New samples drawn from the mixture, and the component that each comes from.
    /// - Parameters:
    ///   - count: how many; at least 0.
    ///   - seed: for the same samples every time.
    /// - Throws: ``FitError`` of kind `parameter`.
    public func sample(_ count: Int, seed: UInt64? = nil) throws(FitError) -> (samples: Matrix, labels: [Int]) {
      try SampleChecks.parameter(count >= 0, "count", "of at least 0", count)
      var random = PCG64(seed: seed ?? Random.nextSeed())
      let counts = random.multinomial(trials: count, probabilities: weights)
      var (parts, labels): ([Matrix], [Int]) = ([], [])
      for (component, size) in counts.enumerated() {
        let factor = try SampleChecks.algebra("a positive definite covariance") { () throws(LinearAlgebraError) in
          try mixture.covariance(of: component).cholesky()
        }
        parts.append(random.normals(shape: [size, means.shape[1]]) • factor.transposed() + means.row(component))
        labels += [Int](repeating: component, count: size)
      }
      return (Matrix.concatenated(parts), labels)
    }
  }
}

extension GaussianMixture.Model: Codable {
  private enum CodingKeys: String, CodingKey {
    case weights, means, covariances, kind, lowerBound, iterations, hasConverged, sampleCount
  }

  /// Writes weights, means and covariances.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(mixture.weights, forKey: .weights)
    try file.encode(mixture.means, forKey: .means)
    try file.encode(mixture.covariances, forKey: .covariances)
    try file.encode(mixture.kind, forKey: .kind)
    try file.encode(lowerBound, forKey: .lowerBound)
    try file.encode(iterations, forKey: .iterations)
    try file.encode(hasConverged, forKey: .hasConverged)
    try file.encode(sampleCount, forKey: .sampleCount)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let weights = try ModelChecks.numbers(file, .weights)
    try ModelChecks.fits(weights.allSatisfy { $0 > 0 && $0 <= 1 }, file, .weights, "weights above 0, up to 1")
    let means = try ModelChecks.matrix(file, .means, rows: weights.count)
    let kind = try file.decode(GaussianMixture.CovarianceKind.self, forKey: .kind)
    let width = means.shape[1]
    let shape: [Int] =
      switch kind {
      case .full, .tied: [width, width]
      case .diagonal: [width]
      case .spherical: [1]
      }
    let covariances = try file.decode([Matrix].self, forKey: .covariances)
    try ModelChecks.fits(
      covariances.count == (kind == .tied ? 1 : weights.count) && covariances.allSatisfy { $0.shape == shape }, file,
      .covariances, "covariances of shape \(shape) for \(weights.count) components")
    do {
      mixture = try NormalMixture(weights: weights, means: means, covariances: covariances, kind: kind)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .covariances, in: file, debugDescription: error.description)
    }
    lowerBound = try file.decode(Double.self, forKey: .lowerBound)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
  }
}

extension GaussianMixture.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? (0..<means.shape[1]).map { "feature \($0)" }
    let columns =
      [FrameNumberFormat.texts(weights)]
      + (0..<means.shape[1]).map { FrameNumberFormat.texts(means.column($0).scalars) }
    return ModelTable(
      title: "Gaussian mixture",
      facts: [
        "\(weights.count) components with \(covarianceKind.rawValue) covariance from \(sampleCount) samples, "
          + (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps")
      ],
      header: ["component", "weight"] + names.map { "mean of \($0)" },
      rows: weights.indices.map { place in ["\(place)"] + columns.map { $0[place] } })
  }
}
