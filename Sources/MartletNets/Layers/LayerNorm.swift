import MartletNumerics

/// Moves the numbers of each sample's last axes to mean 0 and variance 1, then scales and shifts each place by what is
/// learned: `y = (x − mean) / √(variance + epsilon) · weight + bias`.
///
///     LayerNorm(128)(Tensor<Float>.ones(2, 10, 128)).shape      // [2, 10, 128]
///
/// It looks at one sample at a time, so it does the same in training and in use.
///
/// Reference: Ba, Kiros and Hinton (2016), Layer normalization.
public struct LayerNorm<Scalar: NetScalar>: Layer {
  /// The lengths of the last axes.
  public let lengths: [Int]
  /// The factors, of shape ``lengths``.
  public var weight: Parameter<Scalar>?
  /// The summands, of shape ``lengths``.
  public var bias: Parameter<Scalar>?
  /// What is added to the variance, so that it is not 0.
  public var epsilon: Double

  /// - Parameters:
  ///   - lengths: the lengths of the last axes, mostly one.
  ///   - epsilon: what is added to the variance.
  ///   - affine: whether factors and summands are learned. (PyTorch: `elementwise_affine`)
  ///   - bias: whether there are summands among them.
  public init(
    _ lengths: Int..., epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true,
    precision: Scalar.Type = Float.self
  ) { self.init(lengths: lengths, epsilon: epsilon, affine: affine, bias: bias, precision: precision) }

  /// The same, with the lengths as a list.
  public init(
    lengths: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true, precision: Scalar.Type = Float.self
  ) {
    guard !lengths.isEmpty, lengths.allSatisfy({ $0 > 0 }) else {
      fatalError("LayerNorm needs the lengths of the last axes, at least 1 each; found \(lengths).")
    }
    self.lengths = lengths
    self.epsilon = epsilon
    weight = affine ? Parameter(.ones(shape: lengths)) : nil
    self.bias = affine && bias ? Parameter(.zeros(shape: lengths)) : nil
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard Array(x.shape.suffix(lengths.count)) == lengths else {
      fatalError("LayerNorm over \(lengths) needs these as the last lengths; found shape \(x.shape).")
    }
    return x.normalizedRows(
      lengths.reduce(1, *), weight?.variable, bias?.variable, epsilon: epsilon, isCentred: true)
  }
}

/// Scales the numbers of each sample's last axis to a mean square of 1: `y = x / √(mean(x²) + epsilon) · weight`.
///
/// Reference: Zhang and Sennrich (2019), Root mean square layer normalization.
public struct RMSNorm<Scalar: NetScalar>: Layer {
  /// The factors, one for each place of the last axis.
  public var weight: Parameter<Scalar>
  /// What is added to the mean square, so that it is not 0.
  public var epsilon: Double

  /// - Parameter width: the length of the last axis.
  public init(_ width: Int, epsilon: Double = 1e-6, precision: Scalar.Type = Float.self) {
    guard width > 0 else { fatalError("RMSNorm(\(width)): the width is at least 1.") }
    weight = Parameter(.ones(width))
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard x.shape.last == weight.count else {
      fatalError("RMSNorm(\(weight.count)) needs that last length; found shape \(x.shape).")
    }
    return x.normalizedRows(weight.count, weight.variable, nil, epsilon: epsilon, isCentred: false)
  }
}
