import Glibc

/// Sums of waiting times, and of squares: `x^(a−1) exp(−x/s) / (Γ(a) sᵃ)`. (SciPy: `gamma`)
public struct GammaDistribution: ContinuousDistribution {
  /// The number a of waiting times, above 0.
  public let shape: Double
  /// The mean s of one of them, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(shape: Double, scale: Double = 1) {
    guard shape > 0, scale > 0 else {
      fatalError("GammaDistribution needs a shape and a scale above 0; found \(shape), \(scale).")
    }
    self.shape = shape
    self.scale = scale
  }

  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    guard x >= 0 else { return -.infinity }
    if x == 0 { return shape == 1 ? -log(scale) : shape < 1 ? .infinity : -.infinity }
    if shape > 10 { return log(IncompleteGamma.front(shape, x / scale)) - log(x) }
    return (shape - 1) * log(x / scale) - x / scale - logGamma(shape) - log(scale)
  }
  public func cdf(_ x: Double) -> Double { x > 0 ? incompleteGamma(shape, x / scale) : 0 }
  public func survival(_ x: Double) -> Double { x > 0 ? upperIncompleteGamma(shape, x / scale) : 1 }
  public var mean: Double { shape * scale }
  public var variance: Double { shape * scale * scale }
  public var entropy: Double { shape + log(scale) + logGamma(shape) + (1 - shape) * digamma(shape) }
  public func quantile(_ p: Double) -> Double {
    // Wilson and Hilferty's cube of a normal number is near; for small values the series' first term is.
    let cube = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * shape.squareRoot())
    let start = cube > 0.3 ? shape * cube * cube * cube : exp((log(p) + logGamma(shape + 1)) / shape)
    return searchedQuantile(p, from: start * scale)
  }
  public func sample(using random: inout some SeededGenerator) -> Double { random.gamma(shape: shape, scale: scale) }

  /// The most likely parameters, by Newton's steps from Minka's start. Every value is above 0.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> GammaDistribution {
    try FitCheck.require(values, "GammaDistribution", "above 0", differ: true) { $0 > 0 }
    let mean = Matrix(values).mean()
    let s = log(mean) - values.reduce(0) { $0 + log($1) } / Double(values.count)
    var shape = (3 - s + ((s - 3) * (s - 3) + 24 * s).squareRoot()) / (12 * s)
    for _ in 0..<50 {
      let step = (log(shape) - digamma(shape) - s) / (1 / shape - trigamma(shape))
      shape -= step
      if abs(step) < 1e-14 * shape { break }
    }
    return GammaDistribution(shape: shape, scale: mean / shape)
  }
}
