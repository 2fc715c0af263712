import MartletNumerics

/// Attention with several heads, each with queries, keys and values of its own.
///
/// Queries, keys and values are weighted sums of the inputs, cut into `heads` pieces along the last axis; what
/// ``scaledDotProductAttention(_:_:_:hidden:isCausal:dropout:mode:)`` makes of each piece is put together and goes through a
/// last layer.
///
///     let attention = MultiHeadAttention(64, heads: 8, seed: 1)
///     attention(x).shape                                         // [2, 10, 64]: each place looks at all of them
///     attention(x, isCausal: true).output                        // and here only at those before it
///     attention(x, keys: encoded, padding: isPadding).weights    // [2, 8, 10, 12], for a picture
///
/// Parameters have PyTorch's names and shapes: `in_proj_weight`, `in_proj_bias`, `out_proj.weight`, `out_proj.bias`.
///
/// Reference: Vaswani et al. (2017), Attention is all you need.
public struct MultiHeadAttention<Scalar: NetScalar>: Layer {
  /// The weights of queries, keys and values, one below the other: shape `[3 · width, width]`.
  public var inputWeight: Parameter<Scalar>
  /// Shape `[3 · width]`.
  public var inputBias: Parameter<Scalar>?
  /// What the heads' results go through.
  public var output: Linear<Scalar>
  /// How many heads there are.
  public let heads: Int
  /// What is applied to the weights in training.
  public var dropout: Dropout<Scalar>

  /// - Parameters:
  ///   - width: numbers for each place of a sequence; a multiple of `heads`. (PyTorch: `embed_dim`)
  ///   - heads: at least 1.
  ///   - bias: whether numbers are added to the sums.
  ///   - dropout: how likely a weight is set to 0 in training.
  ///   - seed: what the start depends on: Glorot's for queries, keys and values.
  public init(
    _ width: Int, heads: Int, bias: Bool = true, dropout: Double = 0, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    guard heads > 0, width > 0, width.isMultiple(of: heads) else {
      fatalError(
        "MultiHeadAttention(\(width), heads: \(heads)): the width is a multiple of the heads, and both are above 0.")
    }
    self.heads = heads
    self.dropout = Dropout(dropout, precision: precision)
    inputWeight = Parameter(Initializer.xavierUniform().tensor([3 * width, width], seed: seed, precision: precision))
    inputBias = bias ? Parameter(.zeros(3 * width)) : nil
    output = Linear(width, width, bias: bias, seed: seed &+ 1, precision: precision)
    output.bias = bias ? Parameter(.zeros(width)) : nil
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("in_proj_weight", &inputWeight)
    if var bias = inputBias {
      visitor.visit("in_proj_bias", &bias)
      inputBias = bias
    }
    visitor.visit("out_proj", &output)
  }

  /// Every place of a sequence looks at all of them.
  /// - Returns: `[samples, places, width]` for `[samples, places, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    self(x, isCausal: false, mode: mode).output
  }

  /// - Parameters:
  ///   - x: what asks, shape `[samples, queries, width]`.
  ///   - keys: what is looked at, shape `[samples, keys, width]`; `nil` for `x` itself.
  ///   - values: what is taken where a key fits, of the same shape; `nil` for the keys.
  ///   - isCausal: whether a place sees only those up to its own.
  ///   - padding: true for keys that fill a sequence up and must not be seen, shape `[samples, keys]`.
  ///   - hidden: true where a query must not see a key; a shape that broadcasts to `[samples, heads, queries, keys]`.
  ///   - mode: whether dropout drops.
  /// - Returns: shape `[samples, queries, width]`, and the heads' weights, `[samples, heads, queries, keys]`.
  public func callAsFunction(
    _ x: Variable<Scalar>, keys: Variable<Scalar>? = nil, values: Variable<Scalar>? = nil, isCausal: Bool,
    padding: Tensor<Bool>? = nil, hidden: Tensor<Bool>? = nil, mode: Mode = .inference
  ) -> (output: Variable<Scalar>, weights: Variable<Scalar>) {
    let source = keys ?? x
    let width = output.weight.shape[0]
    for part in [x, source, values ?? source] where part.rank != 3 || part.shape[2] != width {
      fatalError("MultiHeadAttention needs sequences [samples, places, \(width)]; found shape \(part.shape).")
    }
    if let padding, padding.shape != [source.shape[0], source.shape[1]] {
      fatalError(
        "The padding says for each of \([source.shape[0], source.shape[1]]) keys whether it is one; found shape \(padding.shape)."
      )
    }
    let (q, k, v) = projected(x, source, values ?? source)
    let filler = padding.map { $0.reshaped($0.shape[0], 1, 1, $0.shape[1]) }
    let (found, weights) = scaledDotProductAttention(
      q, k, v, hidden: AttentionMask.joined(filler, hidden), isCausal: isCausal, dropout: dropout, mode: mode)
    let joined = found.transposed(axes: [0, 2, 1, 3]).reshaped(x.shape[0], x.shape[1], width)
    return (output(joined, mode: mode), weights)
  }

  /// Places that follow those of a cache look at both, each at those up to its own; the cache gets their keys and values.
  func continued(_ x: Variable<Scalar>, _ cache: inout KeyValueCache<Scalar>.Block) -> Variable<Scalar> {
    let (q, k, v) = projected(x, x, x)
    cache.append(keys: k.value, values: v.value)
    let found = scaledDotProductAttention(q, Variable(cache.keys), Variable(cache.values), isCausal: true).output
    return output(found.transposed(axes: [0, 2, 1, 3]).reshaped(x.shape[0], x.shape[1], output.weight.shape[0]))
  }

  /// Queries, keys and values of each head: shape `[samples, heads, places, width / heads]`.
  private func projected(
    _ x: Variable<Scalar>, _ keys: Variable<Scalar>, _ values: Variable<Scalar>
  ) -> (Variable<Scalar>, Variable<Scalar>, Variable<Scalar>) {
    let width = output.weight.shape[0]
    let (weight, bias) = (inputWeight.variable, inputBias?.variable)
    let inputs = [x, keys, values]
    let parts = inputs.indices.map { place in
      let rows = place * width..<(place + 1) * width
      return split(inputs[place].linear(weight.slice(axis: 0, rows), bias?.slice(axis: 0, rows)))
    }
    return (parts[0], parts[1], parts[2])
  }

  private func split(_ x: Variable<Scalar>) -> Variable<Scalar> {
    x.reshaped(x.shape[0], x.shape[1], heads, -1).transposed(axes: [0, 2, 1, 3])
  }
}
