import MartletNumerics

/// Puts a graph together, node by node.
public struct _ONNXBuilder {
  var graph = ONNXGraph()
  private var count = 0

  /// A value of its own name.
  mutating func fresh(_ name: String) -> String {
    count += 1
    return "\(name)_\(count)"
  }

  /// A tensor that the model has learned, in single precision.
  mutating func constant<Scalar: TensorFloat>(_ tensor: Tensor<Scalar>, _ name: String) -> String {
    let name = fresh(name)
    graph.initializers[name] = ONNXTensor(tensor.map { Float($0) })
    return name
  }

  /// Whole numbers, such as a shape.
  mutating func constant(_ numbers: [Int], _ name: String) -> String {
    let name = fresh(name)
    graph.initializers[name] = ONNXTensor(Tensor(numbers))
    return name
  }

  /// An operator; the result is its first output.
  mutating func node(
    _ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:], domain: String = "",
    outputs: [String]? = nil
  ) -> String {
    let outputs = outputs ?? [fresh(operation.lowercased())]
    var node = ONNXNode(operation, inputs, outputs, domain: domain)
    node.name = fresh(operation)
    node.attributes = attributes
    graph.nodes.append(node)
    return outputs[0]
  }

  /// An operator of classical pipelines.
  mutating func classical(
    _ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute], outputs: [String]? = nil
  ) -> String { node(operation, inputs, attributes, domain: "ai.onnx.ml", outputs: outputs) }
}

/// A fitted model that can become an ONNX file.
///
///     let model = try StandardScaler().then(LogisticRegression<String>()).fit(iris.features, iris.labels)
///     try model.onnx().write(to: URL(fileURLWithPath: "iris.onnx"))
///
/// The file computes in single precision, as ONNX's operators for classical models do, so that results agree to about seven
/// digits; trees go the same way for features that are numbers in single precision themselves. Its input is `features`,
/// shape `[samples, features]`. A regression's output is `prediction`; a classifier's are `label` (whole numbers for `Int`,
/// texts for everything else) and `probabilities`.
public protocol ONNXExportable {
  /// How many features a sample has.
  var _onnxFeatureCount: Int { get throws(ONNXError) }
  /// Adds the model's nodes, and names and types of its outputs.
  func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port]
}

extension ONNXExportable {
  /// The model as one that ONNX runs; `write(to:)` makes a file of it.
  /// - Throws: ``ONNXError`` for what ONNX cannot say, such as trees that ask about categories.
  public func onnx() throws(ONNXError) -> ONNXModel {
    var builder = _ONNXBuilder()
    var input = ONNXModel.Port(name: "features", elementType: .float, shape: [nil, try _onnxFeatureCount])
    input.axisNames = ["samples", nil]
    builder.graph.inputs = [input]
    builder.graph.outputs = try _addONNX(to: &builder, "features")
    return try ONNXModel(graph: builder.graph)
  }
}

/// A fitted step of preprocessing that can stand in an ONNX file.
public protocol ONNXTransformer {
  /// How many features a sample has before the step.
  var _onnxFeatureCount: Int { get throws(ONNXError) }
  /// Adds the step's nodes; the result is the name of what they make.
  func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> String
}

/// Labels as ONNX has them: whole numbers or texts.
enum ONNXLabels {
  static func attribute<Label>(
    _ classes: [Label], numbersAs name: String = "classlabels_int64s"
  ) -> (name: String, value: ONNXAttribute) {
    if let numbers = classes as? [Int] { return (name, .integers(numbers)) }
    return ("classlabels_strings", .texts(classes.map { "\($0)" }))
  }

  /// What a classifier gives.
  static func ports<Label>(_ classes: [Label]) -> [ONNXModel.Port] {
    var label = ONNXModel.Port(name: "label", elementType: classes is [Int] ? .int64 : .string, shape: [nil])
    var probabilities = ONNXModel.Port(name: "probabilities", elementType: .float, shape: [nil, classes.count])
    (label.axisNames, probabilities.axisNames) = (["samples"], ["samples", nil])
    return [label, probabilities]
  }

  /// What a regression gives.
  static var prediction: [ONNXModel.Port] {
    var port = ONNXModel.Port(name: "prediction", elementType: .float, shape: [nil, 1])
    port.axisNames = ["samples", nil]
    return [port]
  }
}
