import Foundation
import MartletNumerics

/// How much of each topic is in each text, when the topics are given.
///
/// Reference: Hoffman, Blei and Bach (2010), Online learning for latent Dirichlet allocation, algorithm 1.
struct TopicInference: Sendable {
  let textPrior: Double
  let tolerance: Double
  let maximumSteps: Int
  private let topics: Int
  /// `exp E[log β]`, words one after the other.
  private let weights: [Double]

  /// - Parameter amounts: of words in topics, shape `[words, topics]`.
  init(_ amounts: Matrix, textPrior: Double, tolerance: Double, maximumSteps: Int) {
    (self.textPrior, self.tolerance, self.maximumSteps) = (textPrior, tolerance, maximumSteps)
    topics = amounts.shape[1]
    weights = Self.logExpectations(amounts).scalars.map { exp($0) }
  }

  /// `E[log β]` of every topic's Dirichlet distribution over words: shape `[words, topics]`.
  static func logExpectations(_ amounts: Matrix) -> Matrix {
    let (scalars, width) = (amounts.scalars, amounts.shape[1])
    let sums = amounts.sum(axis: 0).scalars.map { digamma($0) }
    let rows = Parallel.mapRanges(amounts.shape[0], length: 512) { range in
      (range.lowerBound * width..<range.upperBound * width).map { digamma(scalars[$0]) - sums[$0 % width] }
    }
    return Matrix(rows.flatMap { $0 }, shape: amounts.shape)
  }

  /// How many words of each topic every text has, and its prior: shape `[texts, topics]`.
  func textAmounts(_ x: SparseMatrix) -> Matrix {
    let start = [Double](repeating: 1, count: x.shape[0] * topics)
    return Matrix(texts(x, start: start).flatMap(\.amounts), shape: [x.shape[0], topics])
  }

  /// How many of each word the texts have for each topic: shape `[words, topics]`.
  func wordAmounts(_ x: SparseMatrix, start: [Double]) -> Matrix {
    let pieces = texts(x, start: start)
    let ratios = SparseMatrix(
      unchecked: x.shape, rowStarts: x.rowStarts, columns: x.columns, values: pieces.flatMap(\.ratios))
    let shares = Matrix(pieces.flatMap(\.weights), shape: [x.shape[0], topics])
    return (ratios.transposed() • shares) * Matrix(weights, shape: [x.shape[1], topics])
  }

  /// What is found out about consecutive texts.
  private struct Texts {
    /// The literature's `γ`.
    var amounts: [Double] = []
    /// `exp E[log θ]`.
    var weights: [Double] = []
    /// Each count divided by how probable its word is in its text.
    var ratios: [Double] = []
  }

  private func texts(_ x: SparseMatrix, start: [Double]) -> [Texts] {
    Parallel.mapRanges(x.shape[0], length: 32) { range in
      var found = Texts()
      for text in range { settle(x, text, start[text * topics..<(text + 1) * topics], &found) }
      return found
    }
  }

  private func settle(_ x: SparseMatrix, _ text: Int, _ start: ArraySlice<Double>, _ found: inout Texts) {
    let places = x.range(ofRow: text)
    var (amounts, next) = (Array(start), [Double](repeating: 0, count: topics))
    var shares = next
    Self.expectShares(amounts, &shares)
    for _ in 0..<maximumSteps {
      _ = forEachWord(x, places, shares, addingTo: &next)
      var change = 0.0
      for topic in 0..<topics {
        let amount = textPrior + shares[topic] * next[topic]
        change += abs(amount - amounts[topic])
        amounts[topic] = amount
      }
      Self.expectShares(amounts, &shares)
      if change / Double(topics) < tolerance { break }
    }
    found.amounts += amounts
    found.weights += shares
    found.ratios += forEachWord(x, places, shares, addingTo: &next)
  }

  /// `exp E[log θ]` of a text's Dirichlet distribution over topics.
  private static func expectShares(_ amounts: [Double], _ shares: inout [Double]) {
    let whole = digamma(amounts.reduce(0, +))
    for topic in amounts.indices { shares[topic] = exp(digamma(amounts[topic]) - whole) }
  }

  /// Divides each count by how probable its word is, adds up the words' weights times these ratios, and gives the ratios.
  private func forEachWord(
    _ x: SparseMatrix, _ places: Range<Int>, _ shares: [Double], addingTo sums: inout [Double]
  ) -> [Double] {
    // Columns are below the number of words, so that every place is inside; checking each would double the time.
    weights.withUnsafeBufferPointer { weights in
      shares.withUnsafeBufferPointer { shares in
        sums.withUnsafeMutableBufferPointer { sums in
          for topic in 0..<topics { sums[topic] = 0 }
          return places.map { place in
            let word = Int(x.columns[place]) * topics
            var probability = Double.ulpOfOne
            for topic in 0..<topics { probability += shares[topic] * weights[word + topic] }
            let ratio = x.values[place] / probability
            for topic in 0..<topics { sums[topic] += ratio * weights[word + topic] }
            return ratio
          }
        }
      }
    }
  }
}
