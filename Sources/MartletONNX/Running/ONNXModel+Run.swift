import MartletDisplay
import MartletNumerics

extension ONNXModel {
  /// What the model makes of its inputs.
  ///
  ///     let outputs = try model.run(["pixels": images])
  ///     let scores = try outputs["scores", Float.self]
  ///
  /// - Parameter inputs: a tensor, or another ``ONNXValue``, for each of ``inputs``, of its type and shape.
  /// - Throws: ``ONNXError`` that names the node where a model and what it was given do not fit together.
  public func run(_ inputs: [String: any ONNXInput]) throws(ONNXError) -> ONNXOutputs {
    var given: [String: ONNXValue] = [:]
    for port in self.inputs {
      guard let input = inputs[port.name] else {
        throw ONNXError("The input '\(port.name)' is missing. The model has \(names(self.inputs)).")
      }
      try port.check(input.onnxValue)
    }
    for (name, input) in inputs {
      guard file.graph.inputs.contains(where: { $0.name == name }) else {
        throw ONNXError("The model has no input '\(name)'. It has \(names(self.inputs)).")
      }
      given[name] = input.onnxValue
    }
    let values = try withONNXErrors { try GraphRun(file: file).outputs(of: file.graph, given: given) }
    return ONNXOutputs(names: outputs.map(\.name), values: values)
  }

  /// The only output for the only input.
  ///
  ///     let probabilities: Tensor<Float> = try model.run(images)
  /// - Throws: ``ONNXError``, also where there are more inputs or outputs than one.
  public func run<Given: ONNXScalar, Result: ONNXScalar>(_ input: Tensor<Given>) throws(ONNXError) -> Tensor<Result> {
    guard inputs.count == 1, outputs.count == 1 else {
      throw ONNXError(
        "The model has the inputs \(names(inputs)) and the outputs \(names(outputs)); name them: run([\"…\": …]).")
    }
    return try run([inputs[0].name: input])[outputs[0].name, Result.self]
  }

  private func names(_ ports: [Port]) -> String { ports.map { "'\($0.name)'" }.joined(separator: ", ") }
}

extension ONNXModel.Port {
  /// Refuses what has another type or another shape.
  func check(_ value: ONNXValue) throws(ONNXError) {
    guard let elementType, case .tensor(let tensor) = value else { return }
    guard tensor.elementType == elementType else {
      let advice = elementType == .float && tensor.elementType == .double ? " Convert it: asFloat." : ""
      throw ONNXError("The input '\(name)' holds \(elementType); a tensor of \(tensor.elementType) was given.\(advice)")
    }
    guard let shape else { return }
    let fits = shape.count == tensor.rank && zip(shape, tensor.shape).allSatisfy { $0 == nil || $0 == $1 || $0! < 0 }
    guard fits else {
      throw ONNXError("The input '\(name)' has the shape \(shapeText); a tensor of shape \(tensor.shape) was given.")
    }
  }

  /// The lengths; an axis of any length by its name.
  var shapeText: String {
    guard let shape else { return "any" }
    let lengths = shape.enumerated().map { place, length in
      length.map(String.init) ?? (place < axisNames.count ? axisNames[place] : nil) ?? "?"
    }
    return "[\(lengths.joined(separator: ", "))]"
  }
}

/// What a model has made.
public struct ONNXOutputs: Sendable {
  /// The outputs' names, in the model's order.
  public let names: [String]
  /// Their values, in the same order.
  public let values: [ONNXValue]

  /// An output's value, or `nil` when there is none of that name.
  public subscript(_ name: String) -> ONNXValue? { names.firstIndex(of: name).map { values[$0] } }

  /// An output that is a tensor.
  public subscript<Scalar: ONNXScalar>(_ name: String, _ type: Scalar.Type) -> Tensor<Scalar> {
    get throws(ONNXError) {
      guard let value = self[name] else {
        throw ONNXError("There is no output '\(name)'. There are \(names.joined(separator: ", ")).")
      }
      do { return try value.tensor(of: type) } catch { throw error.at("Output '\(name)'") }
    }
  }
}
