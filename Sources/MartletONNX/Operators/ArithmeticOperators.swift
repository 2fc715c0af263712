import Foundation
import MartletNumerics

/// Sums, products and what else joins two numbers; shapes broadcast.
enum ArithmeticOperators {
  static let table: [String: ONNXOperator] = [
    "Add": { try combined($0, { $0 + $1 }, { $0 + $1 }, integers: { a, b, _ in a &+ b }) },
    "Sub": { try combined($0, { $0 - $1 }, { $0 - $1 }, integers: { a, b, _ in a &- b }) },
    "Mul": { try combined($0, { $0 * $1 }, { $0 * $1 }, integers: { a, b, _ in a &* b }) },
    "Div": { try combined($0, { $0 / $1 }, { $0 / $1 }, integers: quotient) },
    "Mod": modulo, "Pow": power,
    "Max": { try folded($0, { .maximum($0, $1) }, { .maximum($0, $1) }, integers: { less($0, $1, $2) ? $1 : $0 }) },
    "Min": { try folded($0, { .minimum($0, $1) }, { .minimum($0, $1) }, integers: { less($0, $1, $2) ? $0 : $1 }) },
    "Sum": { try folded($0, { $0 + $1 }, { $0 + $1 }, integers: { a, b, _ in a &+ b }) },
    "Mean": mean,
    "BitwiseAnd": { try bitwise($0, &) }, "BitwiseOr": { try bitwise($0, |) }, "BitwiseXor": { try bitwise($0, ^) },
    "BitShift": shifted,
  ]

  typealias WholeFunction = (Int, Int, ONNXElementType) throws -> Int

  /// Whether `a` is the smaller one; 64-bit numbers without a sign are compared as such.
  static func less(_ a: Int, _ b: Int, _ type: ONNXElementType) -> Bool {
    type == .uint64 ? UInt(bitPattern: a) < UInt(bitPattern: b) : a < b
  }

  private static func quotient(_ a: Int, _ b: Int, _ type: ONNXElementType) throws -> Int {
    guard b != 0 else { throw ONNXError("A whole number is divided by zero.") }
    if type == .uint64 { return Int(bitPattern: UInt(bitPattern: a) / UInt(bitPattern: b)) }
    return a.dividedReportingOverflow(by: b).partialValue
  }

  private static func combined(
    _ call: OperatorCall, _ floats: (Tensor<Float>, Tensor<Float>) -> Tensor<Float>,
    _ doubles: (Matrix, Matrix) -> Matrix,
    integers: WholeFunction
  ) throws -> [ONNXValue] {
    call.result(try join(try call.tensor(0), try call.tensor(1), floats, doubles, integers))
  }

  private static func folded(
    _ call: OperatorCall, _ floats: (Tensor<Float>, Tensor<Float>) -> Tensor<Float>,
    _ doubles: (Matrix, Matrix) -> Matrix,
    integers: WholeFunction
  ) throws -> [ONNXValue] {
    let tensors = try call.tensors()
    guard let first = tensors.first else { throw ONNXError("At least one input is needed.") }
    return call.result(try tensors.dropFirst().reduce(first) { try join($0, $1, floats, doubles, integers) })
  }

  static func join(
    _ a: ONNXTensor, _ b: ONNXTensor, _ floats: (Tensor<Float>, Tensor<Float>) -> Tensor<Float>,
    _ doubles: (Matrix, Matrix) -> Matrix, _ integers: WholeFunction
  ) throws -> ONNXTensor {
    guard a.elementType == b.elementType else {
      throw ONNXError("Both inputs are to be of one type; found \(a.elementType) and \(b.elementType).")
    }
    _ = try Extent.broadcast(a.shape, b.shape)
    switch (a.elements, b.elements) {
    case (.floats(let x), .floats(let y)): return ONNXTensor(floats(x, y), as: a.elementType)
    case (.doubles(let x), .doubles(let y)): return ONNXTensor(doubles(x, y))
    case (.integers(let x), .integers(let y)):
      return ONNXTensor(try zipped(x, y) { try integers($0, $1, a.elementType) }, as: a.elementType)
    default: throw a.unexpected("numbers")
    }
  }

  /// What a function makes of each pair of elements; the shapes broadcast.
  static func zipped<A, B, Result: TensorScalar>(
    _ a: Tensor<A>, _ b: Tensor<B>, _ function: (A, B) throws -> Result
  ) throws -> Tensor<Result> {
    let shape = try Extent.broadcast(a.shape, b.shape)
    let (x, y) = (a.broadcast(to: shape).scalars, b.broadcast(to: shape).scalars)
    return Tensor(try zip(x, y).map { try function($0, $1) }, shape: shape)
  }

  private static func mean(_ call: OperatorCall) throws -> [ONNXValue] {
    let tensors = try call.tensors()
    guard let first = tensors.first else { throw ONNXError("At least one input is needed.") }
    let sum = try tensors.dropFirst().reduce(try first.numbers()) { sum, next in
      _ = try Extent.broadcast(sum.shape, next.shape)
      return sum + (try next.numbers())
    }
    return call.result(sum / Double(tensors.count), like: first)
  }

  private static func modulo(_ call: OperatorCall) throws -> [ONNXValue] {
    let cuts = call.integer("fmod", 0) == 1
    func remainder(_ a: Double, _ b: Double) -> Double {
      if cuts { return fmod(a, b) }
      let rest = fmod(a, b)
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
    }
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    if a.elementType.isFloat { return call.result(try zipped(try a.numbers(), try b.numbers(), remainder), like: a) }
    func wholeRemainder(_ a: Int, _ b: Int, _ type: ONNXElementType) throws -> Int {
      guard b != 0 else { throw ONNXError("A whole number is divided by zero.") }
      if type == .uint64 { return Int(bitPattern: UInt(bitPattern: a) % UInt(bitPattern: b)) }
      let rest = a.remainderReportingOverflow(dividingBy: b).partialValue
      return !cuts && rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
    }
    return call.result(try join(a, b, { a, _ in a }, { a, _ in a }, wholeRemainder))
  }

  private static func power(_ call: OperatorCall) throws -> [ONNXValue] {
    let (base, exponent) = (try call.tensor(0), try call.tensor(1))
    _ = try Extent.broadcast(base.shape, exponent.shape)
    if case .floats(let x) = base.elements, case .floats(let y) = exponent.elements {
      if y.count == 1, y.scalars[0] == 2 {
        let shape = try Extent.broadcast(x.shape, y.shape)
        return call.result(ONNXTensor((x * x).reshaped(to: shape), as: base.elementType))
      }
      return call.result(ONNXTensor(Tensor.applying(.pow, x, y), as: base.elementType))
    }
    if case .integers(let x) = base.elements, case .integers(let y) = exponent.elements {
      return call.result(ONNXTensor(try zipped(x, y, whole), as: base.elementType))
    }
    let result = Matrix.applying(.pow, try base.numbers(), try exponent.numbers())
    if base.elementType.isFloat { return call.result(result, like: base) }
    return call.result(try ONNXTensor(result).cast(to: base.elementType))
  }

  private static func whole(_ base: Int, _ exponent: Int) throws -> Int {
    guard exponent >= 0 else { throw ONNXError("A whole number is raised to the power \(exponent), a fraction.") }
    var (result, square, rest) = (1, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }

  private static func bitwise(_ call: OperatorCall, _ join: (Int, Int) -> Int) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    return call.result(
      ONNXTensor(try zipped(try x.integers(), try call.tensor(1).integers(), join), as: x.elementType))
  }

  private static func shifted(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let isLeft = call.text("direction", "") == "LEFT"
    return call.result(
      ONNXTensor(
        try zipped(try x.integers(), try call.tensor(1).integers()) { value, places in
          // Beyond the width everything is pushed out; a negative number stays negative to the right.
          let isInside = places >= 0 && places < x.elementType.bitCount ?? 64
          if isLeft { return isInside ? value << places : 0 }
          if x.elementType.isUnsigned { return isInside ? Int(bitPattern: UInt(bitPattern: value) >> UInt(places)) : 0 }
          return value >> (isInside ? places : 63)
        }, as: x.elementType))
  }
}
