import MartletNets
import MartletNumerics

extension OperatorCall {
  /// A single tensor as the result.
  func result(_ tensor: ONNXTensor) -> [ONNXValue] { [.tensor(tensor)] }

  /// Numbers that were computed in double precision, in the type of an operand.
  func result(_ tensor: Matrix, like other: ONNXTensor) -> [ONNXValue] {
    [.tensor(ONNXTensor(tensor, as: other.elementType))]
  }

  /// An operand that must hold numbers with a fraction.
  func floating(_ place: Int) throws -> ONNXTensor {
    let tensor = try tensor(place)
    guard tensor.elementType.isFloat else { throw tensor.unexpected("numbers with a fraction") }
    return tensor
  }

  /// A function of one number, computed in double precision.
  func mapped(_ function: (Double) -> Double) throws -> [ONNXValue] {
    let x = try floating(0)
    return result(try x.numbers().map(function), like: x)
  }

  /// A function of the first operand, which has a loop for each precision.
  func computed(
    _ floats: (Tensor<Float>) throws -> Tensor<Float>, _ doubles: (Matrix) throws -> Matrix
  ) throws -> [ONNXValue] {
    let x = try floating(0)
    switch x.elements {
    case .floats(let tensor): return result(ONNXTensor(try floats(tensor), as: x.elementType))
    default: return result(ONNXTensor(try doubles(x.doublesOnly())))
    }
  }

  /// The same for what networks have: a layer's function without a tape.
  func layered(
    _ floats: (Variable<Float>) throws -> Variable<Float>, _ doubles: (Variable<Double>) throws -> Variable<Double>
  ) throws -> [ONNXValue] {
    try computed({ try floats(Variable($0)).value }, { try doubles(Variable($0)).value })
  }
}

extension ONNXTensor {
  /// Numbers in the precision of networks: `Float` for float and smaller, `Double` for double.
  func scalars<Scalar: NetScalar>(as: Scalar.Type) throws -> Tensor<Scalar> {
    switch elements {
    case .floats(let tensor): if let same = tensor as? Tensor<Scalar> { return same }
    case .doubles(let tensor): if let same = tensor as? Tensor<Scalar> { return same }
    default: break
    }
    throw unexpected(Scalar.self == Float.self ? "float" : "double")
  }

  init<Scalar: NetScalar>(scalars: Tensor<Scalar>, as type: ONNXElementType) {
    if let floats = scalars as? Tensor<Float> {
      self.init(floats, as: type)
    } else {
      // There are two types that networks compute with.
      self.init(scalars as! Matrix, as: type)
    }
  }
}
