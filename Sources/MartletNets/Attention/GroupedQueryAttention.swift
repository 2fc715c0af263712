import MartletNumerics

/// Causal attention whose queries share keys and values in groups, and know their places by rotation: that of Llama's blocks.
///
/// With as many key heads as heads it is ordinary attention; with fewer, a cache of keys and values is that much smaller.
///
///     let attention = GroupedQueryAttention(64, heads: 8, keyHeads: 2, seed: 1)
///     attention(x)      // [2, 10, 64], like x; each place depends on those up to it
///
/// Parameters are named as in Hugging Face's files: `q_proj.weight`, `k_proj.weight`, `v_proj.weight`, `o_proj.weight`.
///
/// Reference: Ainslie et al. (2023), GQA: training generalized multi-query transformer models from multi-head checkpoints.
public struct GroupedQueryAttention<Scalar: NetScalar>: Layer {
  public var queries: Linear<Scalar>
  public var keys: Linear<Scalar>
  public var values: Linear<Scalar>
  public var output: Linear<Scalar>
  /// How many heads ask.
  public let heads: Int
  /// How many heads of keys and values there are; a divisor of ``heads``.
  public let keyHeads: Int
  /// How places are told apart.
  public let positions: RotaryPositions

  /// - Parameters:
  ///   - width: numbers for each place.
  ///   - heads: how many heads ask.
  ///   - keyHeads: how many heads of keys and values there are; a divisor of `heads`, and all of them without.
  ///   - size: numbers of each head, even; `width / heads` without.
  ///   - bias: whether numbers are added to queries, keys, values and the output.
  ///   - base: that of ``RotaryPositions``.
  ///   - seed: what the start depends on.
  public init(
    _ width: Int, heads: Int, keyHeads: Int? = nil, size: Int? = nil, bias: Bool = false, base: Double = 10_000,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    let keyHeads = keyHeads ?? heads
    guard width > 0, heads > 0, keyHeads > 0, heads.isMultiple(of: keyHeads),
      size.map({ $0 > 0 }) ?? width.isMultiple(of: heads)
    else {
      fatalError(
        "GroupedQueryAttention(\(width), heads: \(heads), keyHeads: \(keyHeads)): the width is a multiple of the heads, or a size is given, and the heads are a multiple of the key heads."
      )
    }
    let size = size ?? width / heads
    var random = PCG64(seed: seed)
    func linear(_ inputs: Int, _ outputs: Int, bias: Bool) -> Linear<Scalar> {
      Linear(
        inputs, outputs, bias: bias, initializer: .normal(standardDeviation: 0.02), seed: random.next(),
        precision: precision)
    }
    queries = linear(width, heads * size, bias: bias)
    keys = linear(width, keyHeads * size, bias: bias)
    values = linear(width, keyHeads * size, bias: bias)
    output = linear(heads * size, width, bias: bias)
    (self.heads, self.keyHeads, positions) = (heads, keyHeads, RotaryPositions(size, base: base))
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("q_proj", &queries)
    visitor.visit("k_proj", &keys)
    visitor.visit("v_proj", &values)
    visitor.visit("o_proj", &output)
  }

  /// - Returns: `[samples, places, width]` for `[samples, places, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    let (q, k, v) = projected(x, from: 0)
    return joined(q, k, v)
  }

  /// Places that follow those of a cache look at both, each at those up to its own; the cache gets their keys and values.
  func continued(_ x: Variable<Scalar>, _ cache: inout KeyValueCache<Scalar>.Block) -> Variable<Scalar> {
    let (q, k, v) = projected(x, from: cache.length)
    cache.append(keys: k.value, values: v.value)
    return joined(q, Variable(cache.keys), Variable(cache.values))
  }

  /// Queries, keys and values of each head, `[samples, heads, places, size]`, turned by their places.
  private func projected(
    _ x: Variable<Scalar>, from first: Int
  ) -> (Variable<Scalar>, Variable<Scalar>, Variable<Scalar>) {
    guard x.rank == 3, x.shape[2] == queries.weight.shape[1] else {
      fatalError(
        "GroupedQueryAttention needs sequences [samples, places, \(queries.weight.shape[1])]; found shape \(x.shape).")
    }
    func split(_ x: Variable<Scalar>) -> Variable<Scalar> {
      x.reshaped(x.shape[0], x.shape[1], -1, positions.size).transposed(axes: [0, 2, 1, 3])
    }
    return (
      positions.rotated(split(queries(x)), from: first), positions.rotated(split(keys(x)), from: first),
      split(values(x))
    )
  }

  /// What the heads of each group find with the group's keys and values.
  private func joined(_ q: Variable<Scalar>, _ k: Variable<Scalar>, _ v: Variable<Scalar>) -> Variable<Scalar> {
    let (samples, places, size) = (q.shape[0], q.shape[2], positions.size)
    let asked = q.reshaped(samples, keyHeads, heads / keyHeads, places, size)
    let found = scaledDotProductAttention(asked, k.addingAxis(2), v.addingAxis(2), isCausal: true).output
    let rows = found.reshaped(samples, heads, places, size).transposed(axes: [0, 2, 1, 3])
    return output(rows.reshaped(samples, places, heads * size))
  }
}
