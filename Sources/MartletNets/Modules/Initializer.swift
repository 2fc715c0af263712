import MartletNumerics

/// What weights are before anything is learned.
///
/// Weights have shape `[outputs, inputs, kernel…]`. Their fan-in is how many numbers an output is a sum of, `inputs ·
/// kernel`, and their fan-out `outputs · kernel`. A good start keeps the variance of what goes through many layers.
///
///     Initializer.heNormal().tensor([256, 784], seed: 1, precision: Float.self)
public enum Initializer: Sendable, Hashable {
  /// All 0, as biases are.
  case zeros
  /// All 1, as the factors of normalisation are.
  case ones
  /// All the same.
  case constant(Double)
  /// Evenly spread between `-limit` and `limit`.
  case uniform(limit: Double)
  /// Normal around 0.
  case normal(standardDeviation: Double)
  /// Evenly spread within `±1/√fanIn`: PyTorch's start for dense and convolution layers.
  case fanInUniform
  /// Evenly spread with variance `gain² · 2/(fanIn + fanOut)`, for tanh and sigmoid. (Glorot and Bengio, 2010)
  case xavierUniform(gain: Double = 1)
  /// Normal with variance `gain² · 2/(fanIn + fanOut)`.
  case xavierNormal(gain: Double = 1)
  /// Evenly spread with variance `2/fanIn`, for ReLU. (He et al., 2015)
  case heUniform
  /// Normal with variance `2/fanIn`.
  case heNormal
  /// Rows (or columns, where there are fewer) of length `gain` at right angles to each other. (Saxe et al., 2014)
  case orthogonal(gain: Double = 1)

  /// A tensor of such numbers.
  ///
  /// - Parameters:
  ///   - shape: `[outputs, inputs, kernel…]`.
  ///   - seed: what the random numbers depend on.
  ///   - precision: `Float.self` or `Double.self`; both get the same numbers, but for rounding.
  public func tensor<Scalar: NetScalar>(
    _ shape: [Int], seed: UInt64, precision: Scalar.Type = Float.self
  ) -> Tensor<Scalar> {
    var random = PCG64(seed: seed)
    let (fanIn, fanOut) = Self.fans(shape)
    func uniform(_ limit: Double) -> Tensor<Scalar> {
      Tensor((0..<shape.reduce(1, *)).map { _ in Scalar(random.uniform(from: -limit, to: limit)) }, shape: shape)
    }
    func normal(_ deviation: Double) -> Tensor<Scalar> {
      Tensor(random.normals(shape.reduce(1, *), standardDeviation: deviation).map { Scalar($0) }, shape: shape)
    }
    switch self {
    case .zeros: return .zeros(shape: shape)
    case .ones: return .ones(shape: shape)
    case .constant(let number): return .full(Scalar(number), shape: shape)
    case .uniform(let limit): return uniform(limit)
    case .normal(let deviation): return normal(deviation)
    case .fanInUniform: return uniform(1 / fanIn.squareRoot())
    case .xavierUniform(let gain): return uniform(gain * (6 / (fanIn + fanOut)).squareRoot())
    case .xavierNormal(let gain): return normal(gain * (2 / (fanIn + fanOut)).squareRoot())
    case .heUniform: return uniform((6 / fanIn).squareRoot())
    case .heNormal: return normal((2 / fanIn).squareRoot())
    case .orthogonal(let gain):
      let scalars = Self.orthogonal(shape, &random).map { Scalar(gain * $0) }
      return Tensor(scalars, shape: shape)
    }
  }

  static func fans(_ shape: [Int]) -> (fanIn: Double, fanOut: Double) {
    let kernel = shape.dropFirst(2).reduce(1, *)
    let outputs = shape.first ?? 1
    return (Double(max(1, (shape.count > 1 ? shape[1] : outputs) * kernel)), Double(max(1, outputs * kernel)))
  }

  /// The orthonormal factor of a normal matrix, whose signs are made unique so that all rotations are equally likely.
  private static func orthogonal(_ shape: [Int], _ random: inout PCG64) -> [Double] {
    let rows = shape.first ?? 1
    let columns = shape.dropFirst().reduce(1, *)
    guard rows > 0, columns > 0 else { return [] }
    // Gram and Schmidt, twice over, along the shorter side.
    let (short, long) = (min(rows, columns), max(rows, columns))
    var basis: [Matrix] = []
    while basis.count < short {
      var vector = Matrix(random.normals(long))
      for _ in 0..<2 { for other in basis { vector -= other * vector.dot(other) } }
      let length = vector.dot(vector).squareRoot()
      if length > 1e-8 { basis.append(vector / length) }
    }
    let matrix = Matrix.stacked(basis)
    return (rows <= columns ? matrix : matrix.transposed()).scalars
  }
}
