import MartletNets
import MartletNumerics
import Testing

/// Recurrent layers, attention and encoder layers against PyTorch's, with the same parameters: outputs and gradients.
@Suite struct SequenceReferenceTests {
  struct Case: Decodable {
    let name: String
    let kind: String
    let settings: [String: Double]
    let parameters, gradients: [String: ONNXLayerCase.Stored]
    let inputs, outputs, inputGradients: [ONNXLayerCase.Stored]
    let lengths: [Int]?

    func flag(_ name: String) -> Bool { settings[name] == 1 }
  }
  struct Reference: Decodable { let cases: [Case] }

  typealias V = Variable<Double>

  @Test func layersAgreeWithPyTorch() throws {
    let reference: Reference = try ReferenceFile.read("sequences")
    for subject in reference.cases {
      switch subject.kind {
      case "RNN", "LSTM", "GRU": recurrent(subject)
      case "MultiHeadAttention": attention(subject)
      case "TransformerEncoderLayer": encoder(subject)
      case "TransformerEncoder": encoders(subject)
      case "TransformerDecoderLayer", "TransformerDecoder": decoder(subject)
      default: Issue.record("no layer for \(subject.kind)")
      }
    }
    #expect(reference.cases.count == 29)
  }

  private func recurrent(_ subject: Case) {
    let (layers, both, bias) = (
      Int(subject.settings["layers"] ?? 1), subject.flag("bidirectional"), subject.flag("bias")
    )
    func start(_ x: [V]) -> RecurrentState<Double>? {
      x.count == 1 ? nil : RecurrentState(hidden: x[1], cells: x.count == 3 ? x[2] : nil)
    }
    func outputs(_ result: (outputs: V, state: RecurrentState<Double>)) -> [V] {
      [result.outputs, result.state.hidden] + (result.state.cells.map { [$0] } ?? [])
    }
    switch subject.kind {
    case "RNN":
      let layer = RNN(
        3, 4, rectifies: subject.flag("rectifies"), layers: layers, bidirectional: both, bias: bias,
        precision: Double.self)
      check(subject, layer) { outputs($0.run($1[0], lengths: subject.lengths, from: start($1))) }
    case "LSTM":
      let layer = LSTM(3, 4, layers: layers, bidirectional: both, bias: bias, precision: Double.self)
      check(subject, layer) { outputs($0.run($1[0], lengths: subject.lengths, from: start($1))) }
    default:
      let layer = GRU(3, 4, layers: layers, bidirectional: both, bias: bias, precision: Double.self)
      check(subject, layer) { outputs($0.run($1[0], lengths: subject.lengths, from: start($1))) }
    }
  }

  private func attention(_ subject: Case) {
    let keys = subject.inputs.count == 2 ? 7 : 5
    let padding = Tensor((0..<2 * keys).map { $0 >= 2 * keys - 2 }, shape: [2, keys])
    check(subject, MultiHeadAttention(8, heads: 2, bias: subject.flag("bias"), precision: Double.self)) { layer, x in
      let (output, weights) = layer(
        x[0], keys: x.count == 2 ? x[1] : nil, isCausal: subject.flag("causal"),
        padding: subject.flag("padded") ? padding : nil)
      return [output, weights]
    }
  }

  private func encoder(_ subject: Case) {
    let layer = TransformerEncoderLayer(
      8, heads: 2, hidden: 12, activation: subject.flag("gelu") ? .gelu : .relu, dropout: 0,
      normalizesFirst: subject.flag("first"), precision: Double.self)
    let padding = Tensor((0..<10).map { $0 == 4 }, shape: [2, 5])
    check(subject, layer) { layer, x in
      [layer(x[0], isCausal: subject.flag("causal"), padding: subject.flag("padded") ? padding : nil)]
    }
  }

  private func encoders(_ subject: Case) {
    let model = TransformerEncoder(
      8, layers: Int(subject.settings["layers"] ?? 0), heads: 2, hidden: 12, dropout: 0,
      normalizesFirst: subject.flag("first"), precision: Double.self)
    let padding = Tensor((0..<10).map { $0 == 4 }, shape: [2, 5])
    check(subject, model) { [$0($1[0], padding: padding)] }
  }

  private func decoder(_ subject: Case) {
    let (first, bend) = (subject.flag("first"), subject.flag("gelu") ? TransformerActivation.gelu : .relu)
    let padding = subject.flag("padded") ? Tensor((0..<8).map { $0 >= 6 }, shape: [2, 4]) : nil
    if subject.kind == "TransformerDecoder" {
      let model = TransformerDecoder(
        8, layers: Int(subject.settings["layers"] ?? 0), heads: 2, hidden: 12, activation: bend, dropout: 0,
        normalizesFirst: first, precision: Double.self)
      check(subject, model) { [$0($1[0], reading: $1[1], padding: padding)] }
    } else {
      let layer = TransformerDecoderLayer(
        8, heads: 2, hidden: 12, activation: bend, dropout: 0, normalizesFirst: first, precision: Double.self)
      check(subject, layer) { [$0($1[0], reading: $1[1], padding: padding)] }
    }
  }

  private func check<M: Module<Double>>(_ subject: Case, _ fresh: M, _ call: @escaping (M, [V]) -> [V]) {
    var model = fresh
    #expect(Set(model.parameterNames) == Set(subject.parameters.keys), "\(subject.name)")
    for (name, value) in subject.parameters { model[name] = value.tensor }
    let inputs = subject.inputs.map(\.tensor)
    let outputs = call(model, inputs.map { V($0) })
    #expect(outputs.count == subject.outputs.count, "\(subject.name)")
    for (found, wanted) in zip(outputs, subject.outputs) {
      #expect(
        found.shape == wanted.shape && agree(found.value.scalars, wanted.tensor.scalars), "\(subject.name): outputs")
    }
    func loss(_ outputs: [V]) -> V {
      outputs.map { output in
        (output * V(Matrix((0..<output.count).map { 0.5 + Double($0 * 7 % 5) }, shape: output.shape))).sum()
      }.reduce(V(Tensor(scalar: 0)), +)
    }
    let gradients = valueWithGradient(at: model) { loss(call($0, inputs.map { V($0) })) }.gradient
    for (name, wanted) in subject.gradients {
      let found = gradients[name]?.scalars ?? []
      #expect(agree(found, wanted.tensor.scalars, within: 1e-9), "\(subject.name): gradient of \(name)")
    }
    let ofInputs = valueWithGradient(at: inputs) { loss(call(model, $0)) }.gradient
    for (found, wanted) in zip(ofInputs, subject.inputGradients) {
      #expect(agree(found.scalars, wanted.tensor.scalars, within: 1e-9), "\(subject.name): gradient of an input")
    }
  }
}
