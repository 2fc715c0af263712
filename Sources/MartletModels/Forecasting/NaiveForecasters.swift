import MartletNumerics

/// Says that the next values will be like the last one, or like those a season ago: what every other method must beat.
///
///     try NaiveForecaster().fit([3, 5, 4]).forecast(2).mean                   // [4, 4]
///     try NaiveForecaster(period: 2).fit([3, 5, 4, 6]).forecast(3).mean       // [4, 6, 4]
///
/// Errors grow as those of a random walk: with `σ √(whole seasons ahead)`.
///
/// Reference: Hyndman and Athanasopoulos (2021), Forecasting: principles and practice, section 5.2.
public struct NaiveForecaster: Forecaster, Hashable {
  /// How many values make a season; 1 for none.
  public var period: Int

  /// - Parameter period: 12 for months of a year, 7 for days of a week; 1 repeats the last value.
  public init(period: Int = 1) { self.period = period }

  public func fit(_ series: [Double]) throws(FitError) -> Model {
    try SeriesChecks.period(period)
    try SeriesChecks.series(series, atLeast: period + 1)
    let fitted = series.indices.map { $0 < period ? nil : series[$0 - period] }
    return Model(
      fitted: fitted, season: Array(series.suffix(period)),
      standardDeviation: SeriesChecks.spread(series, fitted, parameters: 0))
  }

  /// What `NaiveForecaster` has learned: the last season.
  public struct Model: ForecastModel, Codable {
    public let fitted: [Double?]
    /// The values of the last season.
    public let season: [Double]
    /// The spread of one-step errors.
    public let standardDeviation: Double

    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      return Forecast(
        mean: (0..<steps).map { season[$0 % season.count] },
        standardErrors: (0..<steps).map { standardDeviation * Double($0 / season.count + 1).squareRoot() })
    }
  }
}

/// Goes on along the line from the first value to the last.
///
///     try DriftForecaster().fit([2, 3, 6]).forecast(2).mean      // [8, 10]
public struct DriftForecaster: Forecaster, Hashable {
  public init() {}

  /// - Parameter series: at least three values.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    try SeriesChecks.series(series, atLeast: 3)
    let slope = (series[series.count - 1] - series[0]) / Double(series.count - 1)
    let fitted = series.indices.map { $0 == 0 ? nil : series[$0 - 1] + slope }
    return Model(
      fitted: fitted, last: series[series.count - 1], slope: slope,
      standardDeviation: SeriesChecks.spread(series, fitted, parameters: 1), count: series.count)
  }

  /// What `DriftForecaster` has learned: a line.
  public struct Model: ForecastModel, Codable {
    public let fitted: [Double?]
    let last: Double
    /// How much the series changes from value to value on average.
    public let slope: Double
    /// The spread of one-step errors.
    public let standardDeviation: Double
    let count: Int

    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      let ahead = (1...steps).map(Double.init)
      // The slope itself is uncertain: the second term.
      let errors = ahead.map { standardDeviation * ($0 * (1 + $0 / Double(count - 1))).squareRoot() }
      return Forecast(mean: ahead.map { last + slope * $0 }, standardErrors: errors)
    }
  }
}

extension NaiveForecaster.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fitted = try file.decode([Double?].self, forKey: .fitted)
    season = try ModelChecks.numbers(file, .season)
    standardDeviation = try ModelChecks.spread(file, .standardDeviation)
  }
}

extension DriftForecaster.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fitted = try file.decode([Double?].self, forKey: .fitted)
    last = try file.decode(Double.self, forKey: .last)
    slope = try file.decode(Double.self, forKey: .slope)
    standardDeviation = try ModelChecks.spread(file, .standardDeviation)
    count = try file.decode(Int.self, forKey: .count)
    try ModelChecks.fits(count >= 3, file, .count, "at least 3 values")
    try ModelChecks.fits(last.isFinite && slope.isFinite, file, .last, "finite numbers")
  }
}

extension ModelChecks {
  /// A standard deviation: finite and at least 0.
  static func spread<Key>(_ container: KeyedDecodingContainer<Key>, _ key: Key) throws -> Double {
    let spread = try container.decode(Double.self, forKey: key)
    try fits(spread.isFinite && spread >= 0, container, key, "a finite number of at least 0")
    return spread
  }
}
