import MartletNumerics

/// The mean of the squared misses, in squared units of the target.
///
///     meanSquaredError(predicted: [2, 4], actual: [1, 6])      // 2.5
///
/// As every metric, it stops the cell when the counts differ or are zero, and takes weights of samples.
public func meanSquaredError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.mean("meanSquaredError", predicted, actual, weights) { ($0 - $1) * ($0 - $1) }
}

/// The root of ``meanSquaredError(predicted:actual:weights:)``, in units of the target.
public func rootMeanSquaredError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  meanSquaredError(predicted: predicted, actual: actual, weights: weights).squareRoot()
}

/// The mean of the misses without their signs, in units of the target.
///
///     meanAbsoluteError(predicted: [2, 4], actual: [1, 6])      // 1.5
public func meanAbsoluteError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.mean("meanAbsoluteError", predicted, actual, weights) { abs($0 - $1) }
}

/// The median of the misses without their signs: a few wild misses do not change it.
///
/// With weights, half of the weight lies on either side; between two values it is their mean.
public func medianAbsoluteError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "medianAbsoluteError", weights)
  let misses = zip(predicted, actual).map { abs($0 - $1) }
  return weights.map { WeightedQuantile.of(misses, $0, 0.5) } ?? median(misses)
}

/// The largest miss.
public func maximumError(predicted: [Double], actual: [Double]) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "maximumError")
  return zip(predicted, actual).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// The mean of the misses as fractions of the actual values; 0.1 is ten per cent. Actual values near zero make it huge.
public func meanAbsolutePercentageError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.mean("meanAbsolutePercentageError", predicted, actual, weights) {
    abs($0 - $1) / max(abs($1), .ulpOfOne)
  }
}

/// The mean squared difference of `log(1 + x)`: misses of large values count by their ratio. Values above −1.
public func meanSquaredLogError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.mean("meanSquaredLogError", predicted, actual, weights) {
    guard $0 > -1, $1 > -1 else { fatalError("meanSquaredLogError needs values above -1; found \($0) and \($1).") }
    return (log1p($0) - log1p($1)) * (log1p($0) - log1p($1))
  }
}

/// How much of the targets' variance is explained: `1 − ∑(y − ŷ)² / ∑(y − ȳ)²`.
///
/// 1 is perfect, 0 as good as always predicting the mean, negative is worse than that. Where the targets do not vary:
/// 1 when every prediction is right, else 0.
///
///     r2Score(predicted: [2.5, 0, 2, 8], actual: [3, -0.5, 2, 7])      // 0.9486081370449679
public func r2Score(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "r2Score", weights)
  let missed = WeightedMeans.mean(zip(predicted, actual).map { ($1 - $0) * ($1 - $0) }, weights)
  return ExplainedShare.of(missed, WeightedMeans.spread(actual, weights))
}

/// Like ``r2Score(predicted:actual:weights:)``, but a constant miss costs nothing: `1 − Var(y − ŷ) / Var(y)`.
public func explainedVariance(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "explainedVariance", weights)
  let missed = WeightedMeans.spread(zip(predicted, actual).map { $1 - $0 }, weights)
  return ExplainedShare.of(missed, WeightedMeans.spread(actual, weights))
}

/// How well a quantile is predicted: misses below count `fraction`, misses above `1 − fraction`.
///
/// - Parameter fraction: the quantile, from 0 to 1; 0.5 gives half the mean absolute error. (scikit-learn: `alpha`)
public func pinballLoss(
  predicted: [Double], actual: [Double], fraction: Double = 0.5, weights: [Double]? = nil
) -> Double {
  guard (0...1).contains(fraction) else { fatalError("pinballLoss needs a fraction from 0 to 1; found \(fraction).") }
  return MetricChecks.mean("pinballLoss", predicted, actual, weights) {
    $1 >= $0 ? fraction * ($1 - $0) : (1 - fraction) * ($0 - $1)
  }
}

/// The mean deviance of a Tweedie distribution: of power 0 the squared error, 1 Poisson's, 2 that of the gamma.
///
/// - Parameter power: at most 0 or at least 1. Predictions are above 0 (unless `power` is 0), actual values at least 0
///   from 1 up to 2 and above 0 from 2 on.
public func tweedieDeviance(
  predicted: [Double], actual: [Double], power: Double, weights: [Double]? = nil
) -> Double {
  guard power <= 0 || power >= 1 else { fatalError("tweedieDeviance has no power between 0 and 1; found \(power).") }
  return MetricChecks.mean("tweedieDeviance", predicted, actual, weights) { predicted, actual in
    let isInRange =
      power == 0 || predicted > 0 && (power < 1 || actual > 0 || power < 2 && actual == 0)
    guard isInRange else {
      fatalError("tweedieDeviance of power \(power) needs positive values; found \(predicted) for \(actual).")
    }
    return TweedieDeviance.of(predicted, actual, power)
  }
}

/// The mean deviance of counts: ``tweedieDeviance(predicted:actual:power:weights:)`` of power 1.
public func poissonDeviance(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  tweedieDeviance(predicted: predicted, actual: actual, power: 1, weights: weights)
}

/// The mean deviance of positive amounts: ``tweedieDeviance(predicted:actual:power:weights:)`` of power 2.
public func gammaDeviance(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  tweedieDeviance(predicted: predicted, actual: actual, power: 2, weights: weights)
}

/// The share of absolute error that is explained: 0 is as good as always predicting the median.
/// (scikit-learn: `d2_absolute_error_score`)
public func d2AbsoluteError(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  let level = weights.map { WeightedQuantile.of(actual, $0, 0.5) } ?? median(actual)
  let always = actual.map { _ in level }
  return ExplainedShare.of(
    meanAbsoluteError(predicted: predicted, actual: actual, weights: weights),
    meanAbsoluteError(predicted: always, actual: actual, weights: weights))
}

/// The share of Tweedie deviance that is explained: 0 is as good as always predicting the mean.
public func d2Tweedie(predicted: [Double], actual: [Double], power: Double, weights: [Double]? = nil) -> Double {
  let level = WeightedMeans.mean(actual, weights)
  let always = actual.map { _ in level }
  return ExplainedShare.of(
    tweedieDeviance(predicted: predicted, actual: actual, power: power, weights: weights),
    tweedieDeviance(predicted: always, actual: actual, power: power, weights: weights))
}

/// A metric of one output for each of several outputs: columns of predictions and answers of shape `[samples, outputs]`.
///
///     perOutput(predicted, actual, r2Score(predicted:actual:weights:))
/// - Returns: a value for each output; their mean is scikit-learn's `uniform_average`.
public func perOutput(
  _ predicted: Matrix, _ actual: Matrix, weights: [Double]? = nil,
  _ metric: (_ predicted: [Double], _ actual: [Double], _ weights: [Double]?) -> Double
) -> [Double] {
  guard predicted.rank == 2, predicted.shape == actual.shape else {
    fatalError("perOutput needs equal shapes [samples, outputs]: \(predicted.shape) and \(actual.shape) were given.")
  }
  return (0..<actual.shape[1]).map { metric(predicted.column($0).scalars, actual.column($0).scalars, weights) }
}

/// `1 − missed / total`, with the usual answers where nothing varies.
enum ExplainedShare {
  static func of(_ missed: Double, _ total: Double) -> Double {
    if total == 0 { return missed == 0 ? 1 : 0 }
    return 1 - missed / total
  }
}

/// How far an amount is from what was predicted, in the terms of its distribution.
enum TweedieDeviance {
  static func of(_ predicted: Double, _ actual: Double, _ power: Double) -> Double {
    switch power {
    case 0: return (actual - predicted) * (actual - predicted)
    case 1: return 2 * ((actual == 0 ? 0 : actual * log(actual / predicted)) - actual + predicted)
    case 2: return 2 * (log(predicted / actual) + actual / predicted - 1)
    default:
      let own = pow(max(actual, 0), 2 - power) / ((1 - power) * (2 - power))
      return 2
        * (own - actual * pow(predicted, 1 - power) / (1 - power) + pow(predicted, 2 - power) / (2 - power))
    }
  }
}

extension MetricChecks {
  /// The weighted mean of a loss over pairs.
  static func mean(
    _ metric: String, _ predicted: [Double], _ actual: [Double], _ weights: [Double]?,
    _ loss: (Double, Double) -> Double
  ) -> Double {
    pairs(predicted.count, actual.count, metric, weights)
    return WeightedMeans.mean(zip(predicted, actual).map(loss), weights)
  }
}
