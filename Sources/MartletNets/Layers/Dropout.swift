import MartletNumerics

/// Sets numbers to 0 at random in training, so that a model does not rely on any one of them.
///
/// Those that stay are divided by `1 − probability`, so that sums keep their size, and nothing is to be done when the model
/// is used. Ask a trained model several times with ``Mode/training(seed:)`` to see how sure it is (Monte Carlo dropout).
///
///     let dropout = Dropout(0.5)
///     dropout(x)                                          // x
///     dropout(Variable(x), mode: .training(seed: 1))      // half of it is 0, the rest doubled
///
/// Reference: Srivastava et al. (2014), Dropout: a simple way to prevent neural networks from overfitting.
public struct Dropout<Scalar: NetScalar>: Layer {
  /// How likely a number is set to 0: from 0 to less than 1.
  public var probability: Double

  public init(_ probability: Double = 0.5, precision: Scalar.Type = Float.self) {
    guard probability >= 0, probability < 1 else {
      fatalError("Dropout(\(probability)): the probability is from 0 to less than 1.")
    }
    self.probability = probability
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard probability > 0, let seed = mode.nextSeed() else { return x }
    return x * Variable(Self.mask(x.shape, probability, seed: seed))
  }

  /// 0 or `1 / (1 − probability)` for each place.
  static func mask(_ shape: [Int], _ probability: Double, seed: UInt64) -> Tensor<Scalar> {
    .filled(shape: shape) {
      DropoutKernels.fill($0, shape.reduce(1, *), UInt32(probability * 0x1p32), Scalar(1 / (1 - probability)), seed)
    }
  }
}

private enum DropoutKernels {
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func fill<Scalar: NetScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ count: Int, _ limit: UInt32, _ kept: Scalar, _ seed: UInt64
  ) {
    var random = PCG64(seed: seed)
    // Two decisions for each number of 64 bits.
    for pair in 0..<count / 2 {
      let bits = random.next()
      target[2 &* pair] = UInt32(truncatingIfNeeded: bits) < limit ? 0 : kept
      target[2 &* pair &+ 1] = UInt32(truncatingIfNeeded: bits >> 32) < limit ? 0 : kept
    }
    if count & 1 == 1 { target[count &- 1] = UInt32(truncatingIfNeeded: random.next()) < limit ? 0 : kept }
  }
}
