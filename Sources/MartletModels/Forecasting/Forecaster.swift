import MartletNumerics

/// A method that learns from the past of one series how it goes on.
///
///     let model = try ExponentialSmoothing(trend: .additive, season: .additive, period: 12).fit(history)
///     let forecast = try model.forecast(24)
///     forecast.mean               // the next 24 values
///     forecast.interval(0.9)      // where nine of ten will lie
public protocol Forecaster<Model>: Sendable {
  /// What it has learned.
  associatedtype Model: ForecastModel
  /// - Parameter series: values at equal distances in time, the oldest first; every one finite.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  func fit(_ series: [Double]) throws(FitError) -> Model
}

/// What a ``Forecaster`` has learned about a series.
public protocol ForecastModel: FittedModel {
  /// What it would have said of each value of the series from those before; `nil` where it needs more of them.
  var fitted: [Double?] { get }
  /// The next values.
  /// - Parameter steps: how many; at least 1.
  /// - Throws: ``FitError`` of kind `parameter`.
  func forecast(_ steps: Int) throws(FitError) -> Forecast
}

/// What is to be expected of the next values, and how sure that is.
///
/// The value of each step is taken as normal around ``mean`` with its standard deviation.
public struct Forecast: Sendable, Hashable, Codable {
  /// The expected values, the next one first.
  public let mean: [Double]
  /// The standard deviation of each step's error, in the series' unit.
  public let standardErrors: [Double]

  /// - Parameters:
  ///   - mean: the expected values.
  ///   - standardErrors: one for each, at least 0. Stops the cell otherwise.
  public init(mean: [Double], standardErrors: [Double]) {
    guard mean.count == standardErrors.count, standardErrors.allSatisfy({ $0 >= 0 }) else {
      fatalError(
        "A Forecast needs a standard error of at least 0 for each of \(mean.count) values; found \(standardErrors).")
    }
    self.mean = mean
    self.standardErrors = standardErrors
  }

  /// How many steps it looks ahead.
  public var count: Int { mean.count }

  /// The value that each step stays below with a probability.
  ///
  ///     forecast.quantile(0.8)      // enough on four days of five
  /// - Parameter probability: between 0 and 1. Stops the cell otherwise.
  public func quantile(_ probability: Double) -> [Double] {
    guard probability > 0, probability < 1 else {
      fatalError("A quantile needs a probability between 0 and 1; found \(probability).")
    }
    let width = NormalDistribution().quantile(probability)
    return zip(mean, standardErrors).map { $0 + width * $1 }
  }

  /// Where each step lies with a probability, the same part of the rest on either side.
  public func interval(_ probability: Double = 0.9) -> (lower: [Double], upper: [Double]) {
    (quantile((1 - probability) / 2), quantile((1 + probability) / 2))
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    mean = try ModelChecks.numbers(file, .mean)
    standardErrors = try ModelChecks.numbers(file, .standardErrors, count: mean.count)
    try ModelChecks.fits(standardErrors.allSatisfy { $0 >= 0 }, file, .standardErrors, "numbers of at least 0")
  }
}

/// What forecasters ask of their series.
enum SeriesChecks {
  static func series(_ series: [Double], atLeast count: Int) throws(FitError) {
    guard series.count >= count else {
      throw FitError(
        .tooFewSamples, expected: "a series of at least \(count) values", found: "\(series.count)",
        advice: "Take a longer history, or a simpler method.")
    }
    guard let place = series.firstIndex(where: { !$0.isFinite }) else { return }
    throw FitError(
      .notFinite, expected: "finite values", found: "\(series[place]) at place \(place)",
      advice: "Fill the gap, for example with fillMissing(.interpolate).")
  }

  static func steps(_ steps: Int) throws(FitError) {
    try SampleChecks.parameter(steps > 0, "steps", "above 0", steps)
  }

  static func period(_ period: Int) throws(FitError) {
    try SampleChecks.parameter(period > 0, "period", "above 0", period)
  }

  /// The root of the mean square of one-step errors, with a divisor less by the number of parameters.
  static func spread(_ series: [Double], _ fitted: [Double?], parameters: Int) -> Double {
    let squares = zip(series, fitted).compactMap { value, fitted in fitted.map { (value - $0) * (value - $0) } }
    return (squares.reduce(0, +) / Double(max(squares.count - parameters, 1))).squareRoot()
  }
}
