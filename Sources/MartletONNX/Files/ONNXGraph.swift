import Foundation

/// An operator and its operands, as a graph of a model has it.
struct ONNXNode: Sendable {
  var name = ""
  var operation = ""
  var domain = ""
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [String: ONNXAttribute] = [:]

  /// How messages call it.
  var title: String { name.isEmpty ? operation : "\(operation) '\(name)'" }

  init(_ operation: String, _ inputs: [String], _ outputs: [String], domain: String = "") {
    (self.operation, self.inputs, self.outputs, self.domain) = (operation, inputs, outputs, domain)
  }

  init(_ data: Data, _ file: ONNXFile, depth: Int) throws {
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: inputs.append(try value.text)
      case 2: outputs.append(try value.text)
      case 3: name = try value.text
      case 4: operation = try value.text
      case 5:
        let (name, attribute) = try ONNXAttribute.read(value.bytes, file, depth: depth)
        attributes[name] = attribute
      case 7: domain = try value.text
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }
}

/// What is said of an operator besides its operands.
enum ONNXAttribute: Sendable {
  case number(Float)
  case integer(Int)
  case text(String)
  case tensor(ONNXTensor)
  case graph(ONNXGraph)
  case numbers([Float])
  case integers([Int])
  case texts([String])
  case tensors([ONNXTensor])
  /// The attribute of the function's node that has this name.
  case reference(String)
  case other

  static func read(_ data: Data, _ file: ONNXFile, depth: Int) throws -> (String, ONNXAttribute) {
    var reader = ProtobufReader(data)
    var (name, reference, type) = ("", "", 0)
    var (number, integer, text): (Float, Int, String) = (0, 0, "")
    var (numbers, integers, texts): ([Float], [Int], [String]) = ([], [], [])
    var (tensor, graph, tensors): (ONNXTensor?, ONNXGraph?, [ONNXTensor]) = (nil, nil, [])
    var seen: Set<Int> = []
    while let (field, value) = try reader.next() {
      seen.insert(field)
      switch field {
      case 1: name = try value.text
      case 2: number = try value.float
      case 3: integer = try value.integer
      case 4: text = try value.text
      case 5: tensor = try TensorMessage(value.bytes).tensor(folder: file.folder)
      case 6: graph = try ONNXGraph(value.bytes, file, depth: depth + 1)
      case 7: try value.appendFloats(to: &numbers)
      case 8: try value.appendIntegers(to: &integers)
      case 9: texts.append(try value.text)
      case 10: tensors.append(try TensorMessage(value.bytes).tensor(folder: file.folder))
      case 20: type = try value.integer
      case 21: reference = try value.text
      default: break
      }
    }
    // Old files do not say the type; then the field that is there says it.
    if type == 0 {
      type = [2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8, 10: 9].first { seen.contains($0.key) }?.value ?? 0
    }
    if !reference.isEmpty { return (name, .reference(reference)) }
    switch type {
    case 1: return (name, .number(number))
    case 2: return (name, .integer(integer))
    case 3: return (name, .text(text))
    case 4: return (name, tensor.map { .tensor($0) } ?? .other)
    case 5: return (name, graph.map { .graph($0) } ?? .other)
    case 6: return (name, .numbers(numbers))
    case 7: return (name, .integers(integers))
    case 8: return (name, .texts(texts))
    case 9: return (name, .tensors(tensors))
    default: return (name, .other)
    }
  }
}

/// Nodes, what goes into them, and what of their results is the graph's.
struct ONNXGraph: Sendable {
  var name = ""
  var nodes: [ONNXNode] = []
  var initializers: [String: ONNXTensor] = [:]
  var inputs: [ONNXModel.Port] = []
  var outputs: [ONNXModel.Port] = []

  init() {}

  init(_ data: Data, _ file: ONNXFile, depth: Int = 0) throws {
    // Graphs in graphs, as conditions and loops have them; each level is a call of this function.
    guard depth < 16 else { throw ONNXError("The model's graphs are nested more than 16 deep.") }
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: nodes.append(try ONNXNode(value.bytes, file, depth: depth))
      case 2: name = try value.text
      case 5:
        let message = try TensorMessage(value.bytes)
        initializers[message.name] = try message.tensor(folder: file.folder)
      case 11: inputs.append(try ONNXModel.Port(value.bytes))
      case 12: outputs.append(try ONNXModel.Port(value.bytes))
      case 15: throw ONNXError("The model has sparse tensors, which are not read.")
      default: break
      }
    }
    nodes = try ordered()
  }

  /// The nodes so that each stands behind those that make its operands.
  private func ordered() throws -> [ONNXNode] {
    var makers: [String: Int] = [:]
    for (place, node) in nodes.enumerated() {
      for output in node.outputs where !output.isEmpty {
        guard makers.updateValue(place, forKey: output) == nil else {
          throw ONNXError("Two nodes make '\(output)': a value has one.")
        }
      }
    }
    let needs = nodes.map { Set(($0.inputs + $0.outerNames).compactMap { makers[$0] }) }
    // Nearly always they are in order already.
    if needs.enumerated().allSatisfy({ place, makers in makers.allSatisfy { $0 < place } }) { return nodes }
    var missing = needs.map(\.count)
    var users = [[Int]](repeating: [], count: nodes.count)
    for (place, makers) in needs.enumerated() { for maker in makers { users[maker].append(place) } }
    var ready = missing.indices.filter { missing[$0] == 0 }
    var order: [Int] = []
    while order.count < ready.count {
      let place = ready[order.count]
      order.append(place)
      for user in users[place] {
        missing[user] -= 1
        if missing[user] == 0 { ready.append(user) }
      }
    }
    guard order.count == nodes.count else {
      let left = missing.firstIndex { $0 > 0 }.map { nodes[$0].title } ?? ""
      throw ONNXError("The model's graph runs in a circle: \(left) needs its own result.")
    }
    return order.map { nodes[$0] }
  }
}

extension ONNXNode {
  /// The values from outside that the graphs of this node use.
  var outerNames: [String] {
    attributes.values.flatMap { attribute -> [String] in
      guard case .graph(let graph) = attribute else { return [] }
      let own = Set(graph.nodes.flatMap(\.outputs) + graph.initializers.keys + graph.inputs.map(\.name))
      return (graph.nodes.flatMap { $0.inputs + $0.outerNames } + graph.outputs.map(\.name)).filter {
        !own.contains($0)
      }
    }
  }
}
