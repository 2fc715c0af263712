import Foundation
import MartletNumerics
import MartletONNX

/// A model with inputs and the outputs that it should have.
struct ONNXCase {
  var name = ""
  var model = Data()
  var inputs: [ONNXValue] = []
  var outputs: [ONNXValue] = []
  var relative: Float = 1e-3
  var absolute: Float = 1e-7

  init(_ data: Data) throws {
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: name = try value.text
      case 2: model = try value.bytes
      case 3: inputs.append(try Self.value(value.bytes))
      case 4: outputs.append(try Self.value(value.bytes))
      case 5: relative = try value.float
      default: absolute = try value.float
      }
    }
  }

  private static func value(_ data: Data) throws -> ONNXValue {
    var reader = ProtobufReader(data)
    var elements: [ONNXValue] = []
    var isSequence = false
    while let (number, value) = try reader.next() {
      if number == 1 { return .tensor(try ONNXTensor(message: value.bytes)) }
      isSequence = true
      if number == 2 { elements.append(try Self.value(value.bytes)) }
    }
    return isSequence ? .sequence(elements) : .none
  }

  /// The cases of a file that `make_onnx_models.py` wrote.
  static func read(_ path: String) throws -> [ONNXCase] {
    let bytes = try NumPyArchive(npz: path).tensor("cases", of: UInt8.self).scalars
    var reader = ProtobufReader(Data(bytes))
    var cases: [ONNXCase] = []
    while let (_, value) = try reader.next() { cases.append(try ONNXCase(value.bytes)) }
    return cases
  }

  /// What is wrong with what the model makes; `nil` when nothing is.
  func problem() -> String? {
    do {
      let model = try ONNXModel(data: model)
      // An input that is not there stands as an empty value, which only optional inputs take.
      let given = Dictionary(zip(model.inputs.map(\.name), inputs), uniquingKeysWith: { first, _ in first })
      let found = try model.run(given)
      guard found.values.count == outputs.count else {
        return "\(found.values.count) outputs instead of \(outputs.count)"
      }
      for (name, (value, wanted)) in zip(found.names, zip(found.values, outputs)) {
        if let difference = difference(value, wanted) { return "\(name): \(difference)" }
      }
      return nil
    } catch { return "\(error)" }
  }

  /// The operator that the case is of: that of its only node, or the name of what is written out by several.
  var operation: String {
    if name.contains("_expanded") { return "written out by others" }
    do {
      let operators = try ONNXModel(data: model).operators
      return operators.count == 1 ? operators.keys.first ?? "" : "several operators"
    } catch {
      // The message ends with the operators that are not there.
      return error.description.split(separator: " ").last.map { String($0.dropLast()) } ?? ""
    }
  }

  private func difference(_ found: ONNXValue, _ wanted: ONNXValue) -> String? {
    switch (found, wanted) {
    case (.tensor(let a), .tensor(let b)): return difference(a, b)
    case (.sequence(let a), .sequence(let b)):
      guard a.count == b.count else { return "\(a.count) elements instead of \(b.count)" }
      return zip(a, b).lazy.compactMap { self.difference($0, $1) }.first
    case (.none, .none): return nil
    default: return "another kind of value"
    }
  }

  private func difference(_ found: ONNXTensor, _ wanted: ONNXTensor) -> String? {
    guard found.elementType == wanted.elementType, found.shape == wanted.shape else {
      return "\(found.elementType) \(found.shape) instead of \(wanted.elementType) \(wanted.shape)"
    }
    if let a = found.texts, let b = wanted.texts { return a == b ? nil : "\(a.prefix(8)) instead of \(b.prefix(8))" }
    guard let a = found.doubles?.scalars, let b = wanted.doubles?.scalars else { return "texts and numbers" }
    // Numbers of 16 bits may differ by two of their last place: which step is rounded is not said.
    let least = found.elementType == .bfloat16 ? 0x1p-6 : found.elementType == .float16 ? 0x1p-9 : 0
    let bound = { (x: Double) in Double(absolute) + max(Double(relative), least) * abs(x) }
    let odd = zip(a, b).first { !($0 == $1 || ($0.isNaN && $1.isNaN) || abs($0 - $1) <= bound($1)) }
    return odd.map { "\($0.0) instead of \($0.1)" }
  }
}
