import Foundation
import MartletNumerics

/// Tensors out of nothing but a few numbers.
enum CreationOperators {
  static let table: [String: ONNXOperator] = [
    "Constant": constant, "ConstantOfShape": constantOfShape, "Range": range, "EyeLike": eyeLike,
    "RandomNormal": { try random($0, $0.integers("shape") ?? [], isNormal: true) },
    "RandomUniform": { try random($0, $0.integers("shape") ?? [], isNormal: false) },
    "RandomNormalLike": { try random($0, try $0.tensor(0).shape, isNormal: true) },
    "RandomUniformLike": { try random($0, try $0.tensor(0).shape, isNormal: false) },
    "Bernoulli": bernoulli,
  ]

  private static func constant(_ call: OperatorCall) throws -> [ONNXValue] {
    if let tensor = call.tensor("value") { return call.result(tensor) }
    switch call.node.attributes.first?.value {
    case .number(let value)?: return call.result(ONNXTensor(Tensor(scalar: value)))
    case .integer(let value)?: return call.result(ONNXTensor(Tensor(scalar: value)))
    case .text(let value)?: return call.result(ONNXTensor([value], shape: []))
    case .numbers(let values)?: return call.result(ONNXTensor(Tensor(values)))
    case .integers(let values)?: return call.result(ONNXTensor(Tensor(values)))
    case .texts(let values)?: return call.result(ONNXTensor(values, shape: [values.count]))
    default: throw ONNXError("The constant has no value that is read.")
    }
  }

  private static func constantOfShape(_ call: OperatorCall) throws -> [ONNXValue] {
    let shape = try call.integers(0)
    try Extent.count(shape)
    let value = call.tensor("value") ?? ONNXTensor(Tensor<Float>([0]))
    return call.result(try value.reshaped([]).broadcast(to: shape))
  }

  private static func range(_ call: OperatorCall) throws -> [ONNXValue] {
    let start = try call.tensor(0)
    let (first, end, step) = (try call.numbers(0).scalar1, try call.numbers(1).scalar1, try call.numbers(2).scalar1)
    guard step != 0 else { throw ONNXError("A range needs a step that is not zero.") }
    let count = max(0, ((end - first) / step).rounded(.up))
    guard count <= Double(Extent.most) else { throw ONNXError("A range of \(count) numbers is asked for.") }
    if case .integers(let whole) = start.elements {
      let (first, step) = (whole.scalars[0], try call.integer(2))
      return call.result(ONNXTensor(Tensor((0..<Int(count)).map { first &+ $0 &* step }), as: start.elementType))
    }
    return call.result(Matrix((0..<Int(count)).map { first + Double($0) * step }), like: start)
  }

  private static func eyeLike(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    guard x.rank == 2 else { throw ONNXError("A matrix is needed; the shape is \(x.shape).") }
    let offset = call.integer("k", 0)
    let ones = Matrix(
      (0..<x.count).map { $0 % x.shape[1] - $0 / x.shape[1] == offset ? 1 : 0 }, shape: x.shape)
    return call.result(try ONNXTensor(ones).cast(to: try call.elementType("dtype") ?? x.elementType))
  }

  /// The numbers depend on the seed alone; without one, on the node's name.
  private static func generator(_ call: OperatorCall) -> PCG64 {
    let seed = call.number("seed", 0)
    return PCG64(seed: seed.bitPattern ^ call.node.name.utf8.reduce(0) { ($0 &* 31) &+ UInt64($1) })
  }

  private static func random(_ call: OperatorCall, _ shape: [Int], isNormal: Bool) throws -> [ONNXValue] {
    var random = generator(call)
    let count = try Extent.count(shape)
    let numbers: [Double]
    if isNormal {
      let (mean, scale) = (call.number("mean", 0), call.number("scale", 1))
      numbers = (0..<count).map { _ in mean + scale * random.normal() }
    } else {
      let (low, high) = (call.number("low", 0), call.number("high", 1))
      numbers = (0..<count).map { _ in low + (high - low) * random.uniform() }
    }
    return call.result(try ONNXTensor(Matrix(numbers, shape: shape)).cast(to: try call.elementType("dtype") ?? .float))
  }

  private static func bernoulli(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    var random = generator(call)
    let drawn = try x.numbers().map { random.uniform() < $0 ? 1.0 : 0 }
    return call.result(try ONNXTensor(drawn).cast(to: try call.elementType("dtype") ?? x.elementType))
  }
}

extension Tensor {
  /// The only element, whatever the number of axes.
  var scalar1: Scalar {
    get throws {
      guard count == 1 else { throw ONNXError("A single number is needed; the shape is \(shape).") }
      return scalars[0]
    }
  }
}
