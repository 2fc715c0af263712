/// Which of the ways to interpolate a quantile is meant; the numbers are those of Hyndman and Fan (1996).
public enum QuantileKind: Int, Hashable, Sendable, CaseIterable {
  /// No interpolation: steps of the empirical distribution (1), averaged at the steps (2), nearest even (3).
  case inverted = 1
  case averagedInverted, nearest, interpolatedInverted, hazen, weibull
  /// The usual one of NumPy, R and Excel (7).
  case linear, medianUnbiased, normalUnbiased
}

/// The value below which a fraction of the values lie, interpolated as `kind` says; NaN when there are none.
///
///     quantile([1, 2, 3, 4], 0.25, kind: .weibull)      // 1.25
/// Reference: Hyndman and Fan (1996), Sample quantiles in statistical packages.
public func quantile(_ values: some Collection<Double>, _ fraction: Double, kind: QuantileKind) -> Double {
  guard (0...1).contains(fraction) else { fatalError("A quantile's fraction lies between 0 and 1; found \(fraction).") }
  var sorted = Array(values)
  guard !sorted.isEmpty, !sorted.contains(where: \.isNaN) else { return .nan }
  sorted.sort()
  let n = Double(sorted.count)
  func at(_ place: Int) -> Double { sorted[min(max(place - 1, 0), sorted.count - 1)] }
  func between(_ place: Double) -> Double {
    let whole = place.rounded(.down)
    let (low, high) = (at(Int(whole)), at(Int(whole) + 1))
    return low + (high - low) * (place - whole)
  }
  switch kind {
  case .inverted: return at(Int((n * fraction).rounded(.up)))
  case .averagedInverted:
    let place = n * fraction
    return place == place.rounded() ? (at(Int(place)) + at(Int(place) + 1)) / 2 : at(Int(place.rounded(.up)))
  case .nearest: return at(Int((n * fraction).rounded(.toNearestOrEven)))
  case .interpolatedInverted: return between(n * fraction)
  case .hazen: return between(n * fraction + 0.5)
  case .weibull: return between((n + 1) * fraction)
  case .linear: return between((n - 1) * fraction + 1)
  case .medianUnbiased: return between((n + 1.0 / 3) * fraction + 1.0 / 3)
  case .normalUnbiased: return between((n + 0.25) * fraction + 0.375)
  }
}

/// The most frequent value, the smallest if there are several; `nil` when there are none.
///
///     mode([3, 1, 3, 2])      // 3
public func mode<Value: Hashable & Comparable>(_ values: some Collection<Value>) -> Value? {
  var counts: [Value: Int] = [:]
  for value in values { counts[value, default: 0] += 1 }
  return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
}

/// How lopsided values are: the mean cube of their distances from the mean, in standard deviations.
///
///     skewness([1, 1, 1, 5])      // 1.1547005383792515
/// - Parameter isUnbiased: estimates the skewness of what the values were drawn from. (SciPy: `bias=False`)
public func skewness(_ values: some Collection<Double>, isUnbiased: Bool = false) -> Double {
  let n = Double(values.count)
  let moments = CentralMoments(values)
  let skewness = moments.third / (moments.second * moments.second.squareRoot())
  return isUnbiased ? skewness * (n * (n - 1)).squareRoot() / (n - 2) : skewness
}

/// How heavy the tails are: the mean fourth power of the distances from the mean, in standard deviations, less the 3 of a
/// normal distribution.
/// - Parameter isUnbiased: estimates the kurtosis of what the values were drawn from. (SciPy: `bias=False`)
public func kurtosis(_ values: some Collection<Double>, isUnbiased: Bool = false) -> Double {
  let n = Double(values.count)
  let moments = CentralMoments(values)
  let excess = moments.fourth / (moments.second * moments.second) - 3
  return isUnbiased ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6) : excess
}

/// The means of powers of the distances from the mean.
private struct CentralMoments {
  private(set) var second = 0.0, third = 0.0, fourth = 0.0

  init(_ values: some Collection<Double>) {
    let centre = mean(values)
    for value in values {
      let distance = value - centre
      second += distance * distance
      third += distance * distance * distance
      fourth += distance * distance * distance * distance
    }
    let n = Double(values.count)
    (second, third, fourth) = (second / n, third / n, fourth / n)
  }
}

/// How two quantities vary together: the mean product of their distances from their means.
///
///     covariance([1, 2, 3], [2, 4, 6], degreesOfFreedom: 1)      // 2.0
/// Stops the cell when the counts differ.
public func covariance(_ x: some Collection<Double>, _ y: some Collection<Double>, degreesOfFreedom: Int = 0) -> Double
{
  guard x.count == y.count else { fatalError("covariance needs pairs: x has \(x.count) values, y has \(y.count).") }
  let (dx, dy) = (Matrix(Array(x)) - mean(x), Matrix(Array(y)) - mean(y))
  return (dx * dy).sum() / Double(max(x.count - degreesOfFreedom, 0))
}

extension Tensor where Scalar == Double {
  /// How the columns vary together: shape `[d, d]` for shape `[n, d]`. (NumPy: `cov(x, rowvar=False)`)
  ///
  /// - Parameter degreesOfFreedom: 1 by default, which estimates what the rows were drawn from.
  public func covarianceMatrix(degreesOfFreedom: Int = 1) -> Matrix {
    guard rank == 2 else { fatalError("covarianceMatrix needs a matrix; the shape is \(shape).") }
    let centred = self - mean(axis: 0)
    return (centred.transposed() • centred) / Double(Swift.max(shape[0] - degreesOfFreedom, 0))
  }

  /// The columns' correlations with each other: shape `[d, d]`, ones on the diagonal.
  public func correlationMatrix() -> Matrix {
    let covariance = covarianceMatrix()
    let spread = sqrt(covariance.diagonal())
    return (covariance / spread.outer(spread)).clipped(to: -1...1)
  }
}
