import Foundation
import MartletNumerics

/// How alike a smooth function's values at two places are, by the places' distance `r`.
///
///     let kernel: CovarianceKernel = .constant(2) * .rbf(length: 1) + .white(0.1)
///
/// Sums let several shapes add up, products let one change the other. (scikit-learn: `gaussian_process.kernels`)
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, chapter 4.
public indirect enum CovarianceKernel: Sendable, Codable, Equatable {
  /// How rough functions of a Matérn kernel are.
  public enum Smoothness: String, Sendable, Codable {
    /// Without slopes, as a random walk: `ν = ½`.
    case half
    /// With slopes: `ν = 3/2`.
    case threeHalves
    /// With curvatures: `ν = 5/2`.
    case fiveHalves
  }

  /// The same everywhere: a factor, or a level.
  case constant(Double)
  /// Noise of this variance: alike only to itself.
  case white(Double)
  /// `exp(−r² / 2ℓ²)`: very smooth. (scikit-learn: `RBF`)
  case rbf(length: Double)
  /// Rougher than ``rbf(length:)``.
  case matern(length: Double, smoothness: Smoothness)
  /// `(1 + r² / 2αℓ²)^−α`: many lengths at once.
  case rationalQuadratic(length: Double, mixture: Double)
  /// `exp(−2 sin²(πr / p) / ℓ²)`: repeats itself. (scikit-learn: `ExpSineSquared`)
  case periodic(length: Double, period: Double)
  /// Both add up.
  case sum(CovarianceKernel, CovarianceKernel)
  /// Both multiply.
  case product(CovarianceKernel, CovarianceKernel)

  /// Both add up.
  public static func + (a: CovarianceKernel, b: CovarianceKernel) -> CovarianceKernel { .sum(a, b) }
  /// Both multiply.
  public static func * (a: CovarianceKernel, b: CovarianceKernel) -> CovarianceKernel { .product(a, b) }

  /// The kernel's numbers in the order in which they are written, all above 0.
  public var parameters: [Double] {
    switch self {
    case .constant(let value), .white(let value): [value]
    case .rbf(let length), .matern(let length, _): [length]
    case .rationalQuadratic(let length, let mixture): [length, mixture]
    case .periodic(let length, let period): [length, period]
    case .sum(let a, let b), .product(let a, let b): a.parameters + b.parameters
    }
  }

  /// The same kernel with other numbers.
  func with(_ parameters: [Double]) -> CovarianceKernel {
    switch self {
    case .constant: return .constant(parameters[0])
    case .white: return .white(parameters[0])
    case .rbf: return .rbf(length: parameters[0])
    case .matern(_, let smoothness): return .matern(length: parameters[0], smoothness: smoothness)
    case .rationalQuadratic: return .rationalQuadratic(length: parameters[0], mixture: parameters[1])
    case .periodic: return .periodic(length: parameters[0], period: parameters[1])
    case .sum(let a, let b):
      let count = a.parameters.count
      return .sum(a.with(Array(parameters[..<count])), b.with(Array(parameters[count...])))
    case .product(let a, let b):
      let count = a.parameters.count
      return .product(a.with(Array(parameters[..<count])), b.with(Array(parameters[count...])))
    }
  }

  /// From squared distances; `isSame` says whether the places are the same samples, which noise needs to know.
  func values(_ squares: Matrix, isSame: Bool) -> Matrix {
    switch self {
    case .constant(let value): return Matrix.full(value, shape: squares.shape)
    case .white(let variance):
      return isSame ? Matrix.eye(squares.shape[0]) * variance : Matrix.zeros(shape: squares.shape)
    case .sum(let a, let b): return a.values(squares, isSame: isSame) + b.values(squares, isSame: isSame)
    case .product(let a, let b): return a.values(squares, isSame: isSame) * b.values(squares, isSame: isSame)
    default: return squares.map { value(square: $0) }
    }
  }

  /// The variance at one place.
  var variance: Double {
    switch self {
    case .constant(let value), .white(let value): value
    case .sum(let a, let b): a.variance + b.variance
    case .product(let a, let b): a.variance * b.variance
    default: 1
    }
  }

  private func value(square: Double) -> Double {
    switch self {
    case .rbf(let length): return exp(-0.5 * square / (length * length))
    case .matern(let length, let smoothness):
      let distance = square.squareRoot() / length
      switch smoothness {
      case .half: return exp(-distance)
      case .threeHalves:
        let z = 3.0.squareRoot() * distance
        return (1 + z) * exp(-z)
      case .fiveHalves:
        let z = 5.0.squareRoot() * distance
        return (1 + z + z * z / 3) * exp(-z)
      }
    case .rationalQuadratic(let length, let mixture):
      return pow(1 + square / (2 * mixture * length * length), -mixture)
    case .periodic(let length, let period):
      let wave = sin(Double.pi * square.squareRoot() / period) / length
      return exp(-2 * wave * wave)
    case .constant, .white, .sum, .product: return .nan  // these have no shape of their own; see `values`
    }
  }

  /// How the values change with the logarithm of each number, in the order of ``parameters``.
  func slopes(_ squares: Matrix) -> [Matrix] {
    switch self {
    case .constant, .white: return [values(squares, isSame: true)]
    case .sum(let a, let b): return a.slopes(squares) + b.slopes(squares)
    case .product(let a, let b):
      let (first, second) = (a.values(squares, isSame: true), b.values(squares, isSame: true))
      return a.slopes(squares).map { $0 * second } + b.slopes(squares).map { $0 * first }
    default:
      return parameters.indices.map { place in
        squares.map { slope(square: $0, place) }
      }
    }
  }

  private func slope(square: Double, _ place: Int) -> Double {
    switch self {
    case .rbf(let length): return value(square: square) * square / (length * length)
    case .matern(let length, let smoothness):
      let distance = square.squareRoot() / length
      switch smoothness {
      case .half: return distance * exp(-distance)
      case .threeHalves: return 3 * distance * distance * exp(-3.0.squareRoot() * distance)
      case .fiveHalves:
        let z = 5.0.squareRoot() * distance
        return z * z * (1 + z) / 3 * exp(-z)
      }
    case .rationalQuadratic(let length, let mixture):
      let part = square / (2 * mixture * length * length)
      if place == 0 { return pow(1 + part, -mixture - 1) * square / (length * length) }
      return pow(1 + part, -mixture) * mixture * (part / (1 + part) - log1p(part))
    case .periodic(let length, let period):
      let angle = Double.pi * square.squareRoot() / period
      let wave = sin(angle) / length
      let own = exp(-2 * wave * wave)
      return place == 0 ? 4 * wave * wave * own : 4 * angle / (length * length) * sin(angle) * cos(angle) * own
    case .constant, .white, .sum, .product: return .nan
    }
  }
}

extension CovarianceKernel: CustomStringConvertible {
  /// The kernel as it is written.
  public var description: String {
    func text(_ value: Double) -> String { String(format: "%.4g", value) }
    func factor(_ kernel: CovarianceKernel) -> String {
      if case .sum = kernel { return "(\(kernel))" }
      return "\(kernel)"
    }
    return switch self {
    case .constant(let value): text(value)
    case .white(let value): "white(\(text(value)))"
    case .rbf(let length): "rbf(\(text(length)))"
    case .matern(let length, let smoothness): "matern(\(text(length)), \(smoothness.rawValue))"
    case .rationalQuadratic(let length, let mixture): "rationalQuadratic(\(text(length)), \(text(mixture)))"
    case .periodic(let length, let period): "periodic(\(text(length)), \(text(period)))"
    case .sum(let a, let b): "\(a) + \(b)"
    case .product(let a, let b): "\(factor(a)) * \(factor(b))"
    }
  }
}
