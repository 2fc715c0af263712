import Foundation
import MartletNumerics

/// A tensor of any of the types that tensors have.
enum ONNXTensor {
  case float(Tensor<Float>)
  case double(Tensor<Double>)
  case int(Tensor<Int>)
  case int32(Tensor<Int32>)
  case uint8(Tensor<UInt8>)
  case bool(Tensor<Bool>)

  init<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>) {
    switch tensor {
    case let tensor as Tensor<Float>: self = .float(tensor)
    case let tensor as Tensor<Double>: self = .double(tensor)
    case let tensor as Tensor<Int>: self = .int(tensor)
    case let tensor as Tensor<Int32>: self = .int32(tensor)
    case let tensor as Tensor<UInt8>: self = .uint8(tensor)
    case let tensor as Tensor<Bool>: self = .bool(tensor)
    default: fatalError("There is no such tensor.")
    }
  }

  /// The tensor, which is of this type.
  func typed<Scalar: TensorScalar>(_ type: Scalar.Type = Scalar.self) throws -> Tensor<Scalar> {
    let any: Any =
      switch self {
      case .float(let tensor): tensor
      case .double(let tensor): tensor
      case .int(let tensor): tensor
      case .int32(let tensor): tensor
      case .uint8(let tensor): tensor
      case .bool(let tensor): tensor
      }
    guard let tensor = any as? Tensor<Scalar> else { throw ONNXNode.Unsupported(reason: "another type of input") }
    return tensor
  }

  var shape: [Int] {
    switch self {
    case .float(let tensor): tensor.shape
    case .double(let tensor): tensor.shape
    case .int(let tensor): tensor.shape
    case .int32(let tensor): tensor.shape
    case .uint8(let tensor): tensor.shape
    case .bool(let tensor): tensor.shape
    }
  }

  /// The elements in double precision, which holds those of the test cases exactly.
  var numbers: [Double] {
    switch self {
    case .float(let tensor): tensor.asDouble.scalars
    case .double(let tensor): tensor.scalars
    case .int(let tensor): tensor.asDouble.scalars
    case .int32(let tensor): tensor.asDouble.scalars
    case .uint8(let tensor): tensor.asDouble.scalars
    case .bool(let tensor): tensor.asDouble.scalars
    }
  }

  var typeName: String {
    switch self {
    case .float: "f4"
    case .double: "f8"
    case .int: "i8"
    case .int32: "i4"
    case .uint8: "u1"
    case .bool: "b1"
    }
  }

  /// Whether type, shape and numbers are the same, up to rounding in single or double precision.
  func agrees(with other: ONNXTensor) -> Bool {
    guard typeName == other.typeName, shape == other.shape else { return false }
    let tolerance = typeName == "f4" ? 1e-5 : typeName == "f8" ? 1e-12 : 0
    return zip(numbers, other.numbers).allSatisfy { a, b in
      a == b || (a.isNaN && b.isNaN) || abs(a - b) <= tolerance * max(1, abs(b))
    }
  }
}

/// One of the ONNX project's test cases.
struct ONNXNode: Decodable {
  /// What tensors have no operation for.
  struct Unsupported: Error { let reason: String }

  struct Stored: Decodable {
    let type: String
    let shape: [Int]
    let data: Data

    var tensor: ONNXTensor {
      func scalars<Scalar>(_: Scalar.Type) -> [Scalar] {
        data.withUnsafeBytes { Array($0.bindMemory(to: Scalar.self)) }
      }
      switch type {
      case "f4": return .float(Tensor(scalars(Float.self), shape: shape))
      case "f8": return .double(Tensor(scalars(Double.self), shape: shape))
      case "i8": return .int(Tensor(scalars(Int.self), shape: shape))
      case "i4": return .int32(Tensor(scalars(Int32.self), shape: shape))
      case "u1": return .uint8(Tensor(scalars(UInt8.self), shape: shape))
      default: return .bool(Tensor(scalars(UInt8.self).map { $0 != 0 }, shape: shape))
      }
    }
  }
  struct Attribute: Decodable {
    let numbers: [Double]?
    let text: String?
  }

  let name: String
  let `operator`: String
  let version: Int
  let attributes: [String: Attribute]
  let inputs: [Stored?]
  let outputs: [Stored]
  let outputCount: Int

  func number(_ name: String, _ usual: Int) -> Int { attributes[name]?.numbers.map { Int($0[0]) } ?? usual }
  func real(_ name: String, _ usual: Double) -> Double { attributes[name]?.numbers?[0] ?? usual }
  func list(_ name: String) -> [Int]? { attributes[name]?.numbers.map { $0.map { Int($0) } } }
  func text(_ name: String) -> String? { attributes[name]?.text }
  func isThere(_ place: Int) -> Bool { place < inputs.count && inputs[place] != nil }

  func input<Scalar: TensorScalar>(_ place: Int, _ type: Scalar.Type = Scalar.self) throws -> Tensor<Scalar> {
    guard isThere(place), let stored = inputs[place] else { throw Unsupported(reason: "a missing input") }
    return try stored.tensor.typed()
  }

  /// An input of whole numbers.
  func integers(_ place: Int) throws -> Tensor<Int> {
    guard let stored = isThere(place) ? inputs[place] : nil else { throw Unsupported(reason: "a missing input") }
    return Tensor(stored.tensor.numbers.map { Int($0) }, shape: stored.shape)
  }
}
