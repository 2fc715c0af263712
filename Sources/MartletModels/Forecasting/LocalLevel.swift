import Glibc
import MartletNumerics

/// A level that wanders, seen through noise: the simplest state-space model, solved by the Kalman filter.
///
/// `y = level + noise`, `level′ = level + step`, both normal; their variances make the series likeliest.
///
///     let model = try LocalLevel().fit(Datasets.nile()["volume"].doubles)
///     model.noiseVariance      // 15098.5…
///     model.stepVariance       // 1469.2…
///
/// Nothing is known of the level before the first value, unless `initialVariance` is given. (statsmodels:
/// `UnobservedComponents(…, 'llevel')`, whose default is an initial variance of 10⁶)
///
/// Reference: Durbin and Koopman (2012), Time series analysis by state space methods, chapter 2.
public struct LocalLevel: Forecaster, Hashable {
  /// The variance of the level, around 0, before the first value; `nil` for a level that may be anywhere.
  public var initialVariance: Double?

  public init(initialVariance: Double? = nil) { self.initialVariance = initialVariance }

  /// - Parameter series: at least four values that are not all the same.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ series: [Double]) throws(FitError) -> Model {
    try SeriesChecks.series(series, atLeast: 4)
    try SampleChecks.parameter(initialVariance ?? 1 > 0, "initialVariance", "above 0", initialVariance ?? 1)
    let spread = variance(series)
    try SampleChecks.parameter(spread > 0, "series", "that changes", "the same value everywhere")
    // Logarithms of variances over that of the series: any real number is allowed.
    var best = (value: Double.infinity, point: [Double]())
    for start in [[-0.5, -2.0], [-2, -0.5], [-0.1, -6]] {
      let found = NelderMead(pointTolerance: 1e-9, valueTolerance: 1e-12, maximumIterations: 2000)
        .minimize(from: start) { point in
          let capped = point.map { min(max($0, -30), 10) }
          return -filter(series, noise: spread * exp(capped[0]), step: spread * exp(capped[1])).logLikelihood
        }
      if found.value < best.value { best = (found.value, found.point) }
    }
    return model(series, noiseVariance: spread * exp(best.point[0]), stepVariance: spread * exp(best.point[1]))
  }

  /// The model with given variances.
  ///
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ series: [Double], noiseVariance: Double, stepVariance: Double) throws(FitError) -> Model {
    try SeriesChecks.series(series, atLeast: 2)
    try SampleChecks.parameter(noiseVariance > 0, "noiseVariance", "above 0", noiseVariance)
    try SampleChecks.parameter(stepVariance >= 0, "stepVariance", "of at least 0", stepVariance)
    return model(series, noiseVariance: noiseVariance, stepVariance: stepVariance)
  }

  private struct Filtered {
    var logLikelihood = 0.0
    var predictions: [Double?] = []
    var levels: [Double] = []
    /// The level before the next value, and how uncertain it is.
    var (level, levelVariance) = (0.0, 0.0)
  }

  /// The first value says where the level is; it adds nothing to the likelihood.
  private func filter(_ series: [Double], noise: Double, step: Double) -> Filtered {
    var result = Filtered()
    (result.level, result.levelVariance) = (series[0], noise)
    if let start = initialVariance {
      let gain = start / (start + noise)
      (result.level, result.levelVariance) = (gain * series[0], start * (1 - gain))
    }
    result.predictions.append(nil)
    result.levels.append(result.level)
    result.levelVariance += step
    for value in series.dropFirst() {
      let expected = result.level
      let total = result.levelVariance + noise
      let miss = value - expected
      result.logLikelihood -= 0.5 * (log(2 * .pi * total) + miss * miss / total)
      let gain = result.levelVariance / total
      result.level += gain * miss
      result.levelVariance = result.levelVariance * (1 - gain) + step
      result.predictions.append(expected)
      result.levels.append(result.level)
    }
    return result
  }

  private func model(_ series: [Double], noiseVariance: Double, stepVariance: Double) -> Model {
    let filtered = filter(series, noise: noiseVariance, step: stepVariance)
    return Model(
      fitted: filtered.predictions, levels: filtered.levels, noiseVariance: noiseVariance, stepVariance: stepVariance,
      logLikelihood: filtered.logLikelihood, nextVariance: filtered.levelVariance)
  }

  /// What `LocalLevel` has learned.
  public struct Model: ForecastModel, Codable {
    public let fitted: [Double?]
    /// The level after each value, as far as was known then.
    public let levels: [Double]
    /// The variance of a value around the level.
    public let noiseVariance: Double
    /// The variance of the level's steps.
    public let stepVariance: Double
    /// How likely the series is, but for its first value.
    public let logLikelihood: Double
    /// How uncertain the level of the next value is.
    let nextVariance: Double

    /// How far the level follows each new value in the long run: exponential smoothing's rate.
    public var levelRate: Double {
      let ratio = stepVariance / noiseVariance
      return (-ratio + (ratio * ratio + 4 * ratio).squareRoot()) / 2
    }

    public func forecast(_ steps: Int) throws(FitError) -> Forecast {
      try SeriesChecks.steps(steps)
      let errors = (0..<steps).map { (nextVariance + Double($0) * stepVariance + noiseVariance).squareRoot() }
      return Forecast(
        mean: [Double](repeating: levels[levels.count - 1], count: steps), standardErrors: errors)
    }
  }
}

extension LocalLevel.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fitted = try file.decode([Double?].self, forKey: .fitted)
    levels = try ModelChecks.numbers(file, .levels)
    noiseVariance = try ModelChecks.spread(file, .noiseVariance)
    stepVariance = try ModelChecks.spread(file, .stepVariance)
    logLikelihood = try file.decode(Double.self, forKey: .logLikelihood)
    nextVariance = try ModelChecks.spread(file, .nextVariance)
  }
}
