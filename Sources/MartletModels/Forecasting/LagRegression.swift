import CMartletRuntime
import MartletNumerics

/// Forecasts with any regression: the last values become features, the next one the target.
///
///     let method = LagRegression(lags: [1, 2, 12], RandomForestRegressor(trees: 200, seed: 1))
///     try method.fit(history).forecast(12).mean
///
/// Each forecast becomes a lag of the next. The spread comes from many such paths, to each of whose values an error of
/// fitting is added at random. With `differences` the regression sees changes instead of values: trees, which cannot go
/// beyond what they have seen, then follow a trend.
public struct LagRegression<Estimator: SupervisedEstimator>: Forecaster
where Estimator.Features == Matrix, Estimator.Target == [Double], Estimator.Model: Regressor {
  /// How far back each feature looks; each at least 1, none twice.
  public var lags: [Int]
  /// The regression.
  public var estimator: Estimator
  /// How often the series is replaced by its changes first: 0 or 1.
  public var differences: Int
  /// How many values make the change: 1 for that from value to value, 12 for that from year to year.
  public var period: Int
  /// How many paths the spread comes from.
  public var paths: Int
  /// What the paths depend on.
  public var seed: UInt64

  /// - Parameters:
  ///   - lags: how far back each feature looks.
  ///   - estimator: the regression.
  ///   - differences: 1 for changes instead of values.
  ///   - period: how far apart the values are that a change is taken of.
  ///   - paths: how many paths the spread comes from; at least 2.
  ///   - seed: what the paths depend on.
  public init(
    lags: [Int], _ estimator: Estimator, differences: Int = 0, period: Int = 1, paths: Int = 200, seed: UInt64 = 0
  ) {
    self.lags = lags
    self.estimator = estimator
    self.differences = differences
    self.period = period
    self.paths = paths
    self.seed = seed
  }

  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`, and what the regression throws.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    let farthest = lags.max() ?? 0
    try SampleChecks.parameter(
      !lags.isEmpty && lags.allSatisfy { $0 > 0 } && Set(lags).count == lags.count, "lags", "above 0, none twice", lags)
    try SampleChecks.parameter((0...1).contains(differences), "differences", "0 or 1", differences)
    try SampleChecks.parameter(paths > 1, "paths", "above 1", paths)
    try SeriesChecks.period(period)
    let lost = differences * period
    try SeriesChecks.series(series, atLeast: lost + farthest + 3)
    let values = differences == 0 ? series : zip(series.dropFirst(period), series).map { $0 - $1 }
    let places = Array(farthest..<values.count)
    let features = Matrix(
      places.flatMap { place in lags.map { values[place - $0] } }, shape: [places.count, lags.count])
    let targets = places.map { values[$0] }
    let regression = try estimator.fit(features, targets)
    let answers = try regression.predict(features)
    let residuals = zip(targets, answers).map { $0 - $1 }
    let missing = [Double?](repeating: nil, count: lost + farthest)
    return Model(
      fitted: missing + zip(residuals, series.suffix(places.count)).map { $1 - $0 }, method: self,
      regression: regression, recent: Array(values.suffix(farthest)),
      base: differences == 0 ? [] : Array(series.suffix(period)), residuals: residuals)
  }

  /// What `LagRegression` has learned.
  public struct Model: ForecastModel {
    public let fitted: [Double?]
    private let method: LagRegression
    /// What the regression has learned.
    public let regression: Estimator.Model
    /// The last values that lags reach, the oldest first.
    private let recent: [Double]
    /// The last values themselves, where the regression sees changes.
    private let base: [Double]
    /// What the regression has missed of each value it learned from.
    public let residuals: [Double]

    init(
      fitted: [Double?], method: LagRegression, regression: Estimator.Model, recent: [Double], base: [Double],
      residuals: [Double]
    ) {
      self.fitted = fitted
      self.method = method
      self.regression = regression
      self.recent = recent
      self.base = base
      self.residuals = residuals
    }

    /// - Throws: ``FitError`` of kind `parameter`, and what the regression throws.
    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      let mean = try walk(steps, paths: 1) { _ in 0 }[0]
      var random = PCG64(seed: method.seed)
      let walks = try walk(steps, paths: method.paths) { _ in
        residuals[random.integer(below: residuals.count)]
      }
      let errors = (0..<steps).map { step in
        standardDeviation(walks.map { $0[step] }, degreesOfFreedom: 1)
      }
      return Forecast(mean: mean, standardErrors: errors)
    }

    /// Paths side by side, so that the regression is asked once for each step.
    private func walk(
      _ steps: Int, paths: Int, _ error: (Int) -> Double
    ) throws(FitError) -> [[Double]] {
      var pasts = [[Double]](repeating: recent, count: paths)
      for _ in 0..<steps {
        martlet_poll()
        let rows = pasts.flatMap { past in method.lags.map { past[past.count - $0] } }
        let answers = try regression.predict(Matrix(rows, shape: [paths, method.lags.count]))
        for path in 0..<paths { pasts[path].append(answers[path] + error(path)) }
      }
      return pasts.map { past in
        let values = Array(past.suffix(steps))
        guard !base.isEmpty else { return values }
        var levels = base
        for value in values { levels.append(levels[levels.count - base.count] + value) }
        return Array(levels.suffix(steps))
      }
    }
  }
}
