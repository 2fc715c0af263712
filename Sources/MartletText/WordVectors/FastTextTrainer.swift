import CMartletRuntime
import Foundation
import MartletNumerics

/// Stochastic gradient descent on the vectors of features and the weights of classes.
struct FastTextTrainer {
  /// Which row of ``vectors`` a feature has.
  private(set) var rows: [Int: Int] = [:]
  private(set) var vectors: [Float]
  private(set) var weights: [Float]
  private let texts: [[Int]]
  private let codes: [Int]
  private let width, classes: Int
  private let loss: FastTextLoss
  private let tree: LabelTree?
  /// The running sums of the roots of the classes' counts, from which other classes are drawn.
  private let shares: [Double]

  /// - Parameters:
  ///   - texts: each one's features; only those that occur get a row.
  ///   - counts: how often each class occurs.
  init(
    _ texts: [[Int]], _ codes: [Int], _ width: Int, counts: [Int], loss: FastTextLoss, _ random: inout PCG64
  ) {
    let classes = counts.count
    self.loss = loss
    tree = loss == .hierarchicalSoftmax ? LabelTree(counts) : nil
    shares = counts.reduce(into: []) { $0.append(($0.last ?? 0) + Double($1).squareRoot()) }
    let most = (texts.joined().max() ?? -1) + 1
    var seen = [Bool](repeating: false, count: most)
    for feature in texts.joined() { seen[feature] = true }
    var rows: [Int: Int] = [:]
    for feature in seen.indices where seen[feature] { rows[feature] = rows.count }
    self.rows = rows
    self.texts = texts.map { $0.map { rows[$0] ?? 0 } }  // every feature has a row
    self.codes = codes
    self.width = width
    self.classes = classes
    vectors = (0..<rows.count * width).map { _ in Float((random.uniform() * 2 - 1) / Double(width)) }
    weights = [Float](repeating: 0, count: classes * width)
  }

  /// Steps shrink in a straight line to zero.
  mutating func train(learningRate: Float, epochs: Int, _ random: inout PCG64) {
    let total = Float(epochs * texts.count)
    var done: Float = 0
    var (hidden, gradient) = ([Float](repeating: 0, count: width), [Float](repeating: 0, count: width))
    for _ in 0..<epochs {
      for text in random.permutation(texts.count) {
        martlet_poll()
        step(text, learningRate * (1 - done / total), &hidden, &gradient, &random)
        done += 1
      }
    }
  }

  private mutating func step(
    _ text: Int, _ rate: Float, _ hidden: inout [Float], _ gradient: inout [Float], _ random: inout PCG64
  ) {
    let (own, label) = (texts[text], codes[text])
    if own.isEmpty { return }
    Self.mean(own, vectors, &hidden)
    for k in 0..<width { gradient[k] = 0 }
    switch loss {
    case .softmax:
      let probabilities = Self.softmax(hidden, weights, classes)
      for code in 0..<classes { move(code, rate * ((code == label ? 1 : 0) - probabilities[code]), hidden, &gradient) }
    case .hierarchicalSoftmax:
      for (node, goesRight) in tree?.ways[label] ?? [] { decide(node, goesRight, rate, hidden, &gradient) }
    case .oneVersusAll:
      for code in 0..<classes { decide(code, code == label, rate, hidden, &gradient) }
    case .negativeSampling(let samples):
      decide(label, true, rate, hidden, &gradient)
      for _ in 0..<samples { decide(other(than: label, &random), false, rate, hidden, &gradient) }
    }
    let share = 1 / Float(own.count)
    for row in own { for k in 0..<width { vectors[row * width + k] += share * gradient[k] } }
  }

  /// A step along one row of the weights, whose error is known.
  private mutating func move(_ row: Int, _ error: Float, _ hidden: [Float], _ gradient: inout [Float]) {
    for k in 0..<width {
      gradient[k] += error * weights[row * width + k]
      weights[row * width + k] += error * hidden[k]
    }
  }

  /// A step of a yes-or-no decision by one row of the weights.
  private mutating func decide(
    _ row: Int, _ isRight: Bool, _ rate: Float, _ hidden: [Float], _ gradient: inout [Float]
  ) {
    let sure = Self.sigmoid(Self.score(row, hidden, weights))
    move(row, rate * ((isRight ? 1 : 0) - sure), hidden, &gradient)
  }

  /// A class that is not `label`, frequent ones more often.
  private func other(than label: Int, _ random: inout PCG64) -> Int {
    while true {
      let point = random.uniform() * (shares.last ?? 0)
      let found = shares.firstIndex { $0 > point } ?? shares.count - 1
      if found != label { return found }
    }
  }

  /// The mean of rows; zeros without any.
  static func mean(_ rows: [Int], _ vectors: [Float], _ mean: inout [Float]) {
    let width = mean.count
    for k in 0..<width { mean[k] = 0 }
    if rows.isEmpty { return }
    for row in rows { for k in 0..<width { mean[k] += vectors[row * width + k] } }
    for k in 0..<width { mean[k] /= Float(rows.count) }
  }

  static func softmax(_ hidden: [Float], _ weights: [Float], _ classes: Int) -> [Float] {
    var scores = (0..<classes).map { score($0, hidden, weights) }
    let largest = scores.max() ?? 0
    for code in scores.indices { scores[code] = exp(scores[code] - largest) }
    let sum = scores.reduce(0, +)
    return scores.map { $0 / sum }
  }

  /// How likely each class is, by what the weights were learned for; the yeses to single classes are scaled to sum to 1.
  static func probabilities(
    _ hidden: [Float], _ weights: [Float], _ classes: Int, _ loss: FastTextLoss, _ tree: LabelTree?
  ) -> [Float] {
    switch loss {
    case .softmax: return softmax(hidden, weights, classes)
    case .hierarchicalSoftmax:
      return (tree?.ways ?? []).map { way in
        way.reduce(1) { product, step in
          let right = sigmoid(score(step.node, hidden, weights))
          return product * (step.goesRight ? right : 1 - right)
        }
      }
    case .oneVersusAll, .negativeSampling:
      let sure = (0..<classes).map { sigmoid(score($0, hidden, weights)) }
      let sum = sure.reduce(0, +)
      return sum > 0 ? sure.map { $0 / sum } : sure.map { _ in 1 / Float(classes) }
    }
  }

  private static func score(_ row: Int, _ hidden: [Float], _ weights: [Float]) -> Float {
    var score: Float = 0
    for k in hidden.indices { score += hidden[k] * weights[row * hidden.count + k] }
    return score
  }

  private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
}
