import Foundation
import MartletNumerics

/// Functions of every element.
enum ElementFunctions {
  static let table: [String: ONNXOperator] = {
    var table: [String: ONNXOperator] = [
      "Abs": { try signed($0, .abs) { $0 == Int.min ? $0 : abs($0) } },
      "Neg": { try signed($0, .negate) { 0 &- $0 } },
      "Sign": { call in
        let x = try call.tensor(0)
        guard case .integers(let whole) = x.elements else {
          return try call.mapped { $0 > 0 ? 1 : $0 < 0 ? -1 : $0.isNaN ? $0 : 0 }
        }
        let signs = whole.map { x.elementType.isUnsigned ? min(1, $0 == 0 ? 0 : 1) : $0.signum() }
        return call.result(ONNXTensor(signs, as: x.elementType))
      },
      "BitwiseNot": { call in
        let x = try call.tensor(0)
        return call.result(ONNXTensor(try x.integers().map { ~$0 }, as: x.elementType))
      },
      "Reciprocal": { try $0.computed({ 1 / $0 }, { 1 / $0 }) },
      "Round": { try $0.mapped { $0.rounded(.toNearestOrEven) } },
      "Identity": { [$0.value(0) ?? .none] },
    ]
    let functions: [String: _TensorFunction] = [
      "Exp": .exp, "Log": .log, "Sqrt": .sqrt, "Sin": .sin, "Cos": .cos, "Tan": .tan, "Asin": .asin, "Acos": .acos,
      "Atan": .atan, "Sinh": .sinh, "Cosh": .cosh, "Tanh": .tanh, "Asinh": .asinh, "Acosh": .acosh, "Atanh": .atanh,
      "Erf": .erf, "Floor": .floor, "Ceil": .ceil,
    ]
    for (name, function) in functions {
      table[name] = { try $0.computed({ $0.applying(function) }, { $0.applying(function) }) }
    }
    return table
  }()

  private static func signed(
    _ call: OperatorCall, _ function: _TensorFunction, _ integers: (Int) -> Int
  ) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    if case .integers(let whole) = x.elements {
      return call.result(ONNXTensor(x.elementType.isUnsigned ? whole : whole.map(integers), as: x.elementType))
    }
    return try call.computed({ $0.applying(function) }, { $0.applying(function) })
  }
}
