import MartletFrames
import MartletNumerics

/// Notices samples far from the bulk of all, measured in the bulk's own spread.
///
/// Mean and covariance come from the samples that lie closest together, so that outliers do not hide themselves. Scores
/// are negative squared distances `−(x − μ)ᵀ Σ⁻¹ (x − μ)`.
///
///     let model = try EllipticEnvelope(contamination: 0.05, seed: 0).fit(x)
///     try model.isAnomaly(x)      // true for a twentieth
///
/// Suited to one group that is roughly normal; ``LocalOutlierFactor`` and ``IsolationForest`` take any shape.
///
/// Reference: Rousseeuw and Van Driessen (1999), A fast algorithm for the minimum covariance determinant estimator.
public struct EllipticEnvelope: UnsupervisedEstimator {
  /// Which share of the samples is taken for anomalies: above 0, up to a half.
  public var contamination: Double
  /// Which share of the samples mean and covariance come from first; by default a little more than a half.
  /// (scikit-learn: `support_fraction`)
  public var supportFraction: Double?
  /// For the same beginnings every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - contamination: above 0, up to a half.
  ///   - supportFraction: above 0, up to 1.
  ///   - seed: for the same beginnings every time.
  public init(contamination: Double = 0.1, supportFraction: Double? = nil, seed: UInt64? = nil) {
    self.contamination = contamination
    self.supportFraction = supportFraction
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]` with at least twice as many samples as features and two more, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` when samples
  ///   lie in a plane.
  /// - Complexity: O(n · d² + d³) for each of some hundred steps.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    let share = Contamination.fraction(contamination)
    try share.check()
    let support = supportFraction ?? 1
    try SampleChecks.parameter(support > 0 && support <= 1, "supportFraction", "above 0, up to 1", support)
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.features(x, atLeast: 2 * x.shape[1] + 2)
    var random = PCG64(seed: seed ?? Random.nextSeed())
    let found = try RobustCovariance(x, supportFraction: supportFraction).estimate(&random)
    let scores = RobustCovariance.distances(x, found.reweighted).map { -$0 }
    return Model(
      location: found.reweighted.mean.scalars, covariance: found.reweighted.covariance,
      threshold: share.threshold(scores, auto: 0))
  }

  /// What `EllipticEnvelope` has learned.
  public struct Model: AnomalyModel, Codable, Equatable {
    /// The mean of the bulk.
    public let location: [Double]
    /// The covariance of the bulk, shape `[features, features]`.
    public let covariance: Matrix
    public let threshold: Double

    /// The negative squared distance of each sample in units of the covariance.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func scores(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: location.count)
      if x.shape[0] == 0 { return [] }
      let estimate = RobustCovariance.Estimate(
        mean: Matrix(location), covariance: covariance, logDeterminant: 0, support: [])
      return RobustCovariance.distances(x, estimate).map { -$0 }
    }
  }
}

extension EllipticEnvelope.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    location = try ModelChecks.numbers(file, .location)
    covariance = try ModelChecks.matrix(file, .covariance, rows: location.count, columns: location.count)
    try ModelChecks.fits((try? covariance.cholesky()) != nil, file, .covariance, "a positive definite covariance")
    threshold = try file.decode(Double.self, forKey: .threshold)
  }
}

extension EllipticEnvelope.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? location.indices.map { "feature \($0)" }
    let spreads = covariance.diagonal().scalars.map { $0.squareRoot() }
    let columns = [FrameNumberFormat.texts(location), FrameNumberFormat.texts(spreads)]
    return ModelTable(
      title: "Elliptic envelope", facts: ["anomalies have scores below \(FrameNumberFormat.texts([threshold])[0])"],
      header: ["feature", "centre", "standard deviation"],
      rows: names.indices.map { [names[$0], columns[0][$0], columns[1][$0]] })
  }
}
