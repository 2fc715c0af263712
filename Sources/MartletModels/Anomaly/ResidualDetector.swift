import MartletDisplay
import MartletFrames
import MartletNumerics

/// Notices values of a series that are not what its past let one expect.
///
/// A forecaster says of each value what the ones before it promise; what is left, the residual, is judged by a rule. So a
/// value can be usual among all and unusual for its season, or the other way round.
///
///     let method = ResidualDetector(NaiveForecaster(period: 7), rule: .medianDeviation(5))
///     let model = try method.fit(visitors)
///     model.anomalies                     // the places of unusual values
///     try model.isAnomaly([120, 80])      // of the next two values, each from the forecast
///
/// Reference: Hyndman and Athanasopoulos (2021), Forecasting: principles and practice, section 13.9.
public struct ResidualDetector<Method: Forecaster>: Sendable {
  /// What says what is to be expected.
  public var method: Method
  /// Which residuals are unusual. With ``OutlierRule/medianDeviation(_:)`` outliers do not widen the limits themselves.
  public var rule: OutlierRule

  /// - Parameters:
  ///   - method: what says what is to be expected.
  ///   - rule: which residuals are unusual.
  public init(_ method: Method, rule: OutlierRule = .medianDeviation(3.5)) {
    self.method = method
    self.rule = rule
  }

  /// - Parameter series: values at equal distances in time, the oldest first; every one finite.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: that of the forecaster's fit.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    let model = try method.fit(series)
    let residuals = zip(series, model.fitted).map { value, expected in expected.map { value - $0 } }
    guard residuals.contains(where: { $0 != nil }) else {
      throw FitError(
        .tooFewSamples, expected: "a series long enough for the forecaster to say something of one of its values",
        found: "\(series.count) values", advice: "Take a longer history, or a simpler method.")
    }
    return Model(
      forecaster: model, series: series, residuals: residuals, limits: rule.limits(of: residuals.compactMap { $0 }))
  }

  /// What `ResidualDetector` has learned.
  public struct Model: Sendable {
    /// What says what is to be expected.
    public let forecaster: Method.Model
    /// The values.
    public let series: [Double]
    /// What each value has above what was expected; `nil` at the beginning, where the forecaster needs more of them.
    public let residuals: [Double?]
    /// The least and the largest residual that is not unusual.
    public let limits: ClosedRange<Double>

    /// The places of values that are unusual.
    public var anomalies: [Int] {
      residuals.indices.filter { place in residuals[place].map { !limits.contains($0) } ?? false }
    }

    /// Whether each of the values that come next is unusual, from the forecast of all of them at once.
    /// - Throws: ``FitError`` of kind `notFinite`, and what the forecaster throws.
    public func isAnomaly(_ next: [Double]) throws(FitError) -> [Bool] {
      if next.isEmpty { return [] }
      try SeriesChecks.series(next, atLeast: 1)
      let forecast = try forecaster.forecast(next.count)
      // The farther ahead, the wider: by as much as the forecaster itself is less sure.
      let widths = forecast.standardErrors.map { forecast.standardErrors[0] > 0 ? $0 / forecast.standardErrors[0] : 1 }
      return next.indices.map { step in
        let residual = (next[step] - forecast.mean[step]) / max(widths[step], 1)
        return !limits.contains(residual)
      }
    }

    private enum CodingKeys: String, CodingKey { case forecaster, series, residuals, lower, upper }
  }
}

extension ResidualDetector.Model: Encodable where Method.Model: Encodable {
  /// Writes what was learned.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(forecaster, forKey: .forecaster)
    try file.encode(series, forKey: .series)
    try file.encode(residuals, forKey: .residuals)
    try file.encode(limits.lowerBound, forKey: .lower)
    try file.encode(limits.upperBound, forKey: .upper)
  }
}

extension ResidualDetector.Model: Decodable where Method.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    forecaster = try file.decode(Method.Model.self, forKey: .forecaster)
    series = try ModelChecks.numbers(file, .series)
    residuals = try file.decode([Double?].self, forKey: .residuals)
    try ModelChecks.fits(
      residuals.count == series.count && residuals.allSatisfy { $0?.isFinite ?? true }, file, .residuals,
      "a finite number or nothing for each of \(series.count) values")
    let (lower, upper) = (try file.decode(Double.self, forKey: .lower), try file.decode(Double.self, forKey: .upper))
    try ModelChecks.fits(lower <= upper, file, .upper, "no less than \(lower), found \(upper)")
    limits = lower...upper
  }
}

extension ResidualDetector.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let places = anomalies
    let bounds = FrameNumberFormat.texts([limits.lowerBound, limits.upperBound])
    let values = FrameNumberFormat.texts(places.map { series[$0] })
    let rests = FrameNumberFormat.texts(places.map { residuals[$0] ?? 0 })
    return ModelTable(
      title: "Residuals of a series",
      facts: ["\(places.count) of \(series.count) values unusual: residuals outside \(bounds[0]) to \(bounds[1])"],
      header: ["place", "value", "residual"],
      rows: places.indices.map { ["\(places[$0])", values[$0], rests[$0]] })
  }
}
