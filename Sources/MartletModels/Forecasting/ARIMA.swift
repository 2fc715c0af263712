import CMartletRuntime
import Glibc
import MartletNumerics

/// Forecasts from the last values and the last errors: `y = φ₁y₋₁ + … + e + θ₁e₋₁ + …`, of a series or of its changes.
///
///     let model = try ARIMA(autoregression: 2).fit(Datasets.sunspots()["activity"].doubles)
///     model.autoregression      // [1.3906…, -0.6885…]
///     try model.forecast(11).mean
///
/// Coefficients make the series likeliest; the likelihood is the exact one, by the Kalman filter. Without differences the
/// series varies around a mean, with them around nothing. (statsmodels: `ARIMA`)
///
/// References: Box and Jenkins (1970), Time series analysis; Jones (1980), Maximum likelihood fitting of ARMA models to
/// time series with missing observations.
public struct ARIMA: Forecaster, Hashable {
  /// How many last values count; p.
  public var autoregression: Int
  /// How often the series is replaced by its changes first; d, at most 2.
  public var differences: Int
  /// How many last errors count; q.
  public var movingAverage: Int

  /// - Parameters:
  ///   - autoregression: how many last values count.
  ///   - differences: how often the series is replaced by its changes first.
  ///   - movingAverage: how many last errors count.
  public init(autoregression: Int = 0, differences: Int = 0, movingAverage: Int = 0) {
    self.autoregression = autoregression
    self.differences = differences
    self.movingAverage = movingAverage
  }

  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: some hundred passes over the series, O(max(p, q + 1)²) each value.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    let changes = try prepared(series)
    let (p, q) = (autoregression, movingAverage)
    let (centre, spread) = (differences == 0 ? mean(changes) : 0, standardDeviation(changes))
    try SampleChecks.parameter(spread > 0, "series", "that changes", "the same value everywhere")
    var start = [Double](repeating: 0, count: p + q)
    if p > 0 { start[0] = 0.5 }
    if differences == 0 { start.append(0) }
    func filter(_ point: [Double]) -> StateSpaceFilter? {
      let ar = Self.stationary(Array(point[..<p]))
      let ma = Self.stationary(Array(point[p..<p + q])).map { -$0 }
      let level = differences == 0 ? centre + spread * point[p + q] : 0
      return StateSpaceFilter(changes.map { $0 - level }, autoregression: ar, movingAverage: ma)
    }
    func loss(_ point: [Double]) -> Double { filter(point).map { -$0.logLikelihood / Double(changes.count) } ?? 1e10 }
    var point = start
    if !start.isEmpty {
      point = NelderMead(pointTolerance: 1e-4, valueTolerance: 1e-8).minimize(from: start, loss).point
      let finer = NelderMead(pointTolerance: 1e-9, valueTolerance: 1e-13, maximumIterations: 500 * start.count)
      point = finer.minimize(from: point, loss).point
    }
    guard let found = filter(point) else {
      throw FitError(
        .notConverged, expected: "a likelihood that a number can hold", found: "none",
        advice: "Take fewer coefficients, or scale the series.")
    }
    return Model(series, changes, found, differences, level: differences == 0 ? centre + spread * point[p + q] : 0)
  }

  /// The model with given coefficients: what they make of a series.
  ///
  /// - Parameter mean: what the series varies around; only without differences.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(
    _ series: [Double], autoregression: [Double], movingAverage: [Double], mean: Double = 0
  ) throws(FitError) -> Model {
    let changes = try prepared(series)
    try SampleChecks.parameter(
      autoregression.count == self.autoregression && movingAverage.count == self.movingAverage, "coefficients",
      "of which there are \(self.autoregression) and \(self.movingAverage)",
      "\(autoregression.count) and \(movingAverage.count)")
    guard
      let found = StateSpaceFilter(
        changes.map { $0 - mean }, autoregression: autoregression, movingAverage: movingAverage)
    else {
      throw FitError(
        .parameter, expected: "an autoregression that dies away", found: "\(autoregression)",
        advice: "Take differences, or smaller coefficients.")
    }
    return Model(series, changes, found, differences, level: mean)
  }

  private func prepared(_ series: [Double]) throws(FitError) -> [Double] {
    try SampleChecks.parameter((0...20).contains(autoregression), "autoregression", "from 0 to 20", autoregression)
    try SampleChecks.parameter((0...20).contains(movingAverage), "movingAverage", "from 0 to 20", movingAverage)
    try SampleChecks.parameter((0...2).contains(differences), "differences", "from 0 to 2", differences)
    try SeriesChecks.series(series, atLeast: differences + 2 * (autoregression + movingAverage) + 3)
    return (0..<differences).reduce(series) { values, _ in zip(values.dropFirst(), values).map { $0 - $1 } }
  }

  /// Coefficients that die away, from any real numbers: partial autocorrelations between −1 and 1, put together by
  /// Durbin and Levinson's recursion.
  static func stationary(_ numbers: [Double]) -> [Double] {
    var coefficients: [Double] = []
    for number in numbers {
      let partial = tanh(number)
      coefficients = zip(coefficients, coefficients.reversed()).map { $0 - partial * $1 } + [partial]
    }
    return coefficients
  }

  /// What `ARIMA` has learned.
  public struct Model: ForecastModel, Codable {
    public let fitted: [Double?]
    /// What each last value counts, the newest first.
    public let autoregression: [Double]
    /// What each last error counts, the newest first.
    public let movingAverage: [Double]
    /// What the series varies around; 0 where differences are taken.
    public let mean: Double
    /// The variance of one-step errors.
    public let variance: Double
    /// How likely the series, or its changes, are.
    public let logLikelihood: Double
    /// What is expected of the next values, but for the mean, before differences are undone.
    private let state: [Double]
    /// The last value of the series, of its changes, ….
    private let lasts: [Double]

    init(_ series: [Double], _ changes: [Double], _ filter: StateSpaceFilter, _ differences: Int, level: Double) {
      (autoregression, movingAverage) = (filter.autoregression, filter.movingAverage)
      (mean, variance, logLikelihood, state) = (level, filter.variance, filter.logLikelihood, filter.state)
      var (levels, lasts) = (series, [Double]())
      for _ in 0..<differences {
        lasts.append(levels[levels.count - 1])
        levels = zip(levels.dropFirst(), levels).map { $0 - $1 }
      }
      self.lasts = lasts
      let missing = [Double?](repeating: nil, count: differences)
      // What is missed of a change is missed of the value.
      fitted =
        missing
        + zip(changes, filter.predictions).enumerated().map { place, pair in
          series[place + differences] - (pair.0 - level - pair.1)
        }
    }

    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      var state = state
      var means: [Double] = []
      for _ in 0..<steps {
        means.append(mean + state[0])
        state = StateSpaceFilter.moved(state, autoregression)
      }
      var effects = StateSpaceFilter.effects(steps, autoregression, movingAverage)
      for last in lasts.reversed() {
        var (sum, effect) = (last, 0.0)
        for step in 0..<steps {
          sum += means[step]
          effect += effects[step]
          (means[step], effects[step]) = (sum, effect)
        }
      }
      var total = 0.0
      let errors = effects.map { effect in
        total += effect * effect
        return (variance * total).squareRoot()
      }
      return Forecast(mean: means, standardErrors: errors)
    }
  }
}

extension ARIMA.Model {
  private enum CodingKeys: String, CodingKey {
    case fitted, autoregression, movingAverage, mean, variance, logLikelihood, state, lasts
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fitted = try file.decode([Double?].self, forKey: .fitted)
    autoregression = try file.decode([Double].self, forKey: .autoregression)
    movingAverage = try file.decode([Double].self, forKey: .movingAverage)
    mean = try file.decode(Double.self, forKey: .mean)
    variance = try ModelChecks.spread(file, .variance)
    logLikelihood = try file.decode(Double.self, forKey: .logLikelihood)
    state = try ModelChecks.numbers(file, .state, count: max(autoregression.count, movingAverage.count + 1))
    lasts = try file.decode([Double].self, forKey: .lasts)
    try ModelChecks.fits(
      (autoregression + movingAverage + lasts + [mean]).allSatisfy(\.isFinite), file, .autoregression,
      "finite numbers")
  }
}
