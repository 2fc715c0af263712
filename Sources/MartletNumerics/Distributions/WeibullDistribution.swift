import Glibc

/// Times until something fails, whose risk grows or falls with age: `(k/s)(x/s)^(k−1) exp(−(x/s)ᵏ)`. (SciPy: `weibull_min`)
public struct WeibullDistribution: ContinuousDistribution {
  /// How the risk changes: 1 is steady, more grows. Above 0.
  public let shape: Double
  /// When 63 % have failed, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(shape: Double, scale: Double = 1) {
    guard shape > 0, scale > 0 else {
      fatalError("WeibullDistribution needs a shape and a scale above 0; found \(shape), \(scale).")
    }
    self.shape = shape
    self.scale = scale
  }

  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    guard x >= 0 else { return -.infinity }
    let power = shape == 1 ? 0 : (shape - 1) * log(x / scale)
    return log(shape / scale) + power - pow(x / scale, shape)
  }
  public func cdf(_ x: Double) -> Double { x > 0 ? -expm1(-pow(x / scale, shape)) : 0 }
  public func survival(_ x: Double) -> Double { x > 0 ? exp(-pow(x / scale, shape)) : 1 }
  public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? scale * pow(-log1p(-p), 1 / shape) : .nan }
  public var mean: Double { scale * tgamma(1 + 1 / shape) }
  public var variance: Double {
    let first = tgamma(1 + 1 / shape)
    return scale * scale * (tgamma(1 + 2 / shape) - first * first)
  }
  public var entropy: Double { 0.5772156649015329 * (1 - 1 / shape) + log(scale / shape) + 1 }
  public func sample(using random: inout some SeededGenerator) -> Double { random.weibull(shape: shape, scale: scale) }
}
