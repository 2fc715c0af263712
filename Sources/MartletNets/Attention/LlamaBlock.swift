import MartletNumerics

/// The block of a Llama: attention with rotated places, then dense layers with a gate (SwiGLU), each after an ``RMSNorm`` and
/// added to its input.
///
///     let block = LlamaBlock(64, heads: 8, keyHeads: 2, hidden: 172, seed: 1)
///     block(x)      // [2, 10, 64], like x; each place depends on those up to it
///
/// Parameters are named as in Hugging Face's files: `self_attn.…`, `mlp.gate_proj.weight`, `input_layernorm.weight` …
///
/// Reference: Touvron et al. (2023), LLaMA: open and efficient foundation language models; Shazeer (2020) for the gate.
public struct LlamaBlock<Scalar: NetScalar>: Layer {
  public var attention: GroupedQueryAttention<Scalar>
  public var gate: Linear<Scalar>
  public var up: Linear<Scalar>
  public var down: Linear<Scalar>
  public var norm1: RMSNorm<Scalar>
  public var norm2: RMSNorm<Scalar>

  /// - Parameters:
  ///   - width: numbers for each place.
  ///   - heads, keyHeads, size, bias, base: those of ``GroupedQueryAttention``.
  ///   - hidden: numbers within the dense layers.
  ///   - epsilon: that of the norms.
  public init(
    _ width: Int, heads: Int, keyHeads: Int? = nil, size: Int? = nil, hidden: Int, bias: Bool = false,
    base: Double = 10_000, epsilon: Double = 1e-6, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    var random = PCG64(seed: seed)
    func linear(_ inputs: Int, _ outputs: Int) -> Linear<Scalar> {
      Linear(
        inputs, outputs, bias: false, initializer: .normal(standardDeviation: 0.02), seed: random.next(),
        precision: precision)
    }
    (gate, up, down) = (linear(width, hidden), linear(width, hidden), linear(hidden, width))
    attention = GroupedQueryAttention(
      width, heads: heads, keyHeads: keyHeads, size: size, bias: bias, base: base, seed: random.next(),
      precision: precision)
    norm1 = RMSNorm(width, epsilon: epsilon, precision: precision)
    norm2 = RMSNorm(width, epsilon: epsilon, precision: precision)
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("self_attn", &attention)
    visitor.within("mlp") {
      visitor.visit("gate_proj", &gate)
      visitor.visit("up_proj", &up)
      visitor.visit("down_proj", &down)
    }
    visitor.visit("input_layernorm", &norm1)
    visitor.visit("post_attention_layernorm", &norm2)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    dense(x + attention(norm1(x, mode: mode), mode: mode))
  }

  /// Places that follow those of a cache.
  func continued(_ x: Variable<Scalar>, _ cache: inout KeyValueCache<Scalar>.Block) -> Variable<Scalar> {
    dense(x + attention.continued(norm1(x), &cache))
  }

  private func dense(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let y = norm2(x)
    return x + down(gate(y).silu() * up(y))
  }
}
