import CMartletRuntime
import Glibc
import MartletNumerics

/// How wide the bump is that a density estimate puts on every value.
public struct DensityBandwidth: Sendable, Hashable {
  enum Rule: Sendable, Hashable {
    case scott, silverman
    case fixed(Double)
  }
  let rule: Rule

  /// `σ · n^(−1/5)` for n values with the standard deviation σ (n − 1 in its divisor). (SciPy: `scott`, the default)
  public static let scott = DensityBandwidth(rule: .scott)
  /// `σ · (3n / 4)^(−1/5)`, a little wider. (SciPy: `silverman`)
  public static let silverman = DensityBandwidth(rule: .silverman)
  /// A standard deviation of the bump, in the unit of the values; must be positive.
  public static func fixed(_ width: Double) -> DensityBandwidth { DensityBandwidth(rule: .fixed(width)) }

  /// The bump's standard deviation for these values; 0 where they do not vary.
  package func width(for values: [Double]) -> Double {
    let n = Double(values.count)
    switch rule {
    case .fixed(let width): return width.isFinite ? max(width, 0) : 0
    case .scott: return spread(values) * pow(n, -0.2)
    case .silverman: return spread(values) * pow(n * 3 / 4, -0.2)
    }
  }

  private func spread(_ values: [Double]) -> Double {
    values.count < 2 ? 0 : standardDeviation(values, degreesOfFreedom: 1)
  }
}

/// A smooth estimate of how values are distributed: the mean of normal bumps around each of them.
///
/// `f(x) = 1/n · ∑ᵢ φ((x − xᵢ) / h) / h`, as SciPy's `gaussian_kde` has it.
///
/// Reference: Scott (1992), Multivariate density estimation.
package struct DensityEstimate: Sendable {
  private let sorted: [Double]
  /// The standard deviation of the bumps.
  package let width: Double

  /// - Returns: `nil` for values that do not vary, which have no density.
  package init?(_ values: [Double], bandwidth: DensityBandwidth = .scott) {
    sorted = values.filter(\.isFinite).sorted()
    width = bandwidth.width(for: sorted)
    guard width > 0, width.isFinite, !sorted.isEmpty else { return nil }
  }

  /// The density at a place.
  ///
  /// - Complexity: O(log n + m) for the m values within nine bandwidths; the others add less than rounding does.
  package func density(at place: Double) -> Double {
    let reach = 9 * width
    var sum = 0.0
    var index = sorted.firstIndex(notBelow: place - reach)
    while index < sorted.count, sorted[index] <= place + reach {
      let distance = (place - sorted[index]) / width
      sum += exp(-distance * distance / 2)
      index += 1
    }
    return sum / (Double(sorted.count) * width * (2 * Double.pi).squareRoot())
  }

  /// The density at equally spaced places.
  ///
  /// - Parameter reach: how many bandwidths the places go beyond the smallest and the largest value.
  package func curve(count: Int = 200, beyond reach: Double) -> (places: [Double], densities: [Double]) {
    let lower = sorted[0] - reach * width
    let upper = sorted[sorted.count - 1] + reach * width
    let places = (0..<count).map { lower + (upper - lower) * Double($0) / Double(count - 1) }
    let densities = places.map { place in
      martlet_poll()
      return density(at: place)
    }
    return (places, densities)
  }
}

extension [Double] {
  /// The first index whose element is not below the bound, in a sorted array.
  func firstIndex(notBelow bound: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
