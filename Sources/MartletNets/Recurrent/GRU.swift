import MartletNumerics

/// Gated recurrent units: a recurrent layer that mixes its state with a new one, by a share that it computes for each unit.
///
/// `r, z = σ(x · W_ihᵀ + b_ih + h₋ · W_hhᵀ + b_hh)`, `n = tanh(x · W_inᵀ + b_in + r · (h₋ · W_hnᵀ + b_hn))`, then
/// `h = (1 − z) · n + z · h₋`.
///
///     let layer = GRU(8, 16, bidirectional: true, seed: 1)
///     layer(Tensor<Float>.zeros(4, 10, 8)).shape      // [4, 10, 32]: forwards, then backwards
///
/// With three sums for each unit it is quicker than ``LSTM``, and often as good. Parameters have PyTorch's names, shapes and
/// order of gates (`r, z, n`): `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, with `_reverse` for the way back.
///
/// Reference: Cho et al. (2014), Learning phrase representations using RNN encoder–decoder for statistical machine
/// translation.
public struct GRU<Scalar: NetScalar>: Layer {
  private var stack: RecurrentStack<Scalar>

  /// A layer whose parameters start evenly spread within `±1/√units`.
  ///
  /// - Parameters:
  ///   - inputs: numbers for each step; at least 1.
  ///   - units: numbers of the state; at least 1. (PyTorch: `hidden_size`)
  ///   - layers: how many lie on top of each other; each gets the states of the one below.
  ///   - bidirectional: whether the sequence is read from its end too. Outputs have twice as many numbers then.
  ///   - bias: whether numbers are added to the sums.
  ///   - dropout: how likely numbers between layers are set to 0 in training: from 0 to less than 1.
  ///   - seed: what the start depends on.
  ///   - precision: `Float.self`, or `Double.self` for checks of gradients.
  public init(
    _ inputs: Int, _ units: Int, layers: Int = 1, bidirectional: Bool = false, bias: Bool = true,
    dropout: Double = 0, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    stack = RecurrentStack(
      "GRU", .gru, inputs, units, layers: layers, bidirectional: bidirectional, bias: bias, dropout: dropout,
      seed: seed)
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) { stack.visitParameters(visitor) }

  /// - Returns: the last layer's state after each step, `[samples, steps, units]` for `[samples, steps, inputs]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { run(x, mode: mode).outputs }

  /// Reads sequences on from a state.
  ///
  ///     let (outputs, state) = layer.run(first)
  ///     let more = layer.run(second, from: state.detached()).outputs
  /// - Parameters:
  ///   - x: shape `[samples, steps, inputs]`.
  ///   - lengths: how many steps of each sample count, from 1 up; all of them without. What comes behind a sample's last step
  ///     is not looked at, gives outputs of 0 and leaves its state alone. (PyTorch: `pack_padded_sequence`)
  ///   - state: where to start; zeros without.
  /// - Returns: the last layer's state after each step, and the hidden states of every layer and direction after
  ///   its last step: `state.hidden.part(-1, axis: 0)` sums up a sequence in `[samples, units]`.
  /// - Complexity: one entry on the tape for each layer and direction, however many steps; memory of the steps' states and
  ///   gates.
  public func run(
    _ x: Variable<Scalar>, lengths: [Int]? = nil, from state: RecurrentState<Scalar>? = nil, mode: Mode = .inference
  ) -> (outputs: Variable<Scalar>, state: RecurrentState<Scalar>) {
    stack.run(x, lengths: lengths, from: state, mode, "GRU")
  }
}
