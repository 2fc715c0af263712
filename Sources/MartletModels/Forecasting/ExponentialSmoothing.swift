import CMartletRuntime
import MartletNumerics

/// Forecasts by a level, a trend and a season that follow the series, recent values counting most: simple exponential
/// smoothing, Holt's and Holt and Winters' methods.
///
/// With error `e = y − forecast`: `level ← level + φ·trend + α·e`, `trend ← β·(change of level) + (1 − β)·φ·trend`,
/// `season ← season + γ·e`; a multiplicative season takes the errors in its own unit.
///
///     let model = try ExponentialSmoothing(trend: .additive, season: .additive, period: 12).fit(history)
///     model.levelRate, model.trendRate, model.seasonRate      // α, β, γ
///     try model.forecast(24).mean
///
/// Rates and the first state make the sum of squared one-step errors small. (statsmodels: `ExponentialSmoothing` with
/// estimated initialisation)
///
/// References: Holt (1957, 2004), Forecasting seasonals and trends by exponentially weighted moving averages; Winters
/// (1960), Forecasting sales by exponentially weighted moving averages.
public struct ExponentialSmoothing: Forecaster, Hashable {
  /// How the level moves on by itself.
  public enum Trend: String, Sendable, Hashable, Codable {
    /// It stays where it is.
    case none
    /// It goes on along a line.
    case additive
    /// It goes on, a little less far each step.
    case damped
  }

  /// How the season acts.
  public enum Season: String, Sendable, Hashable, Codable {
    case none
    /// The same amount up and down in each year.
    case additive
    /// The same percentage up and down in each year; values must be positive.
    case multiplicative
  }

  public var trend: Trend
  public var season: Season
  /// How many values make a season, at least 2 where there is one.
  public var period: Int

  /// - Parameters:
  ///   - trend: how the level moves on.
  ///   - season: how the season acts.
  ///   - period: how many values make a season.
  public init(trend: Trend = .none, season: Season = .none, period: Int = 1) {
    self.trend = trend
    self.season = season
    self.period = period
  }

  /// - Parameter series: at least two seasons and two values more, or 4 values without a season.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: some thousand passes over the series.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    if season != .none {
      try SampleChecks.parameter(period >= 2, "period", "of at least 2 for a season", period)
    }
    try SeriesChecks.series(series, atLeast: season == .none ? 4 : 2 * period + 2)
    if season == .multiplicative {
      let least = series.min() ?? 0
      try SampleChecks.parameter(least > 0, "series", "of positive values for a multiplicative season", least)
    }
    return SmoothingFit(method: self, series: series).model()
  }

  /// What `ExponentialSmoothing` has learned.
  public struct Model: ForecastModel, Codable {
    public let fitted: [Double?]
    let form: SmoothingForm
    let rates: SmoothingRates
    let first: SmoothingState
    let state: SmoothingState
    /// The spread of one-step errors.
    public let standardDeviation: Double
    /// The sum of squared one-step errors.
    public let squaredError: Double

    /// How far the level follows each value, from 0 to 1. (α)
    public var levelRate: Double { rates.level }
    /// How far the trend follows the level, from 0 to 1. (β)
    public var trendRate: Double { rates.trend }
    /// How far the season follows each value, from 0 to 1. (γ)
    public var seasonRate: Double { rates.season }
    /// How much of the trend is left after each step. (φ)
    public var damping: Double { form.damping }
    /// The level at the end of the series.
    public var level: Double { state.level }
    /// The trend at the end of the series, for each step.
    public var trend: Double { state.trend }
    /// The season's parts after the end of the series, the next one first.
    public var season: [Double] { state.season }

    /// A model with given rates and first state: what they make of a series.
    init(_ series: [Double], form: SmoothingForm, rates: SmoothingRates, first: SmoothingState) {
      var state = first
      var squares = 0.0
      fitted = series.map { value in
        let expected = state.next(form)
        squares += (value - expected) * (value - expected)
        state.move(value - expected, form, rates)
        return expected
      }
      (self.form, self.rates, self.first, self.state) = (form, rates, first, state)
      squaredError = squares
      let parameters = 2 + (form.hasTrend ? 2 : 0) + (form.season == .none ? 0 : 1 + first.season.count)
      standardDeviation = (squares / Double(max(series.count - parameters, 1))).squareRoot()
    }

    /// - Complexity: O(steps²): each step's error is followed to the end.
    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      let mean = path(steps, errorAt: nil)
      var variances = [Double](repeating: 0, count: steps)
      // How an error of each step moves the later ones. With additive parts that does not depend on its size; else a
      // small one stands for all.
      let size = max(standardDeviation, 1e-9) * 1e-3
      for place in 0..<steps {
        martlet_poll()
        let (up, down) = (path(steps, errorAt: place, size), path(steps, errorAt: place, -size))
        for step in place..<steps {
          let effect = (up[step] - down[step]) / (2 * size)
          variances[step] += effect * effect
        }
      }
      return Forecast(mean: mean, standardErrors: variances.map { standardDeviation * $0.squareRoot() })
    }

    /// The next values, when there is an error in one of them and nowhere else.
    private func path(_ steps: Int, errorAt place: Int?, _ error: Double = 0) -> [Double] {
      var state = state
      return (0..<steps).map { step in
        let happens = step == place ? error : 0
        let value = state.next(form) + happens
        state.move(happens, form, rates)
        return value
      }
    }
  }
}

extension ExponentialSmoothing.Model {
  private enum CodingKeys: String, CodingKey {
    case fitted, form, rates, first, state, standardDeviation, squaredError
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fitted = try file.decode([Double?].self, forKey: .fitted)
    form = try file.decode(SmoothingForm.self, forKey: .form)
    rates = try file.decode(SmoothingRates.self, forKey: .rates)
    first = try file.decode(SmoothingState.self, forKey: .first)
    state = try file.decode(SmoothingState.self, forKey: .state)
    standardDeviation = try ModelChecks.spread(file, .standardDeviation)
    squaredError = try ModelChecks.spread(file, .squaredError)
    let all = [form.damping, rates.level, rates.trend, rates.season]
    try ModelChecks.fits(all.allSatisfy { (0...1).contains($0) }, file, .rates, "rates from 0 to 1")
    for (key, state) in [(CodingKeys.first, first), (.state, state)] {
      try ModelChecks.fits(
        (state.season + [state.level, state.trend]).allSatisfy(\.isFinite), file, key, "finite numbers")
      try ModelChecks.fits(
        state.season.count == first.season.count && state.season.isEmpty == (form.season == .none), file, key,
        "a part for each value of a season")
    }
  }
}
