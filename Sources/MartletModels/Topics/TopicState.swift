import Foundation
import MartletNumerics

/// The topics while they are learned: how much of each word is in each, the literature's `λ`.
struct TopicState {
  /// Words one after the other, each with a number for every topic: shape `[words, topics]`.
  private(set) var amounts: Matrix
  private(set) var inference: TopicInference
  private let wordPrior: Double
  /// How many batches have been learned from.
  private var batches = 0

  /// Every amount near 1, as scikit-learn draws them.
  init(_ method: LatentDirichletAllocation, words: Int, _ random: inout MT19937) {
    let prior = 1 / Double(method.topics)
    wordPrior = method.wordPrior ?? prior
    amounts = TopicState.nearOne(method.topics, words, &random).transposed().compacted()
    inference = TopicInference(
      amounts, textPrior: method.textPrior ?? prior, tolerance: method.textTolerance,
      maximumSteps: method.maximumTextSteps)
  }

  private static func nearOne(_ rows: Int, _ columns: Int, _ random: inout MT19937) -> Matrix {
    Matrix((0..<rows * columns).map { _ in random.gamma(shape: 100, scale: 0.01) }, shape: [rows, columns])
  }

  /// Topics from all texts.
  mutating func learnAll(_ x: SparseMatrix, _ random: inout MT19937) {
    move(to: expectations(x, &random) + wordPrior)
  }

  /// Topics moved towards those of some texts, as if all were like these.
  mutating func learn(_ x: SparseMatrix, ofAll count: Double, decay: Double, offset: Double, _ random: inout MT19937) {
    batches += 1
    let share = pow(offset + Double(batches), -decay)
    let own = expectations(x, &random) * (count / Double(x.shape[0])) + wordPrior
    move(to: amounts * (1 - share) + own * share)
  }

  private func expectations(_ x: SparseMatrix, _ random: inout MT19937) -> Matrix {
    let start = TopicState.nearOne(x.shape[0], amounts.shape[1], &random)
    return inference.wordAmounts(x, start: start.scalars)
  }

  private mutating func move(to amounts: Matrix) {
    self.amounts = amounts
    inference = TopicInference(
      amounts, textPrior: inference.textPrior, tolerance: inference.tolerance, maximumSteps: inference.maximumSteps)
  }

  func model(_ perplexities: [Double], _ rounds: Int) -> LatentDirichletAllocation.Model {
    LatentDirichletAllocation.Model(
      components: amounts.transposed().compacted(), wordPrior: wordPrior, perplexities: perplexities,
      iterations: rounds, inference: inference)
  }
}
