import MartletNumerics

/// A function of one number whose slope is known: what a variable applies to every element.
enum ElementwiseFunction: Sendable {
  case exp, expm1, log, log1p, sqrt, square, reciprocal, abs, sin, cos, tanh, erf
  case sigmoid, relu, softplus, silu, mish
  /// `x · Φ(x)`, and its approximation by a hyperbolic tangent.
  case gelu, geluTanh
  /// `x` above 0, and `slope · x` below.
  case leakyReLU(Double)
  /// `scale · x` above 0, and `scale · alpha · (eˣ − 1)` below.
  case elu(alpha: Double, scale: Double)
  /// `xᵖ`.
  case power(Double)
}

extension Variable {
  /// A function of every element.
  func applying(_ function: ElementwiseFunction, operation: StaticString = #function) -> Variable {
    let x = value
    guard x.count > 0 else { return self }
    let result = Tensor<Scalar>.filled(shape: x.shape) { target in
      x.withElements { x in
        Kernels.forEachRange(value.count, cost: 1) { range in
          ElementwiseKernels.forward(function, x + range.lowerBound, target + range.lowerBound, range.count)
        }
      }
    }
    return .computed(result, from: [self], operation: operation) { gradient in
      [
        .filled(shape: x.shape) { target in
          x.withElements { x in
            result.withElements { y in
              gradient.withElements { g in
                Kernels.forEachRange(gradient.count, cost: 1) { range in
                  let start = range.lowerBound
                  ElementwiseKernels.backward(function, x + start, y + start, g + start, target + start, range.count)
                }
              }
            }
          }
        }
      ]
    }
  }
}

/// The loops of ``ElementwiseFunction``.
enum ElementwiseKernels {
  /// `y = f(x)`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func forward<Scalar: NetScalar>(
    _ function: ElementwiseFunction, _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    switch function {
    case .exp: Scalar._apply(.exp, x, y, count)
    case .expm1: Scalar._apply(.expm1, x, y, count)
    case .log: Scalar._apply(.log, x, y, count)
    case .log1p: Scalar._apply(.log1p, x, y, count)
    case .sqrt: for i in 0..<count { y[i] = x[i].squareRoot() }
    case .square: for i in 0..<count { y[i] = x[i] * x[i] }
    case .reciprocal: for i in 0..<count { y[i] = 1 / x[i] }
    case .abs: for i in 0..<count { y[i] = x[i].magnitude }
    case .sin: Scalar._apply(.sin, x, y, count)
    case .cos: Scalar._apply(.cos, x, y, count)
    case .tanh: Scalar._apply(.tanh, x, y, count)
    case .erf: Scalar._apply(.erf, x, y, count)
    case .sigmoid: sigmoid(x, y, count)
    case .relu: for i in 0..<count { y[i] = x[i] < 0 ? 0 : x[i] }
    case .leakyReLU(let slope):
      let slope = Scalar(slope)
      for i in 0..<count { y[i] = x[i] > 0 ? x[i] : slope * x[i] }
    case .elu(let alpha, let scale):
      let (below, above) = (Scalar(alpha * scale), Scalar(scale))
      Scalar._apply(.expm1, x, y, count)
      for i in 0..<count { y[i] = x[i] > 0 ? above * x[i] : below * y[i] }
    case .softplus: softplus(x, y, count)
    case .silu:
      sigmoid(x, y, count)
      for i in 0..<count { y[i] *= x[i] }
    case .mish:
      softplus(x, y, count)
      Scalar._apply(.tanh, y, y, count)
      for i in 0..<count { y[i] *= x[i] }
    case .gelu:
      let inverseRoot = Scalar(0.5.squareRoot())
      for i in 0..<count { y[i] = x[i] * inverseRoot }
      Scalar._apply(.erf, y, y, count)
      for i in 0..<count { y[i] = 0.5 * x[i] * (1 + y[i]) }
    case .geluTanh:
      geluArgument(x, y, count)
      Scalar._apply(.tanh, y, y, count)
      for i in 0..<count { y[i] = 0.5 * x[i] * (1 + y[i]) }
    case .power(let exponent): power(x, Scalar(exponent), y, count)
    }
  }

  /// `target = g · f′(x)`, where `y = f(x)`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func backward<Scalar: NetScalar>(
    _ function: ElementwiseFunction, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>,
    _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    switch function {
    case .exp: for i in 0..<count { target[i] = g[i] * y[i] }
    case .expm1: for i in 0..<count { target[i] = g[i] * (y[i] + 1) }
    case .log: for i in 0..<count { target[i] = g[i] / x[i] }
    case .log1p: for i in 0..<count { target[i] = g[i] / (1 + x[i]) }
    case .sqrt: for i in 0..<count { target[i] = g[i] / (2 * y[i]) }
    case .square: for i in 0..<count { target[i] = g[i] * 2 * x[i] }
    case .reciprocal: for i in 0..<count { target[i] = -g[i] * y[i] * y[i] }
    case .abs: for i in 0..<count { target[i] = x[i] > 0 ? g[i] : x[i] < 0 ? -g[i] : 0 }
    case .sin:
      Scalar._apply(.cos, x, target, count)
      for i in 0..<count { target[i] *= g[i] }
    case .cos:
      Scalar._apply(.sin, x, target, count)
      for i in 0..<count { target[i] *= -g[i] }
    case .tanh: for i in 0..<count { target[i] = g[i] * (1 - y[i] * y[i]) }
    case .erf:
      let scale = Scalar(2 / Double.pi.squareRoot())
      for i in 0..<count { target[i] = -x[i] * x[i] }
      Scalar._apply(.exp, target, target, count)
      for i in 0..<count { target[i] *= scale * g[i] }
    case .sigmoid: for i in 0..<count { target[i] = g[i] * y[i] * (1 - y[i]) }
    case .relu: for i in 0..<count { target[i] = y[i] > 0 ? g[i] : 0 }
    case .leakyReLU(let slope):
      let slope = Scalar(slope)
      for i in 0..<count { target[i] = x[i] > 0 ? g[i] : slope * g[i] }
    case .elu(let alpha, let scale):
      let (below, above) = (Scalar(alpha * scale), Scalar(scale))
      for i in 0..<count { target[i] = g[i] * (x[i] > 0 ? above : y[i] + below) }
    case .softplus:
      sigmoid(x, target, count)
      for i in 0..<count { target[i] *= g[i] }
    case .silu:
      sigmoid(x, target, count)
      for i in 0..<count { target[i] = g[i] * target[i] * (1 + x[i] * (1 - target[i])) }
    case .mish: mishSlope(x, g, target, count)
    case .gelu: geluSlope(x, g, target, count)
    case .geluTanh:
      geluArgument(x, target, count)
      Scalar._apply(.tanh, target, target, count)
      let (root, cubic) = (Scalar((2 / Double.pi).squareRoot()), Scalar(3 * 0.044715))
      for i in 0..<count {
        let t = target[i]
        target[i] = g[i] * 0.5 * (1 + t + x[i] * (1 - t * t) * root * (1 + cubic * x[i] * x[i]))
      }
    case .power(let exponent):
      power(x, Scalar(exponent - 1), target, count)
      for i in 0..<count { target[i] *= g[i] * Scalar(exponent) }
    }
  }

  @inline(__always)
  static func sigmoid<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    for i in 0..<count { y[i] = -x[i] }
    Scalar._apply(.exp, y, y, count)
    for i in 0..<count { y[i] = 1 / (1 + y[i]) }
  }

  /// `log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|)`, which does not overflow.
  @inline(__always)
  private static func softplus<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    for i in 0..<count { y[i] = -(x[i].magnitude) }
    Scalar._apply(.exp, y, y, count)
    Scalar._apply(.log1p, y, y, count)
    for i in 0..<count { y[i] += x[i] > 0 ? x[i] : 0 }
  }

  @inline(__always)
  private static func geluArgument<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    let (root, cubic) = (Scalar((2 / Double.pi).squareRoot()), Scalar(0.044715))
    for i in 0..<count { y[i] = root * (x[i] + cubic * x[i] * x[i] * x[i]) }
  }

  @inline(__always)
  private static func power<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ exponent: Scalar, _ y: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    withUnsafePointer(to: exponent) { Scalar._apply(.pow, x, 1, $0, 0, y, count) }
  }

  /// Runs `body` over blocks that fit a scratch of 512 numbers.
  @inline(__always)
  private static func blocks<Scalar: NetScalar>(
    _ count: Int, _: Scalar.Type, _ body: (Range<Int>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 512) { scratch in
      for start in stride(from: 0, to: count, by: 512) {
        body(start..<min(start + 512, count), scratch.baseAddress!)  // not empty: 512
      }
    }
  }

  /// `Φ(x) + x · φ(x)`, with the normal distribution's function and density.
  @inline(__always)
  private static func geluSlope<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    let (inverseRoot, density) = (Scalar(0.5.squareRoot()), Scalar(1 / (2 * Double.pi).squareRoot()))
    blocks(count, Scalar.self) { range, scratch in
      let (x, g, target) = (x + range.lowerBound, g + range.lowerBound, target + range.lowerBound)
      for i in 0..<range.count {
        target[i] = x[i] * inverseRoot
        scratch[i] = -0.5 * x[i] * x[i]
      }
      Scalar._apply(.erf, target, target, range.count)
      Scalar._apply(.exp, scratch, scratch, range.count)
      for i in 0..<range.count { target[i] = g[i] * (0.5 * (1 + target[i]) + x[i] * density * scratch[i]) }
    }
  }

  /// `t + x · (1 − t²) · σ(x)`, with `t = tanh(softplus(x))`.
  @inline(__always)
  private static func mishSlope<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    blocks(count, Scalar.self) { range, scratch in
      let (x, g, target) = (x + range.lowerBound, g + range.lowerBound, target + range.lowerBound)
      softplus(x, target, range.count)
      Scalar._apply(.tanh, target, target, range.count)
      sigmoid(x, scratch, range.count)
      for i in 0..<range.count {
        let t = target[i]
        target[i] = g[i] * (t + x[i] * (1 - t * t) * scratch[i])
      }
    }
  }
}
