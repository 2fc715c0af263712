import Foundation

/// What an ONNX file holds: the graph, the versions of the operators it was made for, and what it says of itself.
struct ONNXFile: Sendable {
  /// Where the file lies, for tensors whose bytes are in files beside it.
  let folder: URL?
  var irVersion = 0
  /// The version of each set of operators, by its domain.
  var versions: [String: Int] = [:]
  var producer = ""
  var metadata: [String: String] = [:]
  var graph = ONNXGraph()
  /// Operators that the file defines itself, by domain and name.
  var functions: [String: ONNXFunction] = [:]

  init(_ data: Data, folder: URL?) throws {
    self.folder = folder
    var reader = ProtobufReader(data)
    var graphs: [Data] = []
    while let (number, value) = try reader.next() {
      switch number {
      case 1: irVersion = try value.integer
      case 2: producer = try value.text
      case 3:
        let version = try value.text
        if !version.isEmpty { producer += " " + version }
      case 7: graphs.append(try value.bytes)
      case 8:
        let (domain, version) = try Self.version(value.bytes)
        versions[domain] = version
      case 14:
        let entry = try Self.pair(value.bytes)
        metadata[entry.key] = entry.value
      case 25:
        let function = try ONNXFunction(value.bytes, self)
        functions[function.key] = function
      default: break
      }
    }
    guard graphs.count == 1 else {
      throw ONNXError("The file is no ONNX model: it has \(graphs.count) graphs, not one.")
    }
    guard !versions.isEmpty else { throw ONNXError("The file is no ONNX model: it names no versions of operators.") }
    graph = try ONNXGraph(graphs[0], self)
  }

  private static func version(_ data: Data) throws -> (String, Int) {
    var reader = ProtobufReader(data)
    var (domain, version) = ("", 0)
    while let (number, value) = try reader.next() {
      if number == 1 { domain = try value.text }
      if number == 2 { version = try value.integer }
    }
    return (domain == "ai.onnx" ? "" : domain, version)
  }

  static func pair(_ data: Data) throws -> (key: String, value: String) {
    var reader = ProtobufReader(data)
    var (key, text) = ("", "")
    while let (number, value) = try reader.next() {
      if number == 1 { key = try value.text }
      if number == 2 { text = try value.text }
    }
    return (key, text)
  }
}

/// An operator that is defined by a graph.
struct ONNXFunction: Sendable {
  var name = ""
  var domain = ""
  var versions: [String: Int] = [:]
  var graph = ONNXGraph()
  /// Attributes that are not given, and their values.
  var defaults: [String: ONNXAttribute] = [:]

  var key: String { OperatorTable.key(domain, name) }

  init(_ data: Data, _ file: ONNXFile) throws {
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: name = try value.text
      case 4: graph.inputs.append(ONNXModel.Port(name: try value.text))
      case 5: graph.outputs.append(ONNXModel.Port(name: try value.text))
      case 7: graph.nodes.append(try ONNXNode(value.bytes, file, depth: 1))
      case 10: domain = try value.text
      case 11:
        let (name, attribute) = try ONNXAttribute.read(value.bytes, file, depth: 1)
        defaults[name] = attribute
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }
}
