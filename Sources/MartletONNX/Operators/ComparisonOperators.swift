import MartletNumerics

/// Comparisons and truth values; shapes broadcast.
enum ComparisonOperators {
  static let table: [String: ONNXOperator] = [
    "Equal": { try compared($0, { $0 .== $1 }, { $0 .== $1 }, { a, b, _ in a == b }) },
    "Less": { try compared($0, { $0 .< $1 }, { $0 .< $1 }, ArithmeticOperators.less) },
    "LessOrEqual": { try compared($0, { $0 .<= $1 }, { $0 .<= $1 }, { !ArithmeticOperators.less($1, $0, $2) }) },
    "Greater": { try compared($0, { $0 .> $1 }, { $0 .> $1 }, { ArithmeticOperators.less($1, $0, $2) }) },
    "GreaterOrEqual": { try compared($0, { $0 .>= $1 }, { $0 .>= $1 }, { !ArithmeticOperators.less($0, $1, $2) }) },
    "And": { try joined($0) { $0 && $1 } }, "Or": { try joined($0) { $0 || $1 } },
    "Xor": { try joined($0) { $0 != $1 } },
    "Not": { $0.result(ONNXTensor(!(try $0.tensor(0).truths()))) },
    "Where": chosen,
    "IsNaN": { $0.result(ONNXTensor(try $0.floating(0).numbers().map { $0.isNaN })) },
    "IsInf": isInfinite,
  ]

  private static func compared(
    _ call: OperatorCall, _ floats: (Tensor<Float>, Tensor<Float>) -> Tensor<Bool>,
    _ doubles: (Matrix, Matrix) -> Tensor<Bool>, _ integers: (Int, Int, ONNXElementType) -> Bool
  ) throws -> [ONNXValue] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    guard a.elementType == b.elementType else {
      throw ONNXError("Both inputs are to be of one type; found \(a.elementType) and \(b.elementType).")
    }
    let shape = try Extent.broadcast(a.shape, b.shape)
    switch (a.elements, b.elements) {
    case (.floats(let x), .floats(let y)): return call.result(ONNXTensor(floats(x, y)))
    case (.doubles(let x), .doubles(let y)): return call.result(ONNXTensor(doubles(x, y)))
    case (.integers(let x), .integers(let y)):
      return call.result(ONNXTensor(try ArithmeticOperators.zipped(x, y) { integers($0, $1, a.elementType) }))
    case (.truths(let x), .truths(let y)):
      return call.result(ONNXTensor(try ArithmeticOperators.zipped(x, y) { integers($0 ? 1 : 0, $1 ? 1 : 0, .int64) }))
    default:
      let (x, y) = (try a.broadcast(to: shape).textScalars(), try b.broadcast(to: shape).textScalars())
      return call.result(ONNXTensor(Tensor(zip(x, y).map { $0 == $1 }, shape: shape)))
    }
  }

  private static func joined(_ call: OperatorCall, _ join: (Bool, Bool) -> Bool) throws -> [ONNXValue] {
    call.result(
      ONNXTensor(try ArithmeticOperators.zipped(try call.tensor(0).truths(), try call.tensor(1).truths(), join)))
  }

  private static func chosen(_ call: OperatorCall) throws -> [ONNXValue] {
    let (mask, a, b) = (try call.tensor(0).truths(), try call.tensor(1), try call.tensor(2))
    guard a.elementType == b.elementType else {
      throw ONNXError("Both choices are to be of one type; found \(a.elementType) and \(b.elementType).")
    }
    let shape = try Extent.broadcast(mask.shape, try Extent.broadcast(a.shape, b.shape))
    switch (a.elements, b.elements) {
    case (.floats(let x), .floats(let y)):
      return call.result(ONNXTensor(.floats(.where(mask, x, y)), as: a.elementType))
    case (.doubles(let x), .doubles(let y)): return call.result(ONNXTensor(.where(mask, x, y)))
    case (.integers(let x), .integers(let y)):
      return call.result(ONNXTensor(.integers(.where(mask, x, y)), as: a.elementType))
    case (.truths(let x), .truths(let y)): return call.result(ONNXTensor(.where(mask, x, y)))
    default:
      let wanted = mask.broadcast(to: shape).scalars
      let (x, y) = (try a.broadcast(to: shape).textScalars(), try b.broadcast(to: shape).textScalars())
      return call.result(ONNXTensor(wanted.indices.map { wanted[$0] ? x[$0] : y[$0] }, shape: shape))
    }
  }

  private static func isInfinite(_ call: OperatorCall) throws -> [ONNXValue] {
    let (negative, positive) = (call.integer("detect_negative", 1) == 1, call.integer("detect_positive", 1) == 1)
    return call.result(
      ONNXTensor(try call.floating(0).numbers().map { $0.isInfinite && ($0 < 0 ? negative : positive) }))
  }
}
