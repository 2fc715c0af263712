import CMartletRuntime
import MartletNumerics

/// What a recurrent layer knows of the steps behind it: where the next piece of a long sequence goes on.
public struct RecurrentState<Scalar: NetScalar>: Sendable {
  /// The hidden states, shape `[layers · directions, samples, units]`: each layer forwards, then backwards.
  public var hidden: Variable<Scalar>
  /// The cells of an LSTM, of the same shape; `nil` for others.
  public var cells: Variable<Scalar>?

  /// A state to start from.
  public init(hidden: Variable<Scalar>, cells: Variable<Scalar>? = nil) {
    self.hidden = hidden
    self.cells = cells
  }

  /// The same numbers as constants: gradients go no further back. (Truncated backpropagation through time)
  public func detached() -> RecurrentState {
    RecurrentState(hidden: hidden.detached(), cells: cells?.detached())
  }
}

/// One or more recurrent layers, forwards or both ways: what ``RNN``, ``LSTM`` and ``GRU`` have in common.
struct RecurrentStack<Scalar: NetScalar>: Module {
  /// The weights of one direction of one layer.
  struct Part: Sendable {
    /// What comes after the names: `_l0`, `_l0_reverse`.
    let suffix: String
    /// Shape `[gates · units, inputs]`.
    var input: Parameter<Scalar>
    /// Shape `[gates · units, units]`.
    var hidden: Parameter<Scalar>
    var inputBias: Parameter<Scalar>?
    var hiddenBias: Parameter<Scalar>?
  }

  let rule: RecurrentCell
  let inputs: Int
  let units: Int
  let directions: Int
  var dropout: Dropout<Scalar>
  var parts: [Part]

  init(
    _ name: String, _ rule: RecurrentCell, _ inputs: Int, _ units: Int, layers: Int, bidirectional: Bool, bias: Bool,
    dropout: Double, seed: UInt64
  ) {
    guard inputs > 0, units > 0, layers > 0 else {
      fatalError("\(name)(\(inputs), \(units), layers: \(layers)): all three are at least 1.")
    }
    (self.rule, self.inputs, self.units, self.directions) = (rule, inputs, units, bidirectional ? 2 : 1)
    self.dropout = Dropout(dropout, precision: Scalar.self)
    parts = []
    var random = PCG64(seed: seed)
    let start = Initializer.uniform(limit: 1 / Double(units).squareRoot())
    let rows = rule.gates * units
    func parameter(_ shape: Int...) -> Parameter<Scalar> {
      Parameter(start.tensor(shape, seed: random.next(), precision: Scalar.self))
    }
    for layer in 0..<layers {
      for direction in 0..<directions {
        parts.append(
          Part(
            suffix: "_l\(layer)" + (direction == 1 ? "_reverse" : ""),
            input: parameter(rows, layer == 0 ? inputs : directions * units), hidden: parameter(rows, units),
            inputBias: bias ? parameter(rows) : nil, hiddenBias: bias ? parameter(rows) : nil))
      }
    }
  }

  /// Shows the parameters under PyTorch's names: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`.
  mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    for place in parts.indices {
      let suffix = parts[place].suffix
      visitor.visit("weight_ih" + suffix, &parts[place].input)
      visitor.visit("weight_hh" + suffix, &parts[place].hidden)
      for (name, path) in [("bias_ih", \Part.inputBias), ("bias_hh", \Part.hiddenBias)] {
        guard var bias = parts[place][keyPath: path] else { continue }
        visitor.visit(name + suffix, &bias)
        parts[place][keyPath: path] = bias
      }
    }
  }

  /// - Parameters:
  ///   - x: shape `[samples, steps, inputs]`.
  ///   - lengths: how many steps of each sample count; all without.
  /// - Returns: the last layer's states, shape `[samples, steps, directions · units]`, and where each part has ended.
  func run(
    _ x: Variable<Scalar>, lengths: [Int]?, from start: RecurrentState<Scalar>?, _ mode: Mode, _ name: String
  ) -> (outputs: Variable<Scalar>, state: RecurrentState<Scalar>) {
    guard x.rank == 3, x.shape[2] == inputs, x.count > 0 else {
      fatalError(
        "\(name) needs sequences [samples, steps, \(inputs)] with a sample and a step at least; found shape \(x.shape)."
      )
    }
    let (samples, steps) = (x.shape[0], x.shape[1])
    check(start, samples, name)
    check(lengths, samples, steps, name)
    let scan = RecurrentScan<Scalar>(rule: rule, steps: steps, samples: samples, units: units, lengths: lengths)
    let ends = lengths.map { SequenceEnds($0, steps: steps) }
    let backwards = Tensor(Array((0..<steps).reversed()))
    func reversed(_ x: Variable<Scalar>) -> Variable<Scalar> { ends?.reversed(x) ?? x.gathered(backwards) }
    let nothing = Variable(Tensor<Scalar>.zeros(samples, units))
    // Steps come first, so that each is one block of memory.
    var sequence = x.transposed(axes: [1, 0, 2])
    var last: (hidden: [Variable<Scalar>], cells: [Variable<Scalar>]) = ([], [])
    for layer in 0..<parts.count / directions {
      martlet_poll()
      if layer > 0 { sequence = dropout(sequence, mode: mode) }
      var outputs: [Variable<Scalar>] = []
      for direction in 0..<directions {
        let place = layer * directions + direction
        let part = parts[place]
        let input = direction == 1 ? reversed(sequence) : sequence
        let cell = rule == .lstm ? start?.cells?.part(place, axis: 0) ?? nothing : nil
        let found = scan(
          input.linear(part.input.variable, part.inputBias?.variable), part.hidden.variable,
          part.hiddenBias?.variable, start?.hidden.part(place, axis: 0) ?? nothing, cell)
        last.hidden.append(found.lastState)
        if let cell = found.lastCell { last.cells.append(cell) }
        let states = ends?.cleared(found.states) ?? found.states
        outputs.append(direction == 1 ? reversed(states) : states)
      }
      sequence = outputs.count == 1 ? outputs[0] : .concatenated(outputs, axis: 2)
    }
    let state = RecurrentState(
      hidden: .stacked(last.hidden), cells: last.cells.isEmpty ? nil : .stacked(last.cells))
    return (sequence.transposed(axes: [1, 0, 2]), state)
  }

  private func check(_ lengths: [Int]?, _ samples: Int, _ steps: Int, _ name: String) {
    guard let lengths else { return }
    guard lengths.count == samples, lengths.allSatisfy({ 1...steps ~= $0 }) else {
      fatalError("\(name) needs a length from 1 to \(steps) for each of \(samples) samples; found \(lengths).")
    }
  }

  private func check(_ state: RecurrentState<Scalar>?, _ samples: Int, _ name: String) {
    guard let state else { return }
    let shape = [parts.count, samples, units]
    guard state.hidden.shape == shape, state.cells.map({ $0.shape == shape }) ?? true else {
      fatalError(
        "\(name) starts from states of shape \(shape); found \(state.hidden.shape)\(state.cells.map { " and cells \($0.shape)" } ?? "")."
      )
    }
  }
}
