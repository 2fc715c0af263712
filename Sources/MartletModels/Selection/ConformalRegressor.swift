import MartletFrames
import MartletNumerics

/// A range that a number is expected in.
public struct PredictionInterval: Sendable, Codable, Equatable, CustomStringConvertible {
  /// The ends of the range.
  public let lower, upper: Double

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// From its lower to its upper end.
  public var width: Double { upper - lower }
  /// Whether a number is in the range.
  public func contains(_ number: Double) -> Bool { lower <= number && number <= upper }
  /// Such as `12.5 … 17.25`.
  public var description: String { FrameNumberFormat.texts([lower, upper]).joined(separator: " … ") }
}

/// Says how far off a regressor may be: ranges that hold the true number as often as asked for, whatever the model is.
///
/// The model learns from some of the samples; of its misses on the others, the `⌈(m + 1)(1 − α)⌉`-th smallest of `m` is how far
/// to both sides a range reaches. New samples like these fall into their ranges with at least the probability `1 − α`, with no
/// assumption about the noise or the model.
///
///     let model = try ConformalRegressor(RandomForestRegressor(seed: 0), coverage: 0.9, seed: 0).fit(x, y)
///     try model.predictIntervals(xTest)      // [12.5 … 17.25, …]
///
/// Ranges are equally wide everywhere, and hold on the mean over all samples, not for every kind of them.
///
/// Reference: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), Distribution-free predictive inference for regression.
public struct ConformalRegressor<Base: SupervisedEstimator>: SupervisedEstimator
where Base.Features: SampleCollection, Base.Target == [Double], Base.Model: Regressor {
  public typealias Features = Base.Features
  public typealias Target = [Double]
  /// What predicts.
  public var base: Base
  /// How often a range holds the true number: `1 − α`, between 0 and 1.
  public var coverage: Double
  /// The fraction of the samples whose misses are measured, and which are not learned from; between 0 and 1.
  public var calibrationFraction: Double
  /// Which samples these are; `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - base: what predicts.
  ///   - coverage: between 0 and 1.
  ///   - calibrationFraction: between 0 and 1.
  ///   - seed: for the same samples every time.
  public init(_ base: Base, coverage: Double = 0.9, calibrationFraction: Double = 0.25, seed: UInt64? = nil) {
    self.base = base
    self.coverage = coverage
    self.calibrationFraction = calibrationFraction
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: a row for each sample.
  ///   - y: a finite number for each.
  /// - Throws: ``FitError`` of kind `tooFewSamples` when there are too few misses for the coverage, `parameter`, and what the
  ///   base throws.
  public func fit(_ x: Features, _ y: [Double]) throws(FitError) -> Model {
    try SampleChecks.parameter(coverage > 0 && coverage < 1, "coverage", "between 0 and 1", coverage)
    try SampleChecks.parameter(
      calibrationFraction > 0 && calibrationFraction < 1, "calibrationFraction", "between 0 and 1", calibrationFraction)
    guard x.sampleCount == y.count else { throw .unpaired(x.sampleCount, y.count) }
    if let matrix = x as? Matrix { try SampleChecks.features(matrix, atLeast: 2) }
    try SampleChecks.finite(y, "target", width: 1)
    let kept = Int((calibrationFraction * Double(y.count)).rounded())
    let place = Int((coverage * Double(kept + 1)).rounded(.up))
    guard kept < y.count, place <= kept else {
      throw FitError(
        .tooFewSamples,
        expected: "at least \(Int((coverage / (1 - coverage)).rounded(.up))) samples to measure misses on",
        found: "\(kept) of \(y.count)",
        advice: "Add samples, keep a larger calibrationFraction, or ask for less coverage.")
    }
    var random = PCG64(seed: seed ?? Random.nextSeed())
    let order = random.permutation(y.count)
    let (measured, learned) = (order[..<kept].sorted(), order[kept...].sorted())
    let model = try base.fit(x.samples(at: learned), learned.map { y[$0] })
    let predicted = try model.predict(x.samples(at: measured))
    let misses = zip(predicted, measured).map { abs($0 - y[$1]) }.sorted()
    return Model(base: model, reach: misses[place - 1], coverage: coverage, calibrationCount: kept)
  }

  /// What `ConformalRegressor` has learned.
  public struct Model: Regressor {
    public typealias Features = Base.Features
    /// The model, which has learned from a part of the samples.
    public let base: Base.Model
    /// How far ranges reach to both sides.
    public let reach: Double
    /// How often a range holds the true number, at least.
    public let coverage: Double
    /// How many misses were measured.
    public let calibrationCount: Int

    public func predict(_ x: Features) throws(FitError) -> [Double] { try base.predict(x) }

    /// A range for each sample, around its prediction.
    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func predictIntervals(_ x: Features) throws(FitError) -> [PredictionInterval] {
      try predict(x).map { PredictionInterval(lower: $0 - reach, upper: $0 + reach) }
    }

    enum CodingKeys: String, CodingKey { case base, reach, coverage, calibrationCount }
  }
}

extension ConformalRegressor.Model: Encodable where Base.Model: Encodable {}
extension ConformalRegressor.Model: Decodable where Base.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    base = try file.decode(Base.Model.self, forKey: .base)
    reach = try file.decode(Double.self, forKey: .reach)
    try ModelChecks.fits(reach >= 0 && reach.isFinite, file, .reach, "a finite number of at least 0")
    coverage = try file.decode(Double.self, forKey: .coverage)
    try ModelChecks.fits(coverage > 0 && coverage < 1, file, .coverage, "a number between 0 and 1")
    calibrationCount = try file.decode(Int.self, forKey: .calibrationCount)
  }
}

extension ConformalRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Conformal regressor", facts: ["\(Base.Model.self), judged by \(calibrationCount) samples"],
      header: ["coverage", "reach"], rows: [FrameNumberFormat.texts([coverage]) + FrameNumberFormat.texts([reach])])
  }
}
