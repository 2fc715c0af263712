import MartletNumerics

/// Weighted sums of the inputs, one for each output: `y = x · weightᵀ + bias`.
///
///     let layer = Linear(784, 10, seed: 1)
///     layer(Tensor<Float>.zeros(32, 784)).shape      // [32, 10]
public struct Linear<Scalar: NetScalar>: Layer {
  /// Shape `[outputs, inputs]`.
  public var weight: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>?

  /// A layer with random weights.
  ///
  /// - Parameters:
  ///   - inputs: numbers for each sample, on the last axis; at least 1.
  ///   - outputs: sums for each sample; at least 1.
  ///   - bias: whether a number is added to each sum.
  ///   - initializer: the start of the weights; biases start evenly spread within `±1/√inputs` with `fanInUniform` and at 0
  ///     with others.
  ///   - seed: what the start depends on.
  ///   - precision: `Float.self`, or `Double.self` for checks of gradients.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, initializer: Initializer = .fanInUniform,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard inputs > 0, outputs > 0 else { fatalError("Linear(\(inputs), \(outputs)): both numbers are at least 1.") }
    weight = Parameter(initializer.tensor([outputs, inputs], seed: seed, precision: precision))
    let start = initializer == .fanInUniform ? Initializer.uniform(limit: 1 / Double(inputs).squareRoot()) : .zeros
    self.bias = bias ? Parameter(start.tensor([outputs], seed: seed &+ 1, precision: precision)) : nil
  }

  /// A layer with given weights, of shape `[outputs, inputs]`, and biases, of shape `[outputs]`.
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>? = nil) {
    guard weight.rank == 2, bias.map({ $0.shape == [weight.shape[0]] }) ?? true else {
      fatalError(
        "Linear needs weights [outputs, inputs] and biases [outputs]; found \(weight.shape), \(bias?.shape ?? []).")
    }
    self.weight = Parameter(weight)
    self.bias = bias.map { Parameter($0) }
  }

  /// - Returns: `[…, outputs]` for `[…, inputs]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    x.linear(weight.variable, bias?.variable)
  }
}
