import Glibc

/// A number with an imaginary part, as eigenvalues are.
public struct ComplexNumber: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The part along the real axis.
  public var real: Double
  /// The part along the imaginary axis.
  public var imaginary: Double

  /// - Parameter imaginary: 0 by default: a real number.
  public init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The distance from zero.
  public var magnitude: Double { hypot(real, imaginary) }

  /// As `1.0 + 2.0i`.
  public var description: String { "\(real) \(imaginary < 0 ? "-" : "+") \(abs(imaginary))i" }

  /// The sum.
  public static func + (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(a.real + b.real, a.imaginary + b.imaginary)
  }
  /// The product.
  public static func * (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }
}
