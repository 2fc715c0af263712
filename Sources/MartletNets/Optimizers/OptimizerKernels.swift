import MartletNumerics

/// The loops of optimizers over a parameter, its gradient, and up to two tensors that they remember. Each piece of work
/// touches its own numbers, and no loop polls.
enum OptimizerKernels {
  typealias Pointer<Scalar> = UnsafeMutablePointer<Scalar>

  /// Calls `body` with ranges of the parameter, on all cores.
  static func forEachRange<Scalar: NetScalar>(
    _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>,
    _ body: (_ range: Range<Int>, _ parameter: Pointer<Scalar>, _ gradient: UnsafePointer<Scalar>) -> Void
  ) {
    let count = parameter.count
    let length = Kernels.pieceLength
    parameter.withMutableElements { parameter in
      gradient.withElements { gradient in
        Kernels.forEachPiece((count + length - 1) / length) {
          body($0 * length..<min(($0 + 1) * length, count), parameter, gradient)
        }
      }
    }
  }

  /// `v = momentum · v + (1 − dampening) · g; p = p − rate · (nesterov ? g + momentum · v : v)`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func momentum<Scalar: NetScalar>(
    _ range: Range<Int>, _ p: Pointer<Scalar>, _ g: UnsafePointer<Scalar>, _ v: Pointer<Scalar>,
    _ settings: StepSettings, momentum: Double, fresh: Double, nesterov: Bool
  ) {
    let (rate, decay, shrinkage) = (
      Scalar(settings.learningRate), Scalar(settings.coupledDecay), Scalar(settings.shrinkage)
    )
    let (momentum, fresh) = (Scalar(momentum), Scalar(fresh))
    for i in range {
      let slope = g[i] + decay * p[i]
      let speed = momentum * v[i] + fresh * slope
      v[i] = speed
      p[i] = shrinkage * p[i] - rate * (nesterov ? slope + momentum * speed : speed)
    }
  }

  /// `p = p − rate · g`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func descent<Scalar: NetScalar>(
    _ range: Range<Int>, _ p: Pointer<Scalar>, _ g: UnsafePointer<Scalar>, _ settings: StepSettings
  ) {
    let (rate, decay, shrinkage) = (
      Scalar(settings.learningRate), Scalar(settings.coupledDecay), Scalar(settings.shrinkage)
    )
    for i in range { p[i] = shrinkage * p[i] - rate * (g[i] + decay * p[i]) }
  }

  /// `m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; p = p − rate · (m/c₁) / (√(v/c₂) + ε)`, with `c` for the short history.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func adam<Scalar: NetScalar>(
    _ range: Range<Int>, _ p: Pointer<Scalar>, _ g: UnsafePointer<Scalar>, _ m: Pointer<Scalar>, _ v: Pointer<Scalar>,
    _ settings: StepSettings, _ betas: (Double, Double), epsilon: Double, step: Int
  ) {
    let (decay, shrinkage) = (Scalar(settings.coupledDecay), Scalar(settings.shrinkage))
    let (first, second) = (Scalar(betas.0), Scalar(betas.1))
    let (firstRest, secondRest) = (Scalar(1 - betas.0), Scalar(1 - betas.1))
    let rate = Scalar(settings.learningRate / (1 - power(betas.0, step)))
    let root = Scalar(1 / (1 - power(betas.1, step)).squareRoot())
    let epsilon = Scalar(epsilon)
    for i in range {
      let slope = g[i] + decay * p[i]
      let mean = first * m[i] + firstRest * slope
      let square = second * v[i] + secondRest * slope * slope
      m[i] = mean
      v[i] = square
      p[i] = shrinkage * p[i] - rate * mean / (square.squareRoot() * root + epsilon)
    }
  }

  /// `s = α·s + (1 − α)g²; b = momentum·b + g / (√s + ε); p = p − rate · b`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func rootMeanSquare<Scalar: NetScalar>(
    _ range: Range<Int>, _ p: Pointer<Scalar>, _ g: UnsafePointer<Scalar>, _ s: Pointer<Scalar>, _ b: Pointer<Scalar>,
    _ settings: StepSettings, kept: Double, momentum: Double, epsilon: Double
  ) {
    let (rate, decay, shrinkage) = (
      Scalar(settings.learningRate), Scalar(settings.coupledDecay), Scalar(settings.shrinkage)
    )
    let (kept, rest, momentum, epsilon) = (Scalar(kept), Scalar(1 - kept), Scalar(momentum), Scalar(epsilon))
    for i in range {
      let slope = g[i] + decay * p[i]
      let square = kept * s[i] + rest * slope * slope
      let speed = momentum * b[i] + slope / (square.squareRoot() + epsilon)
      s[i] = square
      b[i] = speed
      p[i] = shrinkage * p[i] - rate * speed
    }
  }

  /// `s = s + g²; p = p − rate · g / (√s + ε)`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func adagrad<Scalar: NetScalar>(
    _ range: Range<Int>, _ p: Pointer<Scalar>, _ g: UnsafePointer<Scalar>, _ s: Pointer<Scalar>,
    _ settings: StepSettings, epsilon: Double
  ) {
    let (rate, decay, shrinkage) = (
      Scalar(settings.learningRate), Scalar(settings.coupledDecay), Scalar(settings.shrinkage)
    )
    let epsilon = Scalar(epsilon)
    for i in range {
      let slope = g[i] + decay * p[i]
      s[i] += slope * slope
      p[i] = shrinkage * p[i] - rate * slope / (s[i].squareRoot() + epsilon)
    }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }
}
