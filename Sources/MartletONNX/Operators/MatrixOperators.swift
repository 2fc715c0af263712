import MartletNets
import MartletNumerics

/// Products of matrices.
enum MatrixOperators {
  static let table: [String: ONNXOperator] = [
    "MatMul": matMul, "Gemm": gemm, "Einsum": einsum, "Det": determinant,
  ]

  /// `a • b`; the last two axes are matrices, the others broadcast, and a single axis is a row or a column.
  static func product<Scalar: NetScalar>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) throws -> Tensor<Scalar> {
    guard a.rank > 0, b.rank > 0 else {
      throw ONNXError("A product of matrices needs axes; found \(a.shape) and \(b.shape).")
    }
    let left = a.rank == 1 ? a.addingAxis(0) : a
    let right = b.rank == 1 ? b.addingAxis(1) : b
    guard left.shape[left.rank - 1] == right.shape[right.rank - 2] else {
      throw ONNXError("A product of matrices needs as many columns as rows: found \(a.shape) and \(b.shape).")
    }
    let outer = try Extent.broadcast(Array(left.shape.dropLast(2)), Array(right.shape.dropLast(2)))
    var shape = outer + [left.shape[left.rank - 2], right.shape[right.rank - 1]]
    let result =
      try Extent.count(shape) == 0 || left.shape[left.rank - 1] == 0
      ? .zeros(shape: shape) : (Variable(left) • Variable(right)).value
    if a.rank == 1 { shape.remove(at: shape.count - 2) }
    if b.rank == 1 { shape.removeLast() }
    return result.reshaped(to: shape)
  }

  static func product(_ a: ONNXTensor, _ b: ONNXTensor) throws -> ONNXTensor {
    guard a.elementType == b.elementType else {
      throw ONNXError("Both inputs are to be of one type; found \(a.elementType) and \(b.elementType).")
    }
    switch (a.elements, b.elements) {
    case (.floats(let x), .floats(let y)): return ONNXTensor(try product(x, y), as: a.elementType)
    case (.doubles(let x), .doubles(let y)): return ONNXTensor(try product(x, y))
    default: return try ONNXTensor(try product(try a.numbers(), try b.numbers())).cast(to: a.elementType)
    }
  }

  private static func matMul(_ call: OperatorCall) throws -> [ONNXValue] {
    call.result(try product(try call.tensor(0), try call.tensor(1)))
  }

  /// `alpha · a b + beta · c`.
  private static func gemm(_ call: OperatorCall) throws -> [ONNXValue] {
    func oriented(_ place: Int, _ name: String) throws -> ONNXTensor {
      let x = try call.tensor(place)
      guard x.rank == 2 else { throw ONNXError("Input \(place) is to be a matrix; its shape is \(x.shape).") }
      return call.integer(name, 0) == 1 ? try x.transposed([1, 0]) : x
    }
    let (a, b, c) = (try oriented(0, "transA"), try oriented(1, "transB"), try call.optional(2))
    let (alpha, beta) = (call.number("alpha", 1), call.number("beta", 1))
    let shape = [a.shape[0], b.shape[1]]
    if let c, try Extent.broadcast(c.shape, shape) != shape {
      throw ONNXError("A summand of shape \(c.shape) does not fit a product of shape \(shape).")
    }
    func sum<Scalar: NetScalar>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ c: Tensor<Scalar>?) throws -> Tensor<Scalar>
    {
      var result = try product(a, b)
      if alpha != 1 { result = result * Scalar(alpha) }
      if let c { result += beta == 1 ? c : c * Scalar(beta) }
      return result
    }
    switch (a.elements, b.elements) {
    case (.floats(let x), .floats(let y)):
      return call.result(ONNXTensor(try sum(x, y, try c?.floats()), as: a.elementType))
    case (.doubles(let x), .doubles(let y)): return call.result(ONNXTensor(try sum(x, y, try c?.doublesOnly())))
    default:
      let result = try sum(try a.numbers(), try b.numbers(), try c?.numbers())
      return call.result(try ONNXTensor(result).cast(to: a.elementType))
    }
  }

  private static func einsum(_ call: OperatorCall) throws -> [ONNXValue] {
    let tensors = try call.tensors()
    let text = call.text("equation", "").filter { $0 != " " }
    try EinsumCheck.check(text, tensors.map(\.shape))
    guard let first = tensors.first else { throw ONNXError("At least one input is needed.") }
    return call.result(Matrix.einsum(text, try tensors.map { try $0.numbers() }), like: first)
  }

  private static func determinant(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    guard x.rank >= 2, x.shape[x.rank - 1] == x.shape[x.rank - 2] else {
      throw ONNXError("A determinant needs square matrices; the shape is \(x.shape).")
    }
    let size = x.shape[x.rank - 1]
    let scalars = try x.numbers().scalars
    let outer = Array(x.shape.dropLast(2))
    let values = try (0..<outer.reduce(1, *)).map {
      try Matrix(Array(scalars[$0 * size * size..<($0 + 1) * size * size]), shape: [size, size]).determinant()
    }
    return call.result(Matrix(values, shape: outer), like: x)
  }
}

/// Refuses what ``Tensor/einsum(_:_:)-([Tensor])`` would stop at.
private enum EinsumCheck {
  static func check(_ text: String, _ shapes: [[Int]]) throws {
    let sides = text.components("->")
    let terms = sides[0].components(",")
    guard sides.count <= 2, terms.count == shapes.count else {
      throw ONNXError("The equation '\(text)' does not fit \(shapes.count) inputs.")
    }
    var lengths: [Character: Int] = [:]
    var unnamedShape: [Int] = []
    for (term, shape) in zip(terms, shapes) {
      let parts = term.components("...")
      guard parts.count <= 2, parts.joined().allSatisfy(\.isLetter) else {
        throw ONNXError("The equation '\(text)' cannot be read.")
      }
      let labels = Array(parts.joined())
      let unnamed = shape.count - labels.count
      guard parts.count == 2 ? unnamed >= 0 : unnamed == 0 else {
        throw ONNXError("The term '\(term)' of '\(text)' does not fit a tensor of shape \(shape).")
      }
      let front = parts[0].count
      if parts.count == 2 { unnamedShape = try Extent.broadcast(unnamedShape, Array(shape[front..<front + unnamed])) }
      for (place, label) in labels.enumerated() {
        let length = shape[place < front ? place : place + unnamed]
        if let known = lengths[label], known != length {
          throw ONNXError("'\(label)' of '\(text)' is \(known) long and \(length).")
        }
        lengths[label] = max(lengths[label] ?? 0, length)
      }
    }
    guard sides.count == 2 else { return }
    let parts = sides[1].components("...")
    let labels = Array(parts.joined())
    guard parts.count <= 2, Set(labels).count == labels.count, labels.allSatisfy({ lengths[$0] != nil }) else {
      throw ONNXError("The result '\(sides[1])' of '\(text)' cannot be made.")
    }
    try Extent.count(labels.map { lengths[$0] ?? 1 } + (parts.count == 2 ? unnamedShape : []))
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
