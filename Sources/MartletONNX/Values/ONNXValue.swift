import MartletNumerics

/// What flows between the nodes of a model: a tensor, a list of values, a map, or nothing.
public indirect enum ONNXValue: Sendable {
  case tensor(ONNXTensor)
  case sequence([ONNXValue])
  /// A map as classifiers of scikit-learn give it: a number for each class.
  case map([ONNXMapEntry])
  /// An optional value that is not there.
  case none

  var kind: String {
    switch self {
    case .tensor(let tensor): "a tensor of \(tensor.elementType) and shape \(tensor.shape)"
    case .sequence(let values): "a sequence of \(values.count)"
    case .map(let entries): "a map of \(entries.count)"
    case .none: "nothing"
    }
  }
}

/// A key of a map and its number.
public struct ONNXMapEntry: Sendable, Equatable {
  /// What the number belongs to: a text, or a whole number written as text.
  public let key: String
  /// The number.
  public let value: Double
}

/// What a model may be given: a ``Tensor``, an ``ONNXTensor`` or any other ``ONNXValue``.
public protocol ONNXInput: Sendable {
  /// The value as it enters the model.
  var onnxValue: ONNXValue { get }
}
extension ONNXValue: ONNXInput { public var onnxValue: ONNXValue { self } }
extension ONNXTensor: ONNXInput { public var onnxValue: ONNXValue { .tensor(self) } }
extension Tensor: ONNXInput where Scalar: ONNXScalar {
  public var onnxValue: ONNXValue { .tensor(Scalar._onnx(self)) }
}

extension ONNXTensor {
  /// A tensor of one of ONNX's types that `Tensor` has too.
  public init<Scalar: ONNXScalar>(_ tensor: Tensor<Scalar>) { self = Scalar._onnx(tensor) }
}

extension ONNXValue {
  /// The tensor with elements of one type; smaller types of the same kind are widened.
  ///
  ///     let labels = try outputs["label"]!.tensor(of: Int.self)
  /// - Throws: ``ONNXError`` when it is no such tensor.
  public func tensor<Scalar: ONNXScalar>(of type: Scalar.Type = Scalar.self) throws(ONNXError) -> Tensor<Scalar> {
    guard case .tensor(let tensor) = self, let found = Scalar._tensor(tensor) else {
      throw ONNXError("A tensor of \(Scalar.onnxType) was asked for; there is \(kind).")
    }
    return found
  }

  /// The texts of a tensor, in row-major order.
  /// - Throws: ``ONNXError`` when it is no tensor of texts.
  public func texts() throws(ONNXError) -> [String] {
    guard case .tensor(let tensor) = self, let texts = tensor.texts else {
      throw ONNXError("A tensor of string was asked for; there is \(kind).")
    }
    return texts
  }
}
