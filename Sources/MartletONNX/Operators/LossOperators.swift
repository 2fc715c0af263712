import Foundation
import MartletNets
import MartletNumerics

/// How far predictions are from the truth.
enum LossOperators {
  static let table: [String: ONNXOperator] = [
    "NegativeLogLikelihoodLoss": { try loss($0, try $0.numbers(0)) },
    "SoftmaxCrossEntropyLoss": { call in
      let scores = try call.numbers(0)
      guard scores.rank >= 2, scores.count > 0 else {
        throw ONNXError("Scores need [samples, classes]; found \(scores.shape).")
      }
      let logarithms = Variable(scores).logSoftmax(axis: 1).value
      return try loss(call, logarithms) + [.tensor(ONNXTensor(logarithms, as: try call.tensor(0).elementType))]
    },
  ]

  private static func loss(_ call: OperatorCall, _ logarithms: Matrix) throws -> [ONNXValue] {
    let type = try call.tensor(0).elementType
    let labels = try call.tensor(1)
    guard logarithms.rank >= 2, labels.shape == [logarithms.shape[0]] + logarithms.shape[2...] else {
      throw ONNXError("Labels of shape \(labels.shape) do not fit scores of shape \(logarithms.shape).")
    }
    let classes = logarithms.shape[1]
    let after = logarithms.shape[2...].reduce(1, *)
    let weights = try call.optionalNumbers(2)?.scalars
    guard weights == nil || weights!.count == classes else {
      throw ONNXError("One weight for each of \(classes) classes is needed.")
    }
    let ignored = call.optionalInteger("ignore_index")
    let scalars = logarithms.scalars
    var (losses, counted): ([Double], [Double]) = ([], [])
    for (place, label) in try labels.integers().scalars.enumerated() {
      if label == ignored {
        losses.append(0)
        counted.append(0)
        continue
      }
      guard (0..<classes).contains(label) else { throw ONNXError("The label \(label) is none of \(classes) classes.") }
      let weight = weights?[label] ?? 1
      losses.append(-weight * scalars[(place / after * classes + label) * after + place % after])
      counted.append(weight)
    }
    switch call.text("reduction", "mean") {
    case "none": return [.tensor(ONNXTensor(Matrix(losses, shape: labels.shape), as: type))]
    case "sum": return [.tensor(ONNXTensor(Matrix(scalar: losses.reduce(0, +)), as: type))]
    default: return [.tensor(ONNXTensor(Matrix(scalar: losses.reduce(0, +) / counted.reduce(0, +)), as: type))]
    }
  }
}
