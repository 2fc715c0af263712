import MartletNumerics

/// What a miss costs, `r` being by how much a prediction is above the actual value.
///
///     RegressionLoss.huber(1).mean(predicted: [2, 9], actual: [1.5, 4])      // 2.3125
///
/// The larger misses count, the more a few wild samples draw the answer to them: squares let the mean win, sizes the median.
public enum RegressionLoss: Sendable, Hashable {
  /// `r²`: least for the mean.
  case squared
  /// `|r|`: least for the median.
  case absolute
  /// `r² / 2` up to the threshold, straight beyond: `threshold · (|r| − threshold / 2)`. The threshold is above 0.
  ///
  /// Reference: Huber (1964), Robust estimation of a location parameter.
  case huber(Double = 1)
  /// `fraction · |r|` of predictions that are too low, `(1 − fraction) · r` of those too high: least for the quantile.
  case quantile(Double)
  /// `log cosh r`: `r² / 2` for small misses, `|r| − log 2` for large ones, smooth everywhere.
  case logCosh

  /// The cost of one miss.
  public func callAsFunction(_ miss: Double) -> Double {
    let size = abs(miss)
    return switch self {
    case .squared: miss * miss
    case .absolute: size
    case .huber(let threshold): size <= threshold ? miss * miss / 2 : threshold * (size - threshold / 2)
    case .quantile(let fraction): miss < 0 ? fraction * size : (1 - fraction) * size
    // The cosine itself is beyond numbers from 711 on.
    case .logCosh: size + log1p(exp(-2 * size)) - log(2)
    }
  }

  /// How fast the cost grows with the prediction; 0 at a corner.
  public func slope(_ miss: Double) -> Double {
    let sign: Double = miss > 0 ? 1 : miss < 0 ? -1 : 0
    return switch self {
    case .squared: 2 * miss
    case .absolute: sign
    case .huber(let threshold): min(max(miss, -threshold), threshold)
    case .quantile(let fraction): miss < 0 ? -fraction : miss > 0 ? 1 - fraction : 0
    case .logCosh: tanh(miss)
    }
  }

  /// The mean cost of predictions. Stops the cell when the counts differ or are zero, and for a threshold that is not above 0 or
  /// a fraction that is not from 0 to 1.
  public func mean(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
    check()
    return MetricChecks.mean("RegressionLoss.mean", predicted, actual, weights) { self($0 - $1) }
  }

  private func check() {
    switch self {
    case .huber(let threshold) where !(threshold > 0):
      fatalError("A Huber loss needs a threshold above 0; found \(threshold).")
    case .quantile(let fraction) where !(0...1).contains(fraction):
      fatalError("A quantile's loss needs a fraction from 0 to 1; found \(fraction).")
    default: break
    }
  }
}
