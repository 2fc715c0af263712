import Foundation
import MartletNumerics

/// One step of an optimizer: each tensor with its gradient and what is remembered of earlier ones.
///
/// The formulas are those of `ai.onnx.preview.training`, version 1. What comes first are the learning rate and the number of
/// steps that were made, then all weights, all gradients, and what is remembered.
enum TrainingOperators {
  static let table: [String: ONNXOperator] = [
    "ai.onnx.preview.training.Adagrad": { call in
      let rate = try call.scalar(0) / (1 + call.scalar(1) * call.number("decay_factor", 0))
      let epsilon = call.number("epsilon", 1e-6)
      return try call.stepped(remembering: 1) { x, slope, past in
        let sums = past[0] + slope * slope
        return [x - slope / (sqrt(sums) + epsilon) * rate, sums]
      }
    },
    "ai.onnx.preview.training.Adam": { call in
      let (kept, keptSquares) = (call.number("alpha", 0.9), call.number("beta", 0.999))
      let (epsilon, shrinkage) = (call.number("epsilon", 1e-6), 1 - call.number("norm_coefficient_post", 0))
      let (steps, plain) = (try call.scalar(1), try call.scalar(0))
      let rate = steps > 0 ? plain * (1 - pow(keptSquares, steps)).squareRoot() / (1 - pow(kept, steps)) : plain
      return try call.stepped(remembering: 2) { x, slope, past in
        let means = past[0] * kept + slope * (1 - kept)
        let squares = past[1] * keptSquares + slope * slope * (1 - keptSquares)
        return [(x - means / (sqrt(squares) + epsilon) * rate) * shrinkage, means, squares]
      }
    },
    "ai.onnx.preview.training.Momentum": { call in
      let (rate, kept) = (try call.scalar(0), call.number("alpha", 0))
      let share = try call.scalar(1) > 0 ? call.number("beta", 0) : 1
      let looksAhead = call.text("mode", "standard") == "nesterov"
      return try call.stepped(remembering: 1) { x, slope, past in
        let speed = past[0] * kept + slope * share
        return [x - (looksAhead ? slope + speed * kept : speed) * rate, speed]
      }
    },
  ]
}

extension OperatorCall {
  /// A single number of any type.
  fileprivate func scalar(_ place: Int) throws -> Double {
    let numbers = try numbers(place)
    guard numbers.count == 1 else {
      throw ONNXError("Input \(place) is to be a single number; found shape \(numbers.shape).")
    }
    return numbers.scalars[0]
  }

  /// All tensors one step on: the new weights, then what is to be remembered, kind by kind.
  /// - Parameters:
  ///   - kinds: how many tensors are remembered for each of the weights.
  ///   - step: gives new weights and what is remembered, from weights, their gradient with the part for their size, and the past.
  fileprivate func stepped(
    remembering kinds: Int, _ step: (_ x: Matrix, _ slope: Matrix, _ past: [Matrix]) -> [Matrix]
  ) throws -> [ONNXValue] {
    let count = (operands.count - 2) / (kinds + 2)
    guard count > 0, operands.count == 2 + count * (kinds + 2) else {
      throw ONNXError(
        "Expected a rate, a count and \(kinds + 2) inputs for each tensor; found \(operands.count) inputs.")
    }
    let pull = number("norm_coefficient", 0)
    var results = [[ONNXValue]](repeating: [], count: kinds + 1)
    for place in 0..<count {
      let parts = try (0..<kinds + 2).map { try floating(2 + place + $0 * count) }
      let numbers = try parts.map { try $0.numbers() }
      guard let x = numbers.first, numbers.allSatisfy({ $0.shape == x.shape }) else {
        throw ONNXError("A tensor, its gradient and its past need one shape; found \(numbers.map(\.shape)).")
      }
      for (kind, value) in step(x, numbers[1] + x * pull, Array(numbers[2...])).enumerated() {
        results[kind].append(.tensor(ONNXTensor(value, as: parts[0].elementType)))
      }
    }
    return results.flatMap { $0 }
  }
}
