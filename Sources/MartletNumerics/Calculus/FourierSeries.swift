import Glibc

/// A periodic function as a sum of waves: `a₀/2 + Σ aₖ cos(kωx) + bₖ sin(kωx)`.
///
///     let square = FourierSeries(of: { $0 < 0.5 ? 1 : -1 }, period: 0...1, terms: 5)
///     square.sines               // [1.273…, 0, 0.424…, 0, 0.254…]: 4/π, 4/3π, 4/5π
///     square.partialSum(0.25, terms: 3)      // 0.848…
/// Near a jump the sums overshoot by 9 % of it, however many terms there are (Gibbs).
public struct FourierSeries: Hashable, Sendable, Codable {
  /// Where one period begins.
  public let start: Double
  /// How long a period is.
  public let period: Double
  /// `a₀, a₁, …`; half of the first is the mean.
  public let cosines: [Double]
  /// `b₁, b₂, …`.
  public let sines: [Double]

  /// - Parameters:
  ///   - period: one period of the function, finite.
  ///   - terms: how many waves there are; stops the cell below 0.
  ///   - tolerance: of each coefficient.
  /// - Complexity: two integrals a term.
  public init(
    of function: (Double) -> Double, period range: ClosedRange<Double>, terms: Int, tolerance: Double = 1e-10
  ) {
    guard terms >= 0, range.upperBound > range.lowerBound, (range.upperBound - range.lowerBound).isFinite else {
      fatalError("A Fourier series needs a finite period and 0 or more terms; found \(range) and \(terms).")
    }
    let length = range.upperBound - range.lowerBound
    (start, period) = (range.lowerBound, length)
    func coefficient(_ wave: (Double) -> Double) -> Double {
      2 / length * integrate(over: range, tolerance: tolerance) { x in function(x) * wave(x) }.value
    }
    let frequency = 2 * Double.pi / length
    cosines = (0...terms).map { k in coefficient { cos(frequency * Double(k) * $0) } }
    sines = (0..<terms).map { k in coefficient { sin(frequency * Double(k + 1) * $0) } }
  }

  /// The sum of all terms.
  public func callAsFunction(_ x: Double) -> Double { partialSum(x, terms: sines.count) }

  /// The sum of the mean and the first terms.
  /// - Parameter terms: how many; at most all of them.
  public func partialSum(_ x: Double, terms: Int) -> Double {
    let angle = 2 * Double.pi / period * x
    return (0..<min(max(terms, 0), sines.count)).reduce(cosines[0] / 2) { sum, k in
      sum + cosines[k + 1] * cos(angle * Double(k + 1)) + sines[k] * sin(angle * Double(k + 1))
    }
  }

  /// How large each wave is, from the first: `√(aₖ² + bₖ²)`.
  public var amplitudes: [Double] { zip(cosines.dropFirst(), sines).map { hypot($0, $1) } }
}
