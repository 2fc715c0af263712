import Foundation

extension ONNXModel {
  /// A model of a graph that was made here; it is read from its own file's bytes, so that what is kept is what is written.
  init(graph: ONNXGraph, metadata: [String: String] = [:]) throws(ONNXError) {
    let data = try withONNXErrors { try ONNXWriter.data(graph, metadata) }
    try self.init(data: data)
  }

  /// The bytes of the model's file.
  ///
  /// A model that was opened keeps its tensors' bytes within the file, also where they were in files of their own.
  /// - Throws: ``ONNXError`` for a model that defines operators of its own.
  public func data() throws(ONNXError) -> Data {
    guard file.functions.isEmpty else {
      throw ONNXError(
        "The model defines operators of its own (\(file.functions.keys.sorted().joined(separator: ", "))), which are not written."
      )
    }
    return try withONNXErrors {
      try ONNXWriter.data(
        file.graph, file.metadata, versions: file.versions, irVersion: file.irVersion, producer: file.producer)
    }
  }

  /// Writes the model to a file, in place of what was there.
  ///
  ///     try model.onnx().write(to: "model.onnx")
  /// - Throws: ``ONNXError``.
  public func write(to path: String) throws(ONNXError) { try write(to: URL(fileURLWithPath: path)) }

  /// Writes the model to a file, in place of what was there.
  /// - Throws: ``ONNXError``.
  public func write(to url: URL) throws(ONNXError) {
    let data = try data()
    do { try data.write(to: url, options: .atomic) } catch {
      throw ONNXError("\(url.path): The file cannot be written: \(error.localizedDescription)")
    }
  }
}

/// Writes a graph as an ONNX file.
enum ONNXWriter {
  /// The versions of operators that exported models use; programs of 2022 and later run them.
  static let versions = ["": 17, "ai.onnx.ml": 3]

  static func data(
    _ graph: ONNXGraph, _ metadata: [String: String], versions: [String: Int] = versions, irVersion: Int = 8,
    producer: String = "Martlet"
  ) throws -> Data {
    var writer = ProtobufWriter()
    writer.write(1, irVersion)
    writer.write(2, producer)
    writer.write(7, try bytes(graph))
    for (domain, version) in versions.sorted(by: { $0.key < $1.key }) {
      writer.write(8) {
        $0.write(1, domain)
        $0.write(2, version)
      }
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      writer.write(14) {
        $0.write(1, key)
        $0.write(2, value)
      }
    }
    return writer.data
  }

  private static func bytes(_ graph: ONNXGraph) throws -> Data {
    var writer = ProtobufWriter()
    for node in graph.nodes { writer.write(1, try bytes(node)) }
    writer.write(2, graph.name.isEmpty ? "graph" : graph.name)
    for (name, tensor) in graph.initializers.sorted(by: { $0.key < $1.key }) {
      writer.write(5, try bytes(tensor, name))
    }
    for port in graph.inputs { writer.write(11, bytes(port)) }
    for port in graph.outputs { writer.write(12, bytes(port)) }
    return writer.data
  }

  private static func bytes(_ tensor: ONNXTensor, _ name: String) throws -> Data {
    var writer = ProtobufWriter()
    try TensorMessage.write(tensor, name: name, to: &writer)
    return writer.data
  }

  private static func bytes(_ port: ONNXModel.Port) -> Data {
    var writer = ProtobufWriter()
    writer.write(1, port.name)
    guard let type = port.elementType else { return writer.data }
    writer.write(2) {
      $0.write(1) {
        $0.write(1, type.rawValue)
        guard let shape = port.shape else { return }
        $0.write(2) {
          for (place, length) in shape.enumerated() {
            $0.write(1) {
              if let length { $0.write(1, length) }
              if length == nil, place < port.axisNames.count, let name = port.axisNames[place] { $0.write(2, name) }
            }
          }
        }
      }
    }
    return writer.data
  }

  private static func bytes(_ node: ONNXNode) throws -> Data {
    var writer = ProtobufWriter()
    for input in node.inputs { writer.write(1, input) }
    for output in node.outputs { writer.write(2, output) }
    if !node.name.isEmpty { writer.write(3, node.name) }
    writer.write(4, node.operation)
    for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
      if let bytes = try bytes(attribute, name) { writer.write(5, bytes) }
    }
    if !node.domain.isEmpty { writer.write(7, node.domain) }
    return writer.data
  }

  private static func bytes(_ attribute: ONNXAttribute, _ name: String) throws -> Data? {
    var writer = ProtobufWriter()
    writer.write(1, name)
    switch attribute {
    case .number(let value):
      writer.write(2, value)
      writer.write(20, 1)
    case .integer(let value):
      writer.write(3, value)
      writer.write(20, 2)
    case .text(let value):
      writer.write(4, value)
      writer.write(20, 3)
    case .tensor(let value):
      writer.write(5, try bytes(value, ""))
      writer.write(20, 4)
    case .graph(let value):
      writer.write(6, try bytes(value))
      writer.write(20, 5)
    case .numbers(let values):
      writer.write(7, packed: values)
      writer.write(20, 6)
    case .integers(let values):
      writer.write(8, packed: values)
      writer.write(20, 7)
    case .texts(let values):
      for value in values { writer.write(9, value) }
      writer.write(20, 8)
    case .tensors(let values):
      for value in values { writer.write(10, try bytes(value, "")) }
      writer.write(20, 9)
    case .reference, .other: return nil
    }
    return writer.data
  }
}
