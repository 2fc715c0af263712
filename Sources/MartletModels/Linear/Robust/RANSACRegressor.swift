import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Fits a method to the samples that agree with each other, and leaves out those that do not.
///
/// Again and again it fits to a few samples drawn at random, and counts how many others are predicted within a threshold.
/// The largest group that agrees, of equally large ones the one with the better R², is what the method finally learns from.
///
///     let model = try RANSACRegressor(LinearRegression(), seed: 0).fit(x, y)
///     model.inliers           // which samples agree
///
/// It stands more wild samples than ``HuberRegressor`` does, as long as a group agrees.
///
/// Reference: Fischler and Bolles (1981), Random sample consensus. (scikit-learn: `RANSACRegressor`)
public struct RANSACRegressor<Base: SupervisedEstimator>: SupervisedEstimator
where Base.Features == Matrix, Base.Target == [Double], Base.Model: Regressor {
  /// The method.
  public var base: Base
  /// How many samples are drawn each time; one more than there are features by default. (scikit-learn: `min_samples`)
  public var drawnSamples: Int?
  /// How far a sample that agrees may be from its prediction, in the target's unit; by default the median distance of the
  /// targets from their median. (scikit-learn: `residual_threshold`)
  public var threshold: Double?
  /// The most draws; at least 1. (scikit-learn: `max_trials`)
  public var maximumTrials: Int
  /// How sure it has to be that one draw was without wild samples before it ends; from 0 to below 1. (scikit-learn:
  /// `stop_probability`)
  public var certainty: Double
  /// Fixes the draws; `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - base: the method.
  ///   - drawnSamples: at least 1, `nil` for one more than features.
  ///   - threshold: above 0, `nil` for the targets' own spread.
  ///   - maximumTrials: at least 1.
  ///   - certainty: from 0 to below 1.
  ///   - seed: fixes the draws.
  public init(
    _ base: Base, drawnSamples: Int? = nil, threshold: Double? = nil, maximumTrials: Int = 100,
    certainty: Double = 0.99,
    seed: UInt64? = nil
  ) {
    self.base = base
    self.drawnSamples = drawnSamples
    self.threshold = threshold
    self.maximumTrials = maximumTrials
    self.certainty = certainty
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, `notConverged` when no draw finds
  ///   two samples that agree, and what the method throws for those that do.
  /// - Complexity: a fit and a prediction for each draw.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Double], _ weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    try SampleChecks.parameter(maximumTrials > 0, "maximumTrials", "above 0", maximumTrials)
    try SampleChecks.parameter(certainty >= 0 && certainty < 1, "certainty", "from 0 to below 1", certainty)
    let drawn = drawnSamples ?? x.shape[1] + 1
    try SampleChecks.parameter(drawn > 0, "drawnSamples", "above 0", drawn)
    try SampleChecks.features(x, atLeast: drawn)
    let limit = threshold ?? median(y.map { abs($0 - median(y)) })
    try SampleChecks.parameter(limit >= 0 && limit.isFinite, "threshold", "of at least 0", limit)
    var random = PCG64(seed: seed ?? Random.nextSeed())
    var (best, merit): ([Int], Double) = ([], -.infinity)
    var (trial, needed) = (0, maximumTrials)
    while trial < needed {
      martlet_poll()
      trial += 1
      let rows = Array(random.permutation(y.count).prefix(drawn))
      let counted = weights?.samples(at: rows)
      guard let model = try? base.fit(x[rows: rows], rows.map { y[$0] }, countingBy: counted) else { continue }
      let predicted = try model.predict(x)
      let agreeing = y.indices.filter { abs(y[$0] - predicted[$0]) <= limit }
      guard !agreeing.isEmpty, agreeing.count >= best.count else { continue }
      let score = r2Score(predicted: agreeing.map { predicted[$0] }, actual: agreeing.map { y[$0] })
      if agreeing.count == best.count && !(score > merit) { continue }
      (best, merit) = (agreeing, score)
      needed = min(needed, trials(share: Double(best.count) / Double(y.count), drawn))
    }
    guard !best.isEmpty else {
      throw FitError(
        .notConverged, expected: "samples that agree within \(limit)", found: "none in \(trial) draws",
        advice: "Raise the threshold, or the number of draws.")
    }
    let learned = try base.fit(x[rows: best], best.map { y[$0] }, countingBy: weights?.samples(at: best))
    return Model(base: learned, inliers: best, sampleCount: y.count, trials: trial)
  }

  /// How many draws make it certain enough that one is without wild samples.
  private func trials(share: Double, _ drawn: Int) -> Int {
    let clean = pow(share, Double(drawn))
    if clean >= 1 || certainty == 0 { return 1 }
    if clean <= .ulpOfOne { return maximumTrials }
    let count = (log(1 - certainty) / log(1 - clean)).rounded(.up)
    return count < Double(maximumTrials) ? Int(count) : maximumTrials
  }

  /// What `RANSACRegressor` has learned.
  public struct Model: Regressor {
    /// What the method has learned from the samples that agree.
    public let base: Base.Model
    /// The places of the samples that agree, in order.
    public let inliers: [Int]
    /// How many samples there were.
    public let sampleCount: Int
    /// How many draws it took.
    public let trials: Int

    /// The places of the samples that were left out, in order.
    public var outliers: [Int] {
      let agreeing = Set(inliers)
      return (0..<sampleCount).filter { !agreeing.contains($0) }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try base.predict(x) }

    private enum CodingKeys: String, CodingKey { case base, inliers, sampleCount, trials }
  }
}

extension RANSACRegressor: WeightedEstimator where Base: WeightedEstimator {
  /// The method learns from samples of which each counts as much as its weight. Draws do not depend on weights, and samples
  /// that agree are counted, not weighed.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension RANSACRegressor.Model: Encodable where Base.Model: Encodable {}
extension RANSACRegressor.Model: Decodable where Base.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    base = try file.decode(Base.Model.self, forKey: .base)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    try ModelChecks.fits((1...Int(Int32.max)).contains(sampleCount), file, .sampleCount, "at least one sample")
    inliers = try ModelChecks.places(file, .inliers, below: sampleCount)
    trials = try file.decode(Int.self, forKey: .trials)
  }
}

extension RANSACRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    if let table = (base as? any ModelSummary)?.summaryTable(features: features, target: target) {
      return ModelTable(
        title: "RANSAC: \(table.title)",
        facts: table.facts + ["\(inliers.count) of \(sampleCount) samples agree, after \(trials) draws"],
        header: table.header, rows: table.rows)
    }
    return ModelTable(
      title: "RANSAC", facts: ["\(inliers.count) of \(sampleCount) samples agree"], header: ["draws"],
      rows: [["\(trials)"]])
  }
}
