import MartletNumerics

/// One use of an operator: the node, its operands, and the model around it.
struct OperatorCall {
  let node: ONNXNode
  let operands: [ONNXValue?]
  /// The version of the set of operators that the model was made for.
  let version: Int
  /// Runs the graphs that the node has.
  let run: GraphRun

  /// How many results are wanted.
  var outputCount: Int { node.outputs.count }
  func isWanted(_ output: Int) -> Bool { output < node.outputs.count && !node.outputs[output].isEmpty }
}

/// What an operator does.
typealias ONNXOperator = @Sendable (OperatorCall) throws -> [ONNXValue]

// Operands.
extension OperatorCall {
  func value(_ place: Int) -> ONNXValue? { place < operands.count ? operands[place] : nil }

  func optional(_ place: Int) throws -> ONNXTensor? {
    switch value(place) {
    case .tensor(let tensor)?: return tensor
    case nil, .some(.none): return nil
    case let other?: throw ONNXError("Input \(place) is to be a tensor; found \(other.kind).")
    }
  }

  func tensor(_ place: Int) throws -> ONNXTensor {
    guard let tensor = try optional(place) else { throw ONNXError("Input \(place) is missing.") }
    return tensor
  }

  /// Every operand, each of which must be a tensor.
  func tensors() throws -> [ONNXTensor] { try operands.indices.map { try tensor($0) } }

  /// Any numbers, in double precision.
  func numbers(_ place: Int) throws -> Matrix { try tensor(place).numbers() }
  func optionalNumbers(_ place: Int) throws -> Matrix? { try optional(place)?.numbers() }

  /// Whole numbers, such as axes and shapes.
  func integers(_ place: Int) throws -> [Int] { try tensor(place).integers().scalars }
  func optionalIntegers(_ place: Int) throws -> [Int]? { try optional(place)?.integers().scalars }

  /// A single whole number.
  func integer(_ place: Int) throws -> Int {
    guard let first = try integers(place).first else {
      throw ONNXError("Input \(place) is to be a number; it is empty.")
    }
    return first
  }
}

// Attributes.
extension OperatorCall {
  func attribute(_ name: String) -> ONNXAttribute? { node.attributes[name] }
  func has(_ name: String) -> Bool { node.attributes[name] != nil }

  func integer(_ name: String, _ standard: Int) -> Int { optionalInteger(name) ?? standard }
  func optionalInteger(_ name: String) -> Int? {
    if case .integer(let value)? = attribute(name) { value } else { nil }
  }
  func number(_ name: String, _ standard: Double) -> Double {
    if case .number(let value)? = attribute(name) { Double(value) } else { standard }
  }
  func text(_ name: String, _ standard: String) -> String {
    if case .text(let value)? = attribute(name) { value } else { standard }
  }
  func integers(_ name: String) -> [Int]? {
    if case .integers(let values)? = attribute(name) { values } else { nil }
  }
  func numbers(_ name: String) -> [Double]? {
    switch attribute(name) {
    case .numbers(let values)?: values.map { Double($0) }
    default: nil
    }
  }
  func texts(_ name: String) -> [String]? {
    if case .texts(let values)? = attribute(name) { values } else { nil }
  }
  func tensor(_ name: String) -> ONNXTensor? {
    if case .tensor(let value)? = attribute(name) { value } else { nil }
  }
  func graph(_ name: String) throws -> ONNXGraph {
    guard case .graph(let graph)? = attribute(name) else { throw ONNXError("The graph '\(name)' is missing.") }
    return graph
  }
  /// A type of element that stands as a number.
  func elementType(_ name: String) throws -> ONNXElementType? {
    guard let number = optionalInteger(name) else { return nil }
    guard let type = ONNXElementType(rawValue: number) else {
      throw ONNXError("\(name) is \(number), a type of element that is not there.")
    }
    return type
  }
}
