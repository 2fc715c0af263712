import MartletFrames
import MartletNumerics

/// Tries a forecaster as it would have been used: at several times in the past, each with the history up to then.
///
///     let trial = try RollingOrigin(horizon: 12, start: 120, step: 12).evaluate(ExponentialSmoothing(), on: series)
///     trial.meanAbsoluteScaledError(period: 12)
///
/// No value is ever used to forecast itself or an earlier one. (sktime: `ExpandingWindowSplitter`)
public struct RollingOrigin: Sendable, Hashable {
  /// How many values are forecast each time.
  public var horizon: Int
  /// How many values the first history has; by default half of the series.
  public var start: Int?
  /// How many values later the next time is; by default the horizon.
  public var step: Int?
  /// At most how many values each history has, the last ones; `nil` for all.
  public var window: Int?

  public init(horizon: Int, start: Int? = nil, step: Int? = nil, window: Int? = nil) {
    self.horizon = horizon
    self.start = start
    self.step = step
    self.window = window
  }

  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`, and what the forecaster throws.
  public func evaluate(_ method: some Forecaster, on series: [Double]) throws(FitError) -> Trial {
    let (first, step) = (start ?? series.count / 2, step ?? horizon)
    try SampleChecks.parameter(horizon > 0, "horizon", "above 0", horizon)
    try SampleChecks.parameter(step > 0, "step", "above 0", step)
    try SampleChecks.parameter(first > 0, "start", "above 0", first)
    try SampleChecks.parameter(window ?? 1 > 0, "window", "above 0", window ?? 1)
    try SeriesChecks.series(series, atLeast: first + horizon)
    var parts: [Trial.Part] = []
    for origin in stride(from: first, through: series.count - horizon, by: step) {
      let history = Array(series[max(0, origin - (window ?? origin))..<origin])
      let forecast = try method.fit(history).forecast(horizon)
      parts.append(Trial.Part(origin: origin, forecast: forecast, actual: Array(series[origin..<origin + horizon])))
    }
    return Trial(series: series, parts: parts)
  }

  /// How a forecaster did.
  public struct Trial: Sendable, CustomStringConvertible {
    /// One forecast, and what happened.
    public struct Part: Sendable {
      /// The place of the first value that was forecast.
      public let origin: Int
      /// What was expected.
      public let forecast: Forecast
      /// What happened.
      public let actual: [Double]
    }

    /// The whole series.
    public let series: [Double]
    /// All forecasts, the earliest first.
    public let parts: [Part]

    private var predicted: [Double] { parts.flatMap(\.forecast.mean) }
    private var actual: [Double] { parts.flatMap(\.actual) }

    /// The mean of the misses without their signs, in the series' unit.
    public var meanAbsoluteError: Double { MartletModels.meanAbsoluteError(predicted: predicted, actual: actual) }
    /// The root of the mean squared miss, in the series' unit.
    public var rootMeanSquaredError: Double {
      MartletModels.rootMeanSquaredError(predicted: predicted, actual: actual)
    }
    /// The mean of the misses as parts of the values' size.
    public var symmetricPercentageError: Double {
      MartletModels.symmetricPercentageError(predicted: predicted, actual: actual)
    }
    /// The mean miss over that of the naive forecast one season ahead, each in units of its own history.
    public func meanAbsoluteScaledError(period: Int = 1) -> Double {
      mean(
        parts.map { part in
          MartletModels.meanAbsoluteScaledError(
            predicted: part.forecast.mean, actual: part.actual, history: Array(series[..<part.origin]), period: period)
        })
    }

    /// The root of the mean squared miss of the first, second, … step ahead.
    public var errorsByStep: [Double] {
      (0..<(parts.first?.actual.count ?? 0)).map { step in
        MartletModels.rootMeanSquaredError(
          predicted: parts.map { $0.forecast.mean[step] }, actual: parts.map { $0.actual[step] })
      }
    }

    /// How many values lay within their interval, of all; near `probability` when the spread is right.
    public func coverage(_ probability: Double = 0.9) -> Double {
      let hits = parts.flatMap { part in
        let (lower, upper) = part.forecast.interval(probability)
        return part.actual.indices.map { lower[$0] <= part.actual[$0] && part.actual[$0] <= upper[$0] ? 1.0 : 0 }
      }
      return mean(hits)
    }

    /// A row for each value that was forecast: `origin`, `step`, `forecast`, `actual`.
    public var frame: DataFrame {
      TableNames.frame([
        AnyColumn(Column("origin", parts.flatMap { part in part.actual.map { _ in part.origin } })),
        AnyColumn(Column("step", parts.flatMap { Array(1...$0.actual.count) })),
        AnyColumn(Column("forecast", predicted)), AnyColumn(Column("actual", actual)),
      ])
    }

    /// The errors in one line.
    public var description: String {
      let texts = FrameNumberFormat.texts([meanAbsoluteError, rootMeanSquaredError])
      return "\(parts.count) forecasts of \(parts.first?.actual.count ?? 0) steps: "
        + "mean absolute error \(texts[0]), root mean squared error \(texts[1])"
    }
  }
}
