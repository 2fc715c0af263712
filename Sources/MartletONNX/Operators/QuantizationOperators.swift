import Foundation
import MartletNumerics

/// Numbers as a few bits, a scale and a zero point.
enum QuantizationOperators {
  static let table: [String: ONNXOperator] = [
    "QuantizeLinear": quantize, "DequantizeLinear": dequantize, "DynamicQuantizeLinear": dynamic,
    "QLinearMatMul": product, "MatMulInteger": integerProduct, "ConvInteger": integerConvolution,
    "QLinearConv": convolution,
  ]

  /// A scale or zero point stretched to the shape of what it belongs to: one for all, for each part of an axis, or for each
  /// block along it.
  private static func stretched(_ scale: Matrix, _ shape: [Int], _ call: OperatorCall) throws -> Matrix {
    if scale.count == 1 { return scale.reshaped(to: []) }
    let axis = try Extent.axis(call.integer("axis", 1), shape.count)
    let block = call.integer("block_size", 0)
    if block > 0, scale.rank == shape.count {
      guard block <= max(1, shape[axis]) else {
        throw ONNXError("Blocks of \(block) do not fit axis \(axis) of \(shape).")
      }
      let repeated = scale.repeated(block, axis: axis)
      guard repeated.shape[axis] >= shape[axis] else { throw ONNXError("Scales \(scale.shape) do not cover \(shape).") }
      let cut = repeated.split(at: [shape[axis]], axis: axis)[0]
      guard cut.shape == shape else { throw ONNXError("Scales \(scale.shape) do not fit \(shape).") }
      return cut
    }
    guard scale.shape == [shape[axis]] else {
      throw ONNXError("Scales \(scale.shape) do not fit axis \(axis) of \(shape).")
    }
    return scale.reshaped(to: shape.indices.map { $0 == axis ? shape[axis] : 1 })
  }

  private static func quantize(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let zero = try call.optional(2)
    let type = try zero?.elementType ?? call.elementType("output_dtype") ?? .uint8
    let scale = try stretched(try call.numbers(1), x.shape, call)
    // In single precision, as it is meant: a number in the middle must not move.
    let scaled = x.elementType == .float ? (try x.floats() / scale.asFloat).asDouble : try x.numbers() / scale
    if type.isFloat {
      return call.result(try ONNXTensor(scaled).cast(to: type, saturates: call.integer("saturate", 1) == 1))
    }
    let offset = try zero.map { try stretched(try $0.numbers(), x.shape, call) } ?? Matrix(scalar: 0)
    return call.result(saturated(scaled.map { $0.rounded(.toNearestOrEven) } + offset, type))
  }

  /// The nearest whole numbers that a type has.
  private static func saturated(_ x: Matrix, _ type: ONNXElementType) -> ONNXTensor {
    ONNXTensor(x.map { type.saturated($0) }, as: type)
  }

  private static func dequantize(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, scale) = (try call.tensor(0), try call.tensor(1))
    var numbers = try x.numbers()
    if let zero = try call.optionalNumbers(2) { numbers = numbers - (try stretched(zero, x.shape, call)) }
    let result = numbers * (try stretched(try scale.numbers(), x.shape, call))
    return call.result(ONNXTensor(result, as: try call.elementType("output_dtype") ?? scale.elementType))
  }

  private static func dynamic(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.numbers(0)
    guard x.count > 0 else { throw ONNXError("There is nothing whose range could be taken.") }
    let (low, high) = (Swift.min(0, x.min()), Swift.max(0, x.max()))
    let scale = high == low ? 1 : Double((Float(high) - Float(low)) / 255)
    let zero = max(0, min(255, Double(Float(-low) / Float(scale)).rounded(.toNearestOrEven)))
    return [
      .tensor(saturated((x.asFloat / Float(scale)).asDouble.map { $0.rounded(.toNearestOrEven) } + zero, .uint8)),
      .tensor(ONNXTensor(Matrix(scalar: scale), as: .float)), .tensor(saturated(Matrix(scalar: zero), .uint8)),
    ]
  }

  private static func centred(_ call: OperatorCall, _ place: Int, zero: Int, perRow: Bool) throws -> Matrix {
    let x = try call.numbers(place)
    guard let zero = try call.optionalNumbers(zero) else { return x }
    if zero.count > 1, zero.rank == 1, perRow { return x - zero.reshaped(-1, 1) }
    _ = try Extent.broadcast(x.shape, zero.shape)
    return zero.count == 1 ? x - zero.scalars[0] : x - zero
  }

  private static func integerProduct(_ call: OperatorCall) throws -> [ONNXValue] {
    let product = try MatrixOperators.product(
      try centred(call, 0, zero: 2, perRow: true), try centred(call, 1, zero: 3, perRow: false))
    return call.result(try ONNXTensor(product).cast(to: .int32))
  }

  private static func product(_ call: OperatorCall) throws -> [ONNXValue] {
    let product = try MatrixOperators.product(
      try centred(call, 0, zero: 2, perRow: true), try centred(call, 3, zero: 5, perRow: false))
    func scale(_ place: Int, perRow: Bool) throws -> Matrix {
      let scale = try call.numbers(place)
      if scale.count == 1 { return Matrix(scalar: scale.scalars[0]) }
      return perRow && scale.rank == 1 ? scale.reshaped(-1, 1) : scale
    }
    let factor = try scale(1, perRow: true) * scale(4, perRow: false) / scale(6, perRow: true)
    _ = try Extent.broadcast(product.shape, factor.shape)
    let (zero, type) = (try call.numbers(7), try call.tensor(7).elementType)
    let rounded = (product * factor).map { $0.rounded(.toNearestOrEven) }
    return call.result(saturated(rounded + (zero.count == 1 ? Matrix(scalar: zero.scalars[0]) : zero), type))
  }

  private static func integerConvolution(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try centred(call, 0, zero: 2, perRow: false)
    let weight = try perOutput(try call.numbers(1), try call.optionalNumbers(3)) { $0 - $1 }
    return call.result(try ONNXTensor(try ConvolutionOperators.convolved(call, x, weight, nil)).cast(to: .int32))
  }

  /// One number for everything, or for each of a weight's outputs.
  private static func perOutput(_ weight: Matrix, _ numbers: Matrix?, _ join: (Matrix, Matrix) -> Matrix) throws
    -> Matrix
  {
    guard let numbers else { return weight }
    if numbers.count == 1 { return join(weight, Matrix(scalar: numbers.scalars[0])) }
    guard numbers.shape == [weight.shape.first ?? 0] else {
      throw ONNXError("\(numbers.count) numbers do not fit weights \(weight.shape).")
    }
    return join(weight, numbers.reshaped(to: [-1] + weight.shape.dropFirst().map { _ in 1 }))
  }

  private static func convolution(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try centred(call, 0, zero: 2, perRow: false) * (try call.numbers(1).scalar1)
    let centredWeight = try perOutput(try call.numbers(3), try call.numbers(5)) { $0 - $1 }
    let scale = try call.numbers(4)
    let weight = try perOutput(centredWeight, scale) { $0 * $1 }
    let bias = try call.optionalNumbers(8).map { try perOutput($0 * (try call.numbers(1).scalar1), scale) { $0 * $1 } }
    let result = try ConvolutionOperators.convolved(call, x, weight, bias) / (try call.numbers(6).scalar1)
    let zero = try call.tensor(7)
    return call.result(
      saturated(result.map { $0.rounded(.toNearestOrEven) } + (try zero.numbers().scalar1), zero.elementType))
  }
}
