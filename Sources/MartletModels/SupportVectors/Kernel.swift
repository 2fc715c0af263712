import MartletNumerics

/// How fast the similarity of two samples falls with their distance.
public enum KernelScale: Sendable, Equatable, Codable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// `1 / (features · variance of all values)`.
  case scale
  /// `1 / features`.
  case auto
  /// This number, above 0.
  case value(Double)
  public init(floatLiteral value: Double) { self = .value(value) }
  public init(integerLiteral value: Int) { self = .value(Double(value)) }

  func resolved(_ x: Matrix) throws(FitError) -> Double {
    let width = Double(x.shape[1])
    switch self {
    case .auto: return 1 / width
    case .scale:
      let variance = x.variance()
      return variance > 0 ? 1 / (width * variance) : 1
    case .value(let value):
      try SampleChecks.parameter(value > 0 && value.isFinite, "gamma", "above 0", value)
      return value
    }
  }
}

/// How similar two samples are: their product in a space in which classes may be apart.
public enum Kernel: Sendable, Equatable {
  /// `a · b`: straight borders.
  case linear
  /// `(γ a · b + offset)^degree`.
  case polynomial(degree: Int = 3, gamma: KernelScale = .scale, offset: Double = 0)
  /// `exp(−γ ‖a − b‖²)`: borders of any shape.
  case rbf(gamma: KernelScale = .scale)
  /// `tanh(γ a · b + offset)`.
  case sigmoid(gamma: KernelScale = .scale, offset: Double = 0)
  /// The features of a sample are its similarities to the samples of fitting: shape `[n, n]` there.
  case precomputed
  /// A function of your own. All similarities of the samples of fitting are computed once, O(n²) calls and memory.
  case function(KernelFunction)

  /// How fast similarity falls with distance; `nil` for a kernel without it, which setting it leaves as it is. A parameter
  /// of searches: `.varying(\.kernel.gamma, over: [0.001, 0.01])`.
  public var gamma: KernelScale? {
    get {
      switch self {
      case .polynomial(_, let gamma, _), .rbf(let gamma), .sigmoid(let gamma, _): gamma
      case .linear, .precomputed, .function: nil
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .polynomial(let degree, _, let offset): self = .polynomial(degree: degree, gamma: newValue, offset: offset)
      case .rbf: self = .rbf(gamma: newValue)
      case .sigmoid(_, let offset): self = .sigmoid(gamma: newValue, offset: offset)
      case .linear, .precomputed, .function: break
      }
    }
  }

  /// The kernel with its numbers, once the samples are known.
  func fitted(_ x: Matrix) throws(FitError) -> FittedKernel {
    switch self {
    case .linear: return .linear
    case .function(let function): return .function(function)
    case .polynomial(let degree, let gamma, let offset):
      try SampleChecks.parameter((1...64).contains(degree), "degree", "from 1 to 64", degree)
      try SampleChecks.parameter(offset.isFinite, "offset", "finite", offset)
      return .polynomial(degree: degree, gamma: try gamma.resolved(x), offset: offset)
    case .rbf(let gamma): return .rbf(gamma: try gamma.resolved(x))
    case .sigmoid(let gamma, let offset):
      try SampleChecks.parameter(offset.isFinite, "offset", "finite", offset)
      return .sigmoid(gamma: try gamma.resolved(x), offset: offset)
    case .precomputed:
      guard x.shape[0] == x.shape[1] else {
        throw FitError(
          .shape, expected: "similarities of all samples to each other, shape [n, n]", found: "shape \(x.shape)",
          advice: "Compute them with the same samples as rows and columns.")
      }
      return .precomputed
    }
  }
}

extension KernelScale: CustomStringConvertible {
  /// `scale`, `auto` or the number.
  public var description: String {
    switch self {
    case .scale: "scale"
    case .auto: "auto"
    case .value(let value): "\(value)"
    }
  }
}

extension Kernel: CustomStringConvertible {
  /// As it is written in code: `rbf(gamma: 0.001)`.
  public var description: String {
    switch self {
    case .linear: "linear"
    case .polynomial(let degree, let gamma, let offset):
      "polynomial(degree: \(degree), gamma: \(gamma), offset: \(offset))"
    case .rbf(let gamma): "rbf(gamma: \(gamma))"
    case .sigmoid(let gamma, let offset): "sigmoid(gamma: \(gamma), offset: \(offset))"
    case .precomputed: "precomputed"
    case .function(let function): "\(function)"
    }
  }
}

/// A kernel whose numbers are known.
enum FittedKernel: Sendable, Equatable, Codable {
  case linear
  case polynomial(degree: Int, gamma: Double, offset: Double)
  case rbf(gamma: Double)
  case sigmoid(gamma: Double, offset: Double)
  case precomputed
  case function(KernelFunction)

  /// The similarities of the rows of two matrices, shape `[rows of a, rows of b]`.
  /// - Throws: ``FitError`` when a function's are not finite.
  func similarities(_ a: Matrix, _ b: Matrix) throws(FitError) -> Matrix {
    switch self {
    case .precomputed: a
    case .linear: a • b.transposed()
    case .polynomial(let degree, let gamma, let offset):
      ((a • b.transposed()) * gamma + offset).map { Self.power($0, degree) }
    case .rbf(let gamma): exp(DistanceBlocks.squared(a, b) * -gamma)
    case .sigmoid(let gamma, let offset): tanh((a • b.transposed()) * gamma + offset)
    case .function(let function): try function.similarities(a, b)
    }
  }

  /// The similarities of samples to support vectors, which are the samples of fitting at `places`.
  func similarities(_ x: Matrix, _ vectors: Matrix, at places: [Int]) throws(FitError) -> Matrix {
    self == .precomputed ? x.transposed()[rows: places].transposed() : try similarities(x, vectors)
  }

  /// Samples and kernel as fitting asks them: of a function, the table of all similarities.
  /// - Throws: ``FitError`` when a function's similarities are not finite, or depend on the order.
  func whileFitting(_ x: Matrix) throws(FitError) -> (x: Matrix, kernel: FittedKernel) {
    guard case .function(let function) = self else { return (x, self) }
    return (try function.table(x), .precomputed)
  }

  /// The rows of similarities that support vectors are looked for in.
  func rows(_ x: Matrix) throws(FitError) -> KernelRows {
    let fitting = try whileFitting(x)
    return try KernelRows(fitting.x, fitting.kernel)
  }

  /// A whole power, exact for negative numbers.
  static func power(_ x: Double, _ exponent: Int) -> Double {
    var (result, factor, left) = (1.0, x, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= factor }
      factor *= factor
      left >>= 1
    }
    return result
  }

  var text: String {
    switch self {
    case .linear: "linear kernel"
    case .polynomial(let degree, let gamma, _): "polynomial kernel of degree \(degree), gamma \(gamma)"
    case .rbf(let gamma): "rbf kernel, gamma \(gamma)"
    case .sigmoid(let gamma, _): "sigmoid kernel, gamma \(gamma)"
    case .precomputed: "precomputed kernel"
    case .function(let function): "kernel \(function)"
    }
  }
}
