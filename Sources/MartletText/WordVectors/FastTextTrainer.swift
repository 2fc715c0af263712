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

  /// - Parameter texts: each one's features; only those that occur get a row.
  init(_ texts: [[Int]], _ codes: [Int], _ width: Int, _ classes: Int, _ random: inout PCG64) {
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
        step(text, learningRate * (1 - done / total), &hidden, &gradient)
        done += 1
      }
    }
  }

  private mutating func step(_ text: Int, _ rate: Float, _ hidden: inout [Float], _ gradient: inout [Float]) {
    let own = texts[text]
    if own.isEmpty { return }
    Self.mean(own, vectors, &hidden)
    let probabilities = Self.softmax(hidden, weights, classes)
    for k in 0..<width { gradient[k] = 0 }
    for code in 0..<classes {
      let error = rate * ((code == codes[text] ? 1 : 0) - probabilities[code])
      for k in 0..<width {
        gradient[k] += error * weights[code * width + k]
        weights[code * width + k] += error * hidden[k]
      }
    }
    let share = 1 / Float(own.count)
    for row in own { for k in 0..<width { vectors[row * width + k] += share * gradient[k] } }
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
    let width = hidden.count
    var scores = (0..<classes).map { code in
      var score: Float = 0
      for k in 0..<width { score += hidden[k] * weights[code * width + k] }
      return score
    }
    let largest = scores.max() ?? 0
    for code in scores.indices { scores[code] = exp(scores[code] - largest) }
    let sum = scores.reduce(0, +)
    return scores.map { $0 / sum }
  }
}
