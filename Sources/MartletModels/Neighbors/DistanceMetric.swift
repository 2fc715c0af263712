import MartletNumerics

/// How far two samples are from each other.
public enum DistanceMetric: Sendable, Equatable, Codable {
  /// The length of the straight line: the root of the sum of squared differences.
  case euclidean
  /// The sum of the differences' sizes.
  case manhattan
  /// The largest of the differences' sizes.
  case chebyshev
  /// The sum of the differences' sizes to the power `p`, to the power `1 / p`; `p` is at least 1.
  case minkowski(Double)
  /// 1 minus the cosine of the angle between the samples, from 0 to 2. A sample of zeros is at distance 1 from all.
  case cosine

  /// Whether boxes around samples bound their distances, which a tree needs.
  var suitsTree: Bool { self != .cosine }

  func check() throws(FitError) {
    guard case .minkowski(let power) = self else { return }
    try SampleChecks.parameter(power.isFinite && power >= 1, "minkowski's power", "of at least 1", power)
  }

  /// The distance from what ``reduced(_:)`` orders samples by: squares and powers keep the order and save the root.
  func distance(fromReduced value: Double) -> Double {
    switch self {
    case .euclidean: value.squareRoot()
    case .minkowski(let power): pow(value, 1 / power)
    default: value
    }
  }

  func reduced(_ distance: Double) -> Double {
    switch self {
    case .euclidean: distance * distance
    case .minkowski(let power): pow(distance, power)
    default: distance
    }
  }

  /// The reduced distance of two rows of `width` numbers.
  func reducedDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ width: Int) -> Double {
    switch self {
    case .euclidean: return squaredDistance(a, b, width)
    case .manhattan: return (0..<width).reduce(0) { $0 + abs(a[$1] - b[$1]) }
    case .chebyshev: return (0..<width).reduce(0) { max($0, abs(a[$1] - b[$1])) }
    case .minkowski(let power): return (0..<width).reduce(0) { $0 + pow(abs(a[$1] - b[$1]), power) }
    case .cosine:
      var (product, first, second) = (0.0, 0.0, 0.0)
      for place in 0..<width {
        product += a[place] * b[place]
        first += a[place] * a[place]
        second += b[place] * b[place]
      }
      let cosine = product / (first.squareRoot() * second.squareRoot())
      // Without a length, or with one beyond numbers, there is no angle.
      return cosine.isFinite ? min(max(1 - cosine, 0), 2) : 1
    }
  }
}
