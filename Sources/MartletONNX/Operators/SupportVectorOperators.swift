import Foundation
import MartletNumerics

/// Support vector machines.
enum SupportVectorOperators {
  static let table: [String: ONNXOperator] = [
    "ai.onnx.ml.SVMRegressor": regress, "ai.onnx.ml.SVMClassifier": classify,
  ]

  /// The kernel of every sample with every row of `others`.
  private static func kernel(_ call: OperatorCall, _ x: Matrix, _ others: Matrix) throws -> Matrix {
    let parameters = call.numbers("kernel_params") ?? []
    let (gamma, start, degree) =
      parameters.count >= 3 ? (parameters[0], parameters[1], parameters[2]) : (0, 0, 0)
    let products = x • others.transposed()
    switch call.text("kernel_type", "LINEAR") {
    case "POLY": return products.map { pow(gamma * $0 + start, degree) }
    case "SIGMOID": return products.map { tanh(gamma * $0 + start) }
    case "RBF":
      let squares = (x * x).sum(axis: 1, keepDimensions: true) + (others * others).sum(axis: 1) - products * 2
      return squares.map { exp(-gamma * max(0, $0)) }
    default: return products
    }
  }

  /// Support vectors as rows.
  private static func vectors(_ call: OperatorCall, count: Int, _ x: Matrix) throws -> Matrix {
    let values = call.numbers("support_vectors") ?? []
    guard count > 0, count <= values.count, values.count == count * x.shape[1] else {
      throw ONNXError("\(values.count) numbers are no \(count) support vectors with \(x.shape[1]) features.")
    }
    return Matrix(values, shape: [count, x.shape[1]])
  }

  private static func regress(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try ClassicalOperators.rows(call)
    let weights = call.numbers("coefficients") ?? []
    let count = call.integer("n_supports", 0)
    let rho = call.numbers("rho")?.first ?? 0
    let sums: Matrix
    if count > 0 {
      guard weights.count == count else {
        throw ONNXError("\(weights.count) coefficients do not fit \(count) support vectors.")
      }
      let similarities = try kernel(call, x, try vectors(call, count: count, x))
      let column = Matrix(weights, shape: [count, 1])
      sums = try MatrixOperators.product(similarities, column)
    } else {
      guard weights.count == x.shape[1] else {
        throw ONNXError("\(weights.count) coefficients do not fit \(x.shape[1]) features.")
      }
      sums = try kernel(call, x, Matrix(weights, shape: [1, weights.count]))
    }
    let isOneClass = call.integer("one_class", 0) == 1
    let scores = (sums + rho).map { isOneClass ? ($0 > 0 ? 1 : -1) : $0 }
    return [ClassicalOperators.single(PostTransform(call).apply(scores))]
  }

  private static func classify(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try ClassicalOperators.rows(call)
    let labels = try ClassLabels(call)
    let each = call.integers("vectors_per_class") ?? []
    let (weights, rho) = (call.numbers("coefficients") ?? [], call.numbers("rho") ?? [])
    guard !each.isEmpty else { return try linear(call, x, labels, weights, rho) }
    let total = each.reduce(0) { $0 &+ $1 }
    let classes = each.count
    let pairs = classes * (classes - 1) / 2
    guard each.allSatisfy({ $0 >= 0 && $0 <= weights.count }), classes == labels.count, classes > 1, rho.count == pairs,
      weights.count == (classes - 1) * total
    else {
      throw ONNXError(
        "The support vectors of \(classes) classes, \(weights.count) coefficients and \(rho.count) offsets do not fit.")
    }
    let similarities = try kernel(call, x, try vectors(call, count: total, x)).scalars
    let starts = each.indices.map { each[..<$0].reduce(0, +) }
    // The decision between each pair of classes: a sum over the support vectors of both.
    var scores = [Double](repeating: 0, count: x.shape[0] * pairs)
    for sample in 0..<x.shape[0] {
      var pair = 0
      for i in 0..<classes {
        for j in i + 1..<classes {
          var sum = rho[pair]
          let row = sample * total
          for k in starts[i]..<starts[i] + each[i] { sum += weights[(j - 1) * total + k] * similarities[row + k] }
          for k in starts[j]..<starts[j] + each[j] { sum += weights[i * total + k] * similarities[row + k] }
          scores[sample * pairs + pair] = sum
          pair += 1
        }
      }
    }
    let (slopes, shifts) = (call.numbers("prob_a") ?? [], call.numbers("prob_b") ?? [])
    if slopes.count == pairs, shifts.count == pairs, pairs > 0 {
      let probabilities = (0..<x.shape[0]).flatMap { sample -> [Double] in
        let each = (0..<pairs).map { pair -> Double in
          let bent: Double = scores[sample * pairs + pair] * slopes[pair] + shifts[pair]
          return 1 / (1 + exp(bent))
        }
        return coupled(each, classes)
      }
      let result = Matrix(probabilities, shape: [x.shape[0], classes])
      return [labels.tensor(result), ClassicalOperators.single(result)]
    }
    let chosen = (0..<x.shape[0]).map { sample -> Int in
      var votes = [Int](repeating: 0, count: classes)
      var pair = 0
      for i in 0..<classes {
        for j in i + 1..<classes {
          votes[scores[sample * pairs + pair] > 0 ? i : j] += 1
          pair += 1
        }
      }
      return votes.firstIndex(of: votes.max() ?? 0) ?? 0
    }
    if pairs == 1 {
      // One score for two classes is shown as both.
      return [labels.tensor(chosen), ClassicalOperators.single(PostTransform(call).binary(scores))]
    }
    return [
      labels.tensor(chosen),
      ClassicalOperators.single(PostTransform(call).apply(Matrix(scores, shape: [x.shape[0], pairs]))),
    ]
  }

  private static func linear(
    _ call: OperatorCall, _ x: Matrix, _ labels: ClassLabels, _ weights: [Double], _ rho: [Double]
  ) throws -> [ONNXValue] {
    let rows = labels.count
    guard weights.count == rows * x.shape[1], let offset = rho.first else {
      throw ONNXError("\(weights.count) coefficients do not fit \(rows) classes and \(x.shape[1]) features.")
    }
    let scores = try kernel(call, x, Matrix(weights, shape: [rows, x.shape[1]])) + offset
    return [labels.tensor(scores), ClassicalOperators.single(PostTransform(call).apply(scores))]
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  /// Probabilities of all classes from those of each pair.
  ///
  /// Reference: Wu, Lin and Weng (2004), Probability estimates for multi-class classification by pairwise coupling.
  private static func coupled(_ pairs: [Double], _ classes: Int) -> [Double] {
    var r = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
    var pair = 0
    for i in 0..<classes {
      for j in i + 1..<classes {
        r[i][j] = max(1e-7, min(1 - 1e-7, pairs[pair]))
        r[j][i] = 1 - r[i][j]
        pair += 1
      }
    }
    var q = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
    for i in 0..<classes {
      for j in 0..<classes where j != i {
        q[i][j] = -r[j][i] * r[i][j]
        q[i][i] += r[j][i] * r[j][i]
      }
    }
    var p = [Double](repeating: 1 / Double(classes), count: classes)
    for _ in 0..<max(100, classes) {
      var products = q.map { dot($0, p) }
      var total = dot(p, products)
      if products.allSatisfy({ abs($0 - total) < 0.005 / Double(classes) }) { break }
      for t in 0..<classes {
        let change = (total - products[t]) / q[t][t]
        p[t] += change
        let grown: Double = change * (change * q[t][t] + 2 * products[t])
        total = (total + grown) / ((1 + change) * (1 + change))
        for j in 0..<classes {
          products[j] = (products[j] + change * q[t][j]) / (1 + change)
          p[j] /= 1 + change
        }
      }
    }
    return p
  }
}
