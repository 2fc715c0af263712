import MartletNumerics

/// A tensor of any of ONNX's types of element.
///
/// `Tensor` knows fewer types than ONNX. Whole numbers of every width are kept as `Int`, numbers of 16 bits and fewer as
/// `Float`, and ``elementType`` says what they are: every operation rounds or wraps its results to that type.
///
///     let names = ONNXTensor(["red", "blue"], shape: [2, 1])
///     let pixels = try ONNXTensor(Tensor<Int>([0, 128, 255])).cast(to: .uint8)
public struct ONNXTensor: Sendable {
  /// What the elements are.
  public let elementType: ONNXElementType
  let elements: Elements

  /// The elements in the widest type that is needed.
  enum Elements: Sendable {
    /// float and smaller.
    case floats(Tensor<Float>)
    case doubles(Matrix)
    /// Every type of whole number; uint64 as its bits.
    case integers(Tensor<Int>)
    case truths(Tensor<Bool>)
    /// Texts, each once, and for each element the place of its text.
    case texts([String], Tensor<Int>)
  }

  init(_ elements: Elements, as type: ONNXElementType) { (self.elements, elementType) = (elements, type) }

  /// Texts in row-major order. Stops the cell where their number is not the product of `shape`.
  public init(_ texts: [String], shape: [Int]) {
    self.init(.texts(texts, Tensor(Array(texts.indices), shape: shape)), as: .string)
  }

  init(_ tensor: Tensor<Float>) { self.init(.floats(tensor), as: .float) }
  init(_ tensor: Matrix) { self.init(.doubles(tensor), as: .double) }
  init(_ tensor: Tensor<Int>) { self.init(.integers(tensor), as: .int64) }
  init(_ tensor: Tensor<Bool>) { self.init(.truths(tensor), as: .bool) }

  /// Numbers of a type of single precision or less, rounded to it.
  init(_ tensor: Tensor<Float>, as type: ONNXElementType) {
    let small = type.smallFloat
    self.init(
      .floats(small.map { small in tensor.map { Float(small.rounded(Double($0), saturates: false)) } } ?? tensor),
      as: type)
  }
  /// Whole numbers, wrapped to a type.
  init(_ tensor: Tensor<Int>, as type: ONNXElementType) {
    let fits = (type.bitCount ?? 64) == 64
    self.init(.integers(fits ? tensor : tensor.map { type.wrapped($0) }), as: type)
  }
  /// Numbers that were computed in double precision, rounded to a type of numbers with a fraction.
  init(_ tensor: Matrix, as type: ONNXElementType) {
    switch type {
    case .double: self.init(tensor)
    case .float: self.init(tensor.asFloat)
    case _ where type.isFloat: self.init(tensor.asFloat, as: type)
    // Only texts can fail to become another type.
    default: self = try! ONNXTensor(tensor).cast(to: type)
    }
  }

  /// How many elements there are along each axis.
  public var shape: [Int] {
    switch elements {
    case .floats(let tensor): tensor.shape
    case .doubles(let tensor): tensor.shape
    case .integers(let tensor): tensor.shape
    case .truths(let tensor): tensor.shape
    case .texts(_, let places): places.shape
    }
  }
  /// The number of axes.
  public var rank: Int { shape.count }
  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements of a tensor of texts, in row-major order; `nil` for numbers.
  public var texts: [String]? {
    guard case .texts(let texts, let places) = elements else { return nil }
    return places.scalars.map { texts[$0] }
  }

  /// Every number in double precision, truth values as one and zero; `nil` for texts.
  public var doubles: Matrix? {
    switch elements {
    case .floats(let tensor): tensor.asDouble
    case .doubles(let tensor): tensor
    case .integers(let tensor):
      elementType == .uint64 ? tensor.map { Double(UInt64(bitPattern: Int64($0))) } : tensor.asDouble
    case .truths(let tensor): tensor.asDouble
    case .texts: nil
    }
  }
}

/// A scalar that tensors have and ONNX too: `Float`, `Double`, `Int`, `Int32`, `UInt8` or `Bool`.
public protocol ONNXScalar: TensorScalar {
  /// ONNX's name for it.
  static var onnxType: ONNXElementType { get }
  static func _onnx(_ tensor: Tensor<Self>) -> ONNXTensor
  static func _tensor(_ tensor: ONNXTensor) -> Tensor<Self>?
}

extension Float: ONNXScalar {
  public static var onnxType: ONNXElementType { .float }
  public static func _onnx(_ tensor: Tensor<Float>) -> ONNXTensor { ONNXTensor(tensor) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<Float>? {
    if case .floats(let tensor) = tensor.elements { tensor } else { nil }
  }
}
extension Double: ONNXScalar {
  public static var onnxType: ONNXElementType { .double }
  public static func _onnx(_ tensor: Tensor<Double>) -> ONNXTensor { ONNXTensor(tensor) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<Double>? {
    if case .doubles(let tensor) = tensor.elements { tensor } else { nil }
  }
}
extension Int: ONNXScalar {
  public static var onnxType: ONNXElementType { .int64 }
  public static func _onnx(_ tensor: Tensor<Int>) -> ONNXTensor { ONNXTensor(tensor) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<Int>? {
    if case .integers(let whole) = tensor.elements, tensor.elementType != .uint64 { whole } else { nil }
  }
}
extension Int32: ONNXScalar {
  public static var onnxType: ONNXElementType { .int32 }
  public static func _onnx(_ tensor: Tensor<Int32>) -> ONNXTensor { ONNXTensor(.integers(tensor.asInt), as: .int32) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<Int32>? {
    guard tensor.elementType == .int32, case .integers(let tensor) = tensor.elements else { return nil }
    return tensor.asInt32
  }
}
extension UInt8: ONNXScalar {
  public static var onnxType: ONNXElementType { .uint8 }
  public static func _onnx(_ tensor: Tensor<UInt8>) -> ONNXTensor { ONNXTensor(.integers(tensor.asInt), as: .uint8) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<UInt8>? {
    guard tensor.elementType == .uint8, case .integers(let tensor) = tensor.elements else { return nil }
    return tensor.asUInt8
  }
}
extension Bool: ONNXScalar {
  public static var onnxType: ONNXElementType { .bool }
  public static func _onnx(_ tensor: Tensor<Bool>) -> ONNXTensor { ONNXTensor(tensor) }
  public static func _tensor(_ tensor: ONNXTensor) -> Tensor<Bool>? {
    if case .truths(let tensor) = tensor.elements { tensor } else { nil }
  }
}
