import Foundation
import MartletNets
import MartletNumerics

/// What networks bend their numbers with.
enum ActivationOperators {
  static let table: [String: ONNXOperator] = [
    "Relu": relu,
    "Sigmoid": { try $0.layered({ $0.sigmoid() }, { $0.sigmoid() }) },
    "LeakyRelu": { call in
      let slope = call.number("alpha", 0.01)
      return try call.layered({ $0.leakyReLU(slope: slope) }, { $0.leakyReLU(slope: slope) })
    },
    "Elu": { call in
      let alpha = call.number("alpha", 1)
      return try call.layered({ $0.elu(alpha: alpha) }, { $0.elu(alpha: alpha) })
    },
    "Selu": { call in
      let (alpha, gamma) = (
        call.number("alpha", 1.673_263_192_176_818_8), call.number("gamma", 1.050_701_022_148_132_3)
      )
      return try call.mapped { $0 > 0 ? gamma * $0 : gamma * alpha * expm1($0) }
    },
    "Celu": { call in
      let alpha = call.number("alpha", 1)
      return try call.mapped { max(0, $0) + min(0, alpha * expm1($0 / alpha)) }
    },
    "Gelu": { call in
      let isRough = call.text("approximate", "none") == "tanh"
      return try call.layered({ $0.gelu(approximate: isRough) }, { $0.gelu(approximate: isRough) })
    },
    "Mish": { try $0.layered({ $0.mish() }, { $0.mish() }) },
    "Softplus": { try $0.layered({ $0.softplus() }, { $0.softplus() }) },
    "Softsign": { try $0.mapped { $0 / (1 + abs($0)) } },
    "Swish": { call in
      let alpha = call.number("alpha", 1)
      return try call.mapped { $0 / (1 + exp(-alpha * $0)) }
    },
    "SwiGLU": swiGLU,
    "HardSigmoid": { call in
      let (alpha, beta) = (call.number("alpha", 0.2), call.number("beta", 0.5))
      return try call.mapped { max(0, min(1, alpha * $0 + beta)) }
    },
    "HardSwish": { try $0.mapped { $0 * max(0, min(1, $0 / 6 + 0.5)) } },
    "ThresholdedRelu": { call in
      let alpha = call.number("alpha", 1)
      return try call.mapped { $0 > alpha ? $0 : 0 }
    },
    "Shrink": shrink, "PRelu": slopes, "Clip": clip,
    "Softmax": { try softmax($0, isLogarithm: false) }, "LogSoftmax": { try softmax($0, isLogarithm: true) },
    "Hardmax": hardmax, "Dropout": dropout,
  ]

  private static func relu(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    if case .integers(let whole) = x.elements {
      return call.result(ONNXTensor(whole.map { max(0, $0) }, as: x.elementType))
    }
    return try call.layered({ $0.relu() }, { $0.relu() })
  }

  private static func shrink(_ call: OperatorCall) throws -> [ONNXValue] {
    let (bias, lambda) = (call.number("bias", 0), call.number("lambd", 0.5))
    let x = try call.tensor(0)
    let result = try x.numbers().map { $0 < -lambda ? $0 + bias : $0 > lambda ? $0 - bias : 0 }
    return call.result(
      x.elementType.isFloat ? ONNXTensor(result, as: x.elementType) : try ONNXTensor(result).cast(to: x.elementType))
  }

  private static func slopes(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, slope) = (try call.tensor(0), try call.tensor(1))
    return call.result(
      try ArithmeticOperators.join(
        x, try slope.broadcast(to: x.shape), { .where($0 .< 0, $0 * $1, $0) }, { .where($0 .< 0, $0 * $1, $0) }
      ) { x, slope, _ in x < 0 ? x &* slope : x })
  }

  /// The ends are attributes up to version 10, inputs from then on.
  private static func clip(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    func end(_ place: Int, _ name: String) throws -> ONNXTensor? {
      if call.has(name) { return ONNXTensor(Matrix(scalar: call.number(name, 0)), as: x.elementType) }
      guard let given = try call.optional(place) else { return nil }
      return try given.reshaped([])
    }
    var result = x
    if let low = try end(1, "min") {
      result = try ArithmeticOperators.join(
        result, low, { .maximum($0, $1) }, { .maximum($0, $1) }, { ArithmeticOperators.less($0, $1, $2) ? $1 : $0 })
    }
    if let high = try end(2, "max") {
      result = try ArithmeticOperators.join(
        result, high, { .minimum($0, $1) }, { .minimum($0, $1) }, { ArithmeticOperators.less($0, $1, $2) ? $0 : $1 })
    }
    return call.result(result)
  }

  /// Before version 13 everything from the axis on is one row.
  private static func softmax(_ call: OperatorCall, isLogarithm: Bool) throws -> [ONNXValue] {
    let x = try call.floating(0)
    guard x.rank > 0 else { return call.result(try x.numbers().map { _ in isLogarithm ? 0 : 1 }, like: x) }
    let axis = try Extent.axis(call.integer("axis", call.version < 13 ? 1 : -1), x.rank)
    let shape = call.version < 13 ? [x.shape[..<axis].reduce(1, *), x.shape[axis...].reduce(1, *)] : x.shape
    if x.count == 0 { return call.result(x) }
    let along = call.version < 13 ? 1 : axis
    func rows<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> {
      let rows = x.reshaped(to: shape)
      return (isLogarithm ? rows.logSoftmax(axis: along) : rows.softmax(axis: along)).reshaped(to: x.shape)
    }
    return try call.layered({ rows($0) }, { rows($0) })
  }

  private static func hardmax(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let axis = try Extent.axis(call.integer("axis", call.version < 13 ? 1 : -1), x.rank)
    let shape = call.version < 13 ? [x.shape[..<axis].reduce(1, *), x.shape[axis...].reduce(1, *)] : x.shape
    let along = call.version < 13 ? 1 : axis
    guard x.count > 0 else { return call.result(x) }
    let numbers = try x.numbers().reshaped(to: shape)
    let best = numbers.argMax(axis: along, keepDimensions: true)
    let places = Tensor(Array(0..<shape[along])).reshaped(to: shape.indices.map { $0 == along ? shape[along] : 1 })
    return call.result((places .== best).asDouble.reshaped(to: x.shape), like: x)
  }

  /// When a model is used, nothing is dropped. In training mode it drops by its seed.
  private static func dropout(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let ratio = try call.optionalNumbers(1)?.scalars.first ?? 0.5
    let isTraining = try call.optional(2)?.truths().scalars.first ?? false
    guard isTraining, ratio > 0 else {
      return [.tensor(x), .tensor(ONNXTensor(Tensor<Bool>.full(true, shape: x.shape)))]
    }
    guard ratio < 1 else { throw ONNXError("The ratio of what is dropped is below 1; found \(ratio).") }
    // NumPy's old generator, with which ONNX's reference draws.
    var random = MT19937(seed: UInt64(call.integer("seed", 0) & 0xFFFF_FFFF))
    let kept = Tensor((0..<x.count).map { _ in random.uniform() >= ratio }, shape: x.shape)
    let result = try x.numbers() * kept.asDouble / (1 - ratio)
    return [.tensor(ONNXTensor(result, as: x.elementType)), .tensor(ONNXTensor(kept))]
  }

  /// Half of the numbers gate the other half.
  private static func swiGLU(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let alpha = call.number("alpha", 1)
    if let other = try call.optional(1) {
      let gated = try ArithmeticOperators.zipped(try x.numbers(), try other.numbers()) {
        $0 / (1 + exp(-alpha * $0)) * $1
      }
      return call.result(gated, like: x)
    }
    let axis = try Extent.axis(call.integer("axis", -1), x.rank)
    guard x.shape[axis].isMultiple(of: 2) else { throw ONNXError("Axis \(axis) of \(x.shape) has no halves.") }
    let half = x.shape[axis] / 2
    let (gate, value) = (x.slice(axis, start: 0, count: half), x.slice(axis, start: half, count: half))
    let gated = try ArithmeticOperators.zipped(try gate.numbers(), try value.numbers()) {
      $0 / (1 + exp(-alpha * $0)) * $1
    }
    return call.result(gated, like: x)
  }
}
