import Foundation
import MartletNumerics

/// A model in an ONNX file: a graph of operators that other programs have made, run here.
///
///     let model = try ONNXModel(path: "digits.onnx")
///     let outputs = try model.run(["pixels": digits.features.asFloat])
///     let labels = try outputs["label", Int.self]
///
/// A file's parts are checked before they are believed, nothing in it is executed but the operators named here, and tensors
/// whose bytes lie in other files are read from the model's own folder only.
///
/// Format: Open Neural Network Exchange (onnx.ai), versions 7 to 28 of its operators and 1 to 5 of `ai.onnx.ml`'s.
public struct ONNXModel: Sendable {
  let file: ONNXFile
  /// How many bytes the file has.
  public let byteCount: Int

  /// Opens a file.
  /// - Throws: ``ONNXError`` when it cannot be read, is damaged, or needs an operator that is not there.
  public init(path: String) throws(ONNXError) { try self.init(contentsOf: URL(fileURLWithPath: path)) }

  /// Opens a file.
  /// - Throws: ``ONNXError`` when it cannot be read, is damaged, or needs an operator that is not there.
  public init(contentsOf url: URL) throws(ONNXError) {
    let data: Data
    do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw ONNXError("\(url.path): The file cannot be read: \(error.localizedDescription)")
    }
    do { try self.init(data: data, folder: url.deletingLastPathComponent()) } catch {
      throw error.at(url.path)
    }
  }

  /// Reads the contents of a file; its tensors may not lie in other files.
  /// - Throws: ``ONNXError``.
  public init(data: Data) throws(ONNXError) { try self.init(data: data, folder: nil) }

  private init(data: Data, folder: URL?) throws(ONNXError) {
    file = try withONNXErrors { try ONNXFile(data, folder: folder) }
    byteCount = data.count
    let missing = missingOperators
    guard missing.isEmpty else {
      throw ONNXError("The model needs operators that are not there: \(missing.joined(separator: ", ")).")
    }
  }

  /// What goes into a model or comes out of it.
  public struct Port: Sendable, Equatable {
    /// Its name.
    public internal(set) var name: String
    /// The type of its elements; `nil` for what is no tensor.
    public internal(set) var elementType: ONNXElementType?
    /// The length of each axis, `nil` where it may be any; `nil` where nothing is said.
    public internal(set) var shape: [Int?]?
    /// The axes' names, where they have one.
    var axisNames: [String?] = []

    init(name: String, elementType: ONNXElementType? = nil, shape: [Int?]? = nil) {
      (self.name, self.elementType, self.shape) = (name, elementType, shape)
    }
  }

  /// What goes in: the graph's inputs that have no value of their own.
  public var inputs: [Port] { file.graph.inputs.filter { file.graph.initializers[$0.name] == nil } }
  /// What comes out.
  public var outputs: [Port] { file.graph.outputs }
  /// The operators it is made of and how many there are of each, those in graphs within graphs too.
  public var operators: [String: Int] {
    allNodes.reduce(into: [:]) { $0[OperatorTable.key($1.domain, $1.operation), default: 0] += 1 }
  }
  /// The version of each set of operators; that of ONNX's own is under `""`.
  public var operatorVersions: [String: Int] { file.versions }
  /// What made the file.
  public var producer: String { file.producer }
  /// The texts that the file says about itself.
  public var metadata: [String: String] { file.metadata }
  /// How many numbers with a fraction it holds, in tensors and in the lists that classical models are kept in.
  public var parameterCount: Int {
    let tensors = file.graph.initializers.values.filter { $0.elementType.isFloat }.reduce(0) { $0 + $1.count }
    return tensors
      + allNodes.flatMap(\.attributes.values).reduce(0) { sum, attribute in
        switch attribute {
        case .numbers(let values): sum + values.count
        case .tensor(let tensor) where tensor.elementType.isFloat: sum + tensor.count
        default: sum
        }
      }
  }

  private var allNodes: [ONNXNode] {
    func within(_ graph: ONNXGraph) -> [ONNXNode] {
      graph.nodes.flatMap { node in
        [node]
          + node.attributes.values.flatMap { if case .graph(let inner) = $0 { within(inner) } else { [ONNXNode]() } }
      }
    }
    return within(file.graph) + file.functions.values.flatMap { within($0.graph) }
  }

  private var missingOperators: [String] {
    Set(allNodes.map { OperatorTable.key($0.domain, $0.operation) })
      .filter { OperatorTable.all[$0] == nil && file.functions[$0] == nil }.sorted()
  }
}

extension ONNXModel.Port {
  init(_ data: Data) throws {
    self.init(name: "")
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      if number == 1 { name = try value.text }
      if number == 2 { try readType(value.bytes) }
    }
  }

  private mutating func readType(_ data: Data) throws {
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      guard number == 1 else { continue }
      var tensor = ProtobufReader(try value.bytes)
      while let (field, content) = try tensor.next() {
        if field == 1 { elementType = ONNXElementType(rawValue: try content.integer) }
        if field == 2 { try readShape(content.bytes) }
      }
    }
  }

  private mutating func readShape(_ data: Data) throws {
    var (lengths, names): ([Int?], [String?]) = ([], [])
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      guard number == 1 else { continue }
      var dimension = ProtobufReader(try value.bytes)
      var (length, name): (Int?, String?) = (nil, nil)
      while let (field, content) = try dimension.next() {
        if field == 1 { length = try content.integer }
        if field == 2 { name = try content.text }
      }
      lengths.append(length)
      names.append(name)
    }
    (shape, axisNames) = (lengths, names)
  }
}
