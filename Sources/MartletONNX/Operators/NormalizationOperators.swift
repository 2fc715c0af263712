import Foundation
import MartletNets
import MartletNumerics

/// Numbers shifted and scaled by what a batch, a layer, a group or a window has.
enum NormalizationOperators {
  static let table: [String: ONNXOperator] = [
    "BatchNormalization": batch, "LayerNormalization": layer, "RMSNormalization": rootMeanSquare,
    "InstanceNormalization": instance, "GroupNormalization": group, "LRN": localResponse, "LpNormalization": norm,
    "MeanVarianceNormalization": standard,
  ]

  private static func batch(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    guard x.rank >= 2 else { throw ONNXError("Batch normalisation needs channels; the shape is \(x.shape).") }
    let channels = x.shape[1]
    let given = try (1...4).map { try call.numbers($0) }
    guard given.allSatisfy({ $0.shape == [channels] }) else {
      throw ONNXError(
        "Scale, bias, mean and variance have a number for each of \(channels) channels; found \(given.map(\.shape)).")
    }
    let epsilon = call.number("epsilon", 1e-5)
    let shape = [channels] + [Int](repeating: 1, count: x.rank - 2)
    var (mean, variance) = (given[2], given[3])
    let isTraining = call.integer("training_mode", 0) == 1
    if isTraining {
      let numbers = try x.numbers()
      let axes = x.shape.indices.filter { $0 != 1 }
      mean = numbers.mean(axes: axes)
      variance = (numbers - mean.reshaped(to: shape)).map { $0 * $0 }.mean(axes: axes)
    }
    // One factor and one summand for each channel.
    let factor = given[0] / variance.map { ($0 + epsilon).squareRoot() }
    let summand = given[1] - mean * factor
    let result: ONNXTensor
    switch x.elements {
    case .floats(let floats):
      result = ONNXTensor(
        floats * factor.asFloat.reshaped(to: shape) + summand.asFloat.reshaped(to: shape), as: x.elementType)
    default: result = ONNXTensor(try x.numbers() * factor.reshaped(to: shape) + summand.reshaped(to: shape))
    }
    guard isTraining else { return call.result(result) }
    let momentum = call.number("momentum", 0.9)
    let running = [(given[2], mean), (given[3], variance)].map { $0 * momentum + $1 * (1 - momentum) }
    return [.tensor(result)]
      + (try running.enumerated().map { .tensor(ONNXTensor($1, as: try call.tensor(3 + $0).elementType)) })
  }

  /// The rows that are normalised: everything from an axis on.
  private struct Rows {
    let shape: [Int]
    let count, width: Int
    /// The shape of one number for each row.
    let kept: [Int]

    init(_ call: OperatorCall, _ x: ONNXTensor) throws {
      let axis = try Extent.axis(call.integer("axis", -1), x.rank)
      shape = x.shape
      (count, width) = (shape[..<axis].reduce(1, *), shape[axis...].reduce(1, *))
      kept = shape[..<axis] + shape[axis...].map { _ in 1 }
      guard width > 0 else { throw ONNXError("There is nothing to normalise in shape \(shape).") }
    }
  }

  private static func layer(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let rows = try Rows(call, x)
    let epsilon = call.number("epsilon", 1e-5)
    if case .floats(let floats) = x.elements, x.elementType == .float, !call.isWanted(1), !call.isWanted(2) {
      let scale = try call.tensor(1).floats()
      let bias = try call.optional(2)?.floats()
      if scale.count == rows.width, bias == nil || bias!.count == rows.width {
        return call.result(ONNXTensor(quickly(floats, rows, scale.scalars, bias?.scalars, epsilon)))
      }
    }
    let numbers = try x.numbers().reshaped(rows.count, rows.width)
    let mean = numbers.mean(axis: 1, keepDimensions: true)
    let centred = numbers - mean
    let inverse = (centred * centred).mean(axis: 1, keepDimensions: true).map { 1 / ($0 + epsilon).squareRoot() }
    let scaled = try affine((centred * inverse).reshaped(to: rows.shape), call)
    return [.tensor(ONNXTensor(scaled, as: x.elementType))]
      + [mean, inverse].map { .tensor(ONNXTensor($0.reshaped(to: rows.kept).asFloat)) }
  }

  private static func affine(_ x: Matrix, _ call: OperatorCall) throws -> Matrix {
    let scale = try call.numbers(1)
    guard try Extent.broadcast(scale.shape, x.shape) == x.shape else {
      throw ONNXError("A scale of shape \(scale.shape) does not fit \(x.shape).")
    }
    guard let bias = try call.optionalNumbers(2) else { return x * scale }
    guard try Extent.broadcast(bias.shape, x.shape) == x.shape else {
      throw ONNXError("A bias of shape \(bias.shape) does not fit \(x.shape).")
    }
    return x * scale + bias
  }

  /// One pass for the mean, one for the spread, one for the result, while the row is in the cache.
  private static func quickly(
    _ x: Tensor<Float>, _ rows: Rows, _ scale: [Float], _ bias: [Float]?, _ epsilon: Double
  ) -> Tensor<Float> {
    let (source, width) = (x.scalars, rows.width)
    let scalars: [Float] = filledTensorBlock(source.count) { target in
      source.withUnsafeBufferPointer { source in
        Parallel.forEachRange(rows.count, length: max(1, (1 << 14) / width)) { _, range in
          for row in range {
            let x = UnsafeBufferPointer(rebasing: source[row * width..<(row + 1) * width])
            let y = target + row * width
            var sum = SIMD8<Float>.zero
            var rest: Float = 0
            let whole = width / 8 * 8
            for i in stride(from: 0, to: whole, by: 8) { sum += eight(x, i) }
            for i in whole..<width { rest += x[i] }
            let mean = (sum.sum() + rest) / Float(width)
            var squares = SIMD8<Float>.zero
            rest = 0
            for i in stride(from: 0, to: whole, by: 8) {
              let distance = eight(x, i) - mean
              squares += distance * distance
            }
            for i in whole..<width { rest += (x[i] - mean) * (x[i] - mean) }
            let factor = 1 / ((squares.sum() + rest) / Float(width) + Float(epsilon)).squareRoot()
            if let bias {
              for i in 0..<width { y[i] = (x[i] - mean) * factor * scale[i] + bias[i] }
            } else {
              for i in 0..<width { y[i] = (x[i] - mean) * factor * scale[i] }
            }
          }
        }
      }
    }
    return Tensor(scalars, shape: rows.shape)
  }

  @inline(__always)
  private static func eight(_ x: UnsafeBufferPointer<Float>, _ i: Int) -> SIMD8<Float> {
    // Within the row: `i` is a multiple of eight below the width.
    UnsafeRawPointer(x.baseAddress! + i).loadUnaligned(as: SIMD8<Float>.self)
  }

  private static func rootMeanSquare(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let rows = try Rows(call, x)
    let epsilon = call.number("epsilon", 1e-5)
    let numbers = try x.numbers().reshaped(rows.count, rows.width)
    let inverse = (numbers * numbers).mean(axis: 1, keepDimensions: true).map { 1 / ($0 + epsilon).squareRoot() }
    return call.result(try affine((numbers * inverse).reshaped(to: rows.shape), call), like: x)
  }

  private static func instance(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let (scale, bias) = (try call.numbers(1), try call.numbers(2))
    guard x.rank >= 3, scale.shape == [x.shape[1]], bias.shape == scale.shape, x.count > 0 else {
      throw ONNXError("Scale \(scale.shape) and bias \(bias.shape) do not fit \(x.shape).")
    }
    let channels = [x.shape[1]] + [Int](repeating: 1, count: x.rank - 2)
    let scaled = standardized(try x.numbers(), Array(2..<x.rank), call.number("epsilon", 1e-5))
    return call.result(scaled * scale.reshaped(to: channels) + bias.reshaped(to: channels), like: x)
  }

  private static func standardized(_ x: Matrix, _ axes: [Int], _ epsilon: Double) -> Matrix {
    let centred = x - x.mean(axes: axes, keepDimensions: true)
    return centred / (centred * centred).mean(axes: axes, keepDimensions: true).map { ($0 + epsilon).squareRoot() }
  }

  /// Up to version 20 there is a scale for each group, from then on for each channel.
  private static func group(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let groups = call.integer("num_groups", 1)
    guard x.rank >= 2, x.count > 0, groups > 0, x.shape[1].isMultiple(of: groups) else {
      throw ONNXError("\(groups) groups do not divide the channels of \(x.shape).")
    }
    let (scale, bias) = (try call.numbers(1).scalars, try call.numbers(2).scalars)
    guard [groups, x.shape[1]].contains(scale.count), bias.count == scale.count else {
      throw ONNXError("There is a scale and a bias for each group or channel; found \(scale.count) and \(bias.count).")
    }
    let each = x.shape[1] / scale.count
    func spread(_ values: [Double]) -> Matrix {
      Matrix(values.flatMap { [Double](repeating: $0, count: each) }).reshaped(
        to: [x.shape[1]] + x.shape[2...].map { _ in 1 })
    }
    let scaled = standardized(try x.numbers().reshaped(x.shape[0], groups, -1), [2], call.number("epsilon", 1e-5))
    return call.result(scaled.reshaped(to: x.shape) * spread(scale) + spread(bias), like: x)
  }

  private static func localResponse(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let size = call.integer("size", 1)
    guard x.rank >= 3, size > 0, x.count > 0 else {
      throw ONNXError("A window of \(size) channels of \(x.shape) is not possible.")
    }
    let (alpha, beta, bias) = (call.number("alpha", 1e-4), call.number("beta", 0.75), call.number("bias", 1))
    let channels = x.shape[1]
    let numbers = try x.numbers().reshaped(x.shape[0], channels, -1)
    let squares = numbers * numbers
    let sums = (0..<channels).map { channel in
      let window = max(0, channel - (size - 1) / 2)..<min(channels, channel + size / 2 + 1)
      return squares[.all, window].sum(axis: 1, keepDimensions: true)
    }
    let factors = Matrix.concatenated(sums, axis: 1).map { pow(bias + alpha / Double(size) * $0, beta) }
    return call.result((numbers / factors).reshaped(to: x.shape), like: x)
  }

  private static func norm(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let axis = try Extent.axis(call.integer("axis", -1), x.rank)
    let numbers = try x.numbers()
    let isAbsolute = call.integer("p", 2) == 1
    let sums = numbers.map { isAbsolute ? abs($0) : $0 * $0 }.sum(axis: axis, keepDimensions: true)
    let norms = isAbsolute ? sums : sums.map { $0.squareRoot() }
    return call.result(try ArithmeticOperators.zipped(numbers, norms) { $1 == 0 ? 0 : $0 / $1 }, like: x)
  }

  private static func standard(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let axes = try Extent.axes(call.integers("axes") ?? [0, 2, 3], x.rank)
    let numbers = try x.numbers()
    let centred = numbers - numbers.mean(axes: axes, keepDimensions: true)
    let spread = (centred * centred).mean(axes: axes, keepDimensions: true).map { $0.squareRoot() + 1e-9 }
    return call.result(centred / spread, like: x)
  }
}
