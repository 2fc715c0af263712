import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Predicts a number as the weighted median of weak regressors, each trained on samples drawn by how far those before it were
/// off.
///
///     let model = try AdaBoostRegressor(DecisionTreeRegressor(maximumDepth: 3), rounds: 50, seed: 0).fit(x, y)
///
/// Reference: Drucker (1997), Improving regressors using boosting techniques (AdaBoost.R2).
public struct AdaBoostRegressor<Base: SupervisedEstimator>: WeightedEstimator
where Base.Features == Matrix, Base.Target == [Double], Base.Model: Regressor {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// How a miss, as a fraction of the largest one, counts.
  public enum Loss: Sendable, Equatable {
    /// As it is.
    case linear
    /// Its square.
    case squared
    /// `1 − exp(−miss)`.
    case exponential
  }

  /// The weak regressor.
  public var base: Base
  /// The most rounds, at least 1. (scikit-learn: `n_estimators`)
  public var rounds: Int
  /// How much of each round is believed, above 0.
  public var learningRate: Double
  /// How misses count.
  public var loss: Loss
  /// Fixes the draws of samples; `nil` for other draws each time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - base: the weak regressor, often a tree of depth 3.
  ///   - rounds: the most rounds, at least 1.
  ///   - learningRate: above 0.
  ///   - loss: how misses count.
  ///   - seed: fixes what is drawn.
  public init(_ base: Base, rounds: Int = 50, learningRate: Double = 1, loss: Loss = .linear, seed: UInt64? = nil) {
    self.base = base
    self.rounds = rounds
    self.learningRate = learningRate
    self.loss = loss
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`.
  ///   - y: `n` targets, every one finite.
  ///   - weights: one for each sample, at least 0: how likely it is drawn first.
  /// - Throws: ``FitError`` of kind `parameter`, and what the base throws.
  /// - Complexity: that of the base, times `rounds`.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(rounds > 0, "rounds", "of at least 1", rounds)
    try SampleChecks.parameter(learningRate > 0 && learningRate.isFinite, "learningRate", "above 0", learningRate)
    try SampleChecks.shape(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    var weights = weights ?? [Double](repeating: 1, count: y.count)
    var random = TreeGrowth.generator(seed)
    var (models, votes): ([Base.Model], [Double]) = ([], [])
    let progress = FitProgress.begin("rounds", of: rounds)
    for _ in 0..<rounds {
      martlet_poll()
      defer { progress?.advance() }
      let sum = weights.reduce(0, +)
      let drawn = random.choice(y.count, of: y.count, weights: weights.map { $0 / sum })
      let weak = try base.fit(x[rows: drawn], drawn.map { y[$0] })
      let misses = relativeMisses(try weak.predict(x), y)
      let error = zip(weights, misses).reduce(0) { $0 + $1.0 * $1.1 } / sum
      if error <= 0 {
        models.append(weak)
        votes.append(1)
        break
      }
      if error >= 0.5 && !models.isEmpty { break }
      let beta = error / (1 - error)
      models.append(weak)
      // The only regressor answers alone, however bad it is.
      votes.append(error >= 0.5 ? 1 : learningRate * log(1 / beta))
      if error >= 0.5 { break }
      weights = zip(weights, misses).map { $0 * pow(beta, (1 - $1) * learningRate) }
    }
    return Model(models: models, votes: votes)
  }

  private func relativeMisses(_ predicted: [Double], _ y: [Double]) -> [Double] {
    let misses = zip(predicted, y).map { abs($0 - $1) }
    let largest = misses.max() ?? 0
    return misses.map { miss in
      let relative = largest > 0 ? miss / largest : 0
      switch loss {
      case .linear: return relative
      case .squared: return relative * relative
      case .exponential: return 1 - exp(-relative)
      }
    }
  }

  /// What `AdaBoostRegressor` has learned.
  public struct Model: Regressor {
    /// The weak regressors, one for each round.
    public let models: [Base.Model]
    /// How much each counts.
    public let votes: [Double]

    private enum CodingKeys: String, CodingKey { case models, votes }

    /// The weighted median of the answers: the least with at least half of the votes at or below it.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      var answers: [[Double]] = []
      for model in models { answers.append(try model.predict(x)) }
      let half = votes.reduce(0, +) / 2
      return (0..<x.shape[0]).map { row in
        var below = 0.0
        let order = answers.indices.sorted { answers[$0][row] < answers[$1][row] }
        for place in order {
          below += votes[place]
          if below >= half { return answers[place][row] }
        }
        return answers[order[order.count - 1]][row]
      }
    }
  }
}

extension AdaBoostRegressor.Model: Encodable where Base.Model: Encodable {}
extension AdaBoostRegressor.Model: Decodable where Base.Model: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      models: try container.decode([Base.Model].self, forKey: .models),
      votes: try container.decode([Double].self, forKey: .votes))
    try TreeDecoding.check(
      !models.isEmpty && votes.count == models.count,
      "expected as many votes as models, found \(votes.count) votes and \(models.count) models", decoder)
  }
}

extension AdaBoostRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let texts = FrameNumberFormat.texts(votes)
    return ModelTable(
      title: "AdaBoost", facts: ["\(target ?? "target") by \(models.count) regressors"], header: ["round", "vote"],
      rows: models.indices.map { ["\($0 + 1)", texts[$0]] })
  }
}
