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

  /// The most likely parameters: the shape is the root of the likelihood's slope, from which the scale follows.
  /// - Throws: ``StatisticsError`` where a value is not above 0, or all are equal.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> WeibullDistribution {
    try FitCheck.require(values, "WeibullDistribution", "above 0", differ: true) { $0 > 0 }
    // Divided by the largest, so that no power is infinite.
    let largest = Matrix(values).max()
    let logarithms = values.map { log($0 / largest) }
    let middle = MartletNumerics.mean(logarithms)
    func powers(_ shape: Double) -> (sum: Double, weighted: Double) {
      logarithms.reduce((0, 0)) { sums, x in (sums.0 + exp(shape * x), sums.1 + x * exp(shape * x)) }
    }
    func slope(_ shape: Double) -> Double {
      let (sum, weighted) = powers(shape)
      return weighted / sum - 1 / shape - middle
    }
    let spread = MartletNumerics.standardDeviation(logarithms)
    var (low, high) = (0.5 / spread, 2 / spread)
    for _ in 0..<200 where slope(low) > 0 { low /= 2 }
    for _ in 0..<200 where slope(high) < 0 { high *= 2 }
    let shape = findRoot(between: low...high, slope)
    let scale = largest * pow(powers(shape).sum / Double(values.count), 1 / shape)
    return WeibullDistribution(shape: shape, scale: scale)
  }
}
