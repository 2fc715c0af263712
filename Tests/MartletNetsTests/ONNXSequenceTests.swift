import MartletNets
import MartletNumerics
import Testing

/// The ONNX project's cases of attention and recurrent layers. Its GRU multiplies before its product unless told not to, which
/// no case does; PyTorch's, and ours, after it.
@Suite struct ONNXSequenceTests {
  struct Case: Decodable {
    let node: ONNXLayerCase
    /// Which of the operator's outputs are there.
    let outputPlaces: [Int]

    enum Key: CodingKey { case outputPlaces }
    init(from decoder: any Decoder) throws {
      node = try ONNXLayerCase(from: decoder)
      outputPlaces = try decoder.container(keyedBy: Key.self).decode([Int].self, forKey: .outputPlaces)
    }
  }
  struct Reference: Decodable { let cases: [Case] }

  @Test func sequencesAgreeWithTheONNXCases() throws {
    let reference: Reference = try ReferenceFile.read("sequenceNodes")
    var passed: [String: Int] = [:]
    var unsupported: [String] = []
    for subject in reference.cases {
      do {
        let found = try subject.node.operator == "Attention" ? attention(subject.node) : recurrent(subject.node)
        for (place, wanted) in zip(subject.outputPlaces, subject.node.outputs) {
          let output = found[place]
          #expect(
            output.shape == wanted.shape && agree(output.scalars, wanted.tensor.scalars, within: 1e-5),
            "\(subject.node.name): output \(place)")
        }
        passed[subject.node.operator, default: 0] += 1
      } catch let problem as ONNXLayerCase.Unsupported {
        unsupported.append("\(subject.node.name) (\(problem.reason))")
      }
    }
    print("sequences: \(passed.sorted { $0.key < $1.key }); not to be expressed: \(unsupported)")
    #expect(passed == ["Attention": 17, "LSTM": 5, "RNN": 6], "\(passed)")
  }

  private func attention(_ node: ONNXLayerCase) throws -> [Matrix] {
    guard node.inputs.count < 4 || node.integer("boolMask", 0) == 1 else {
      throw ONNXLayerCase.Unsupported(reason: "a mask that is added, or a number of keys")
    }
    func heads(_ place: Int) throws -> Matrix {
      let x = try node.input(place)
      guard x.rank == 3 else { return x }
      let count = node.integer(place == 0 ? "q_num_heads" : "kv_num_heads", 1)
      return x.reshaped(x.shape[0], x.shape[1], count, -1).transposed(axes: [0, 2, 1, 3])
    }
    var (q, k, v) = (try heads(0), try heads(1), try heads(2))
    guard q.shape[1] == k.shape[1] else { throw ONNXLayerCase.Unsupported(reason: "shared heads") }
    let (queries, keys, width) = (q.shape[2], k.shape[2], Double(q.shape[3]))
    // ONNX's scale instead of 1/√width.
    q *= node.number("scale", 1 / width.squareRoot()) * width.squareRoot()
    var hidden = node.inputs.count == 4 ? try node.input(3) .== 0 : nil
    if node.integer("is_causal", 0) == 1 {
      // With more keys than queries ONNX's queries are the first ones.
      let later = Tensor((0..<queries * keys).map { $0 % keys > $0 / keys }, shape: [queries, keys])
      hidden = hidden.map { $0 | later } ?? later
    }
    let output = scaledDotProductAttention(Variable(q), Variable(k), Variable(v), hidden: hidden).output.value
    guard try node.input(0).rank == 3 else { return [output] }
    return [output.transposed(axes: [0, 2, 1, 3]).reshaped(output.shape[0], queries, -1)]
  }

  private func recurrent(_ node: ONNXLayerCase) throws -> [Matrix] {
    guard !node.isThere(7) else { throw ONNXLayerCase.Unsupported(reason: "peepholes") }
    let (weight, hidden) = (try node.input(1), try node.input(2))
    let (directions, units) = (weight.shape[0], hidden.shape[2])
    let isReversed = node.attributes["direction"]?.text == "reverse"
    let batchFirst = node.integer("layout", 0) == 1
    var x = try node.input(0)
    if !batchFirst { x = x.transposed(axes: [1, 0, 2]) }
    let isLong = node.operator == "LSTM"
    // PyTorch's gates i, f, g, o in ONNX's order i, o, f, g.
    let order = isLong ? [0, 2, 3, 1] : [0]
    func gates(_ rows: Matrix) -> Matrix {
      .concatenated(order.map { rows[$0 * units..<($0 + 1) * units] })
    }
    func fill(_ layer: inout some Module<Double>) throws {
      for (direction, suffix) in ["_l0", "_l0_reverse"].prefix(directions).enumerated() {
        layer["weight_ih" + suffix] = gates(weight.row(direction))
        layer["weight_hh" + suffix] = gates(hidden.row(direction))
        let biases = node.isThere(3) ? try node.input(3).row(direction) : .zeros(2 * order.count * units)
        layer["bias_ih" + suffix] = gates(biases[0..<order.count * units])
        layer["bias_hh" + suffix] = gates(biases[order.count * units..<2 * order.count * units])
      }
    }
    // One way, from the end: the reversed sequence.
    let steps = Array((0..<x.shape[1]).reversed())
    if isReversed { x = x.transposed(axes: [1, 0, 2])[rows: steps].transposed(axes: [1, 0, 2]) }
    let result: (outputs: Variable<Double>, state: RecurrentState<Double>)
    if isLong {
      var layer = LSTM(x.shape[2], units, bidirectional: directions == 2, precision: Double.self)
      try fill(&layer)
      result = layer.run(Variable(x))
    } else {
      var layer = RNN(x.shape[2], units, bidirectional: directions == 2, precision: Double.self)
      try fill(&layer)
      result = layer.run(Variable(x))
    }
    var outputs = result.outputs.value.transposed(axes: [1, 0, 2])
    if isReversed { outputs = outputs[rows: steps] }
    // ONNX: [steps, directions, samples, units], or the samples first.
    outputs = outputs.reshaped(outputs.shape[0], outputs.shape[1], directions, units)
    let states = [result.state.hidden, result.state.cells].compactMap { $0?.value }
    return batchFirst
      ? [outputs.transposed(axes: [1, 0, 2, 3])] + states.map { $0.transposed(axes: [1, 0, 2]) }
      : [outputs.transposed(axes: [0, 2, 1, 3])] + states
  }
}
