import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Tells classes apart by a weighted vote of weak classifiers, each trained hardest on what those before it got wrong.
///
/// A round's vote weighs `rate · (log((1 − e) / e) + log(K − 1))` for its weighted error `e` among `K` classes, and the weights of
/// the samples that it got wrong grow by the exponential of that (SAMME).
///
///     let model = try AdaBoostClassifier(DecisionTreeClassifier<Int>(maximumDepth: 1), rounds: 50).fit(x, y)
///
/// Mislabelled samples end up with most of the weight; ``GradientBoostingClassifier`` is hurt less by them.
///
/// Reference: Zhu, Zou, Rosset and Hastie (2009), Multi-class AdaBoost.
public struct AdaBoostClassifier<Base: WeightedEstimator>: WeightedEstimator
where Base.Features == Matrix, Base.Model: Classifier, Base.Target == [Base.Model.Label] {
  public typealias Features = Matrix
  public typealias Target = [Base.Model.Label]
  public typealias Label = Base.Model.Label

  /// The weak classifier.
  public var base: Base
  /// The most rounds, at least 1. (scikit-learn: `n_estimators`)
  public var rounds: Int
  /// How much of each round is believed, above 0. (scikit-learn: `learning_rate`)
  public var learningRate: Double

  /// - Parameters:
  ///   - base: the weak classifier, often a tree of depth 1.
  ///   - rounds: the most rounds, at least 1.
  ///   - learningRate: above 0.
  public init(_ base: Base, rounds: Int = 50, learningRate: Double = 1) {
    self.base = base
    self.rounds = rounds
    self.learningRate = learningRate
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `parameter`, `tooFewClasses`, `notConverged` when already the first classifier is no
  ///   better than chance, and what the base throws.
  /// - Complexity: that of the base, times `rounds`.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(rounds > 0, "rounds", "of at least 1", rounds)
    try SampleChecks.parameter(learningRate > 0 && learningRate.isFinite, "learningRate", "above 0", learningRate)
    try SampleChecks.shape(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let classes = try LabelCoding(y).atLeastTwo(weights).classes
    var weights = Self.normalized(weights ?? [Double](repeating: 1, count: y.count))
    var model = Model(classes: classes, models: [], votes: [], errors: [])
    let progress = FitProgress.begin("rounds", of: rounds)
    for _ in 0..<rounds {
      martlet_poll()
      defer { progress?.advance() }
      let weak = try base.fit(x, y, weights: weights)
      let isWrong = zip(try weak.predict(x), y).map { $0 != $1 }
      let error = zip(isWrong, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
      if error <= 0 {
        model.append(weak, vote: 1, error: 0)
        break
      }
      let chance = 1 - 1 / Double(classes.count)
      if error >= chance {
        if !model.models.isEmpty { break }
        throw FitError(
          .notConverged, expected: "a classifier with a weighted error below \(chance)", found: "\(error)",
          advice: "Use a stronger base, for example a deeper tree.")
      }
      let vote = learningRate * (log((1 - error) / error) + log(Double(classes.count - 1)))
      model.append(weak, vote: vote, error: error)
      weights = Self.normalized(zip(weights, isWrong).map { $1 ? $0 * exp(vote) : $0 })
    }
    return model
  }

  private static func normalized(_ weights: [Double]) -> [Double] {
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// What `AdaBoostClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    /// The weak classifiers, one for each round.
    public private(set) var models: [Base.Model]
    /// How much each counts. (scikit-learn: `estimator_weights_`)
    public private(set) var votes: [Double]
    /// The weighted error of each on its samples. (scikit-learn: `estimator_errors_`)
    public private(set) var errors: [Double]

    private enum CodingKeys: String, CodingKey { case classes, models, votes, errors }

    mutating func append(_ model: Base.Model, vote: Double, error: Double) {
      models.append(model)
      votes.append(vote)
      errors.append(error)
    }

    /// The mean vote for each class, from `−1 / (K − 1)` to 1: shape `[samples, classes]`.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      let (width, total) = (classes.count, votes.reduce(0, +))
      let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
      var sums = [Double](repeating: -1 / Double(width - 1), count: x.shape[0] * width)
      for (model, vote) in zip(models, votes) {
        for (row, label) in try model.predict(x).enumerated() {
          // Every label is a class that the weak classifier was fitted with.
          guard let place = places[label] else { continue }
          sums[row * width + place] += vote / total * (1 + 1 / Double(width - 1))
        }
      }
      return Matrix(sums, shape: [x.shape[0], width])
    }

    /// The class with the most votes.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try decisionFunction(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// The softmax of the votes over `K − 1`, as scikit-learn's: an order of certainty, not calibrated.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      SoftProbability.matrix(scores: try decisionFunction(x) / Double(classes.count - 1))
    }
  }
}

extension AdaBoostClassifier {
  /// Stumps: trees with one question.
  public init<Label>(rounds: Int = 50, learningRate: Double = 1) where Base == DecisionTreeClassifier<Label> {
    self.init(DecisionTreeClassifier<Label>(maximumDepth: 1), rounds: rounds, learningRate: learningRate)
  }
}

extension AdaBoostClassifier.Model: Encodable where Base.Model: Encodable, Base.Model.Label: Encodable {}
extension AdaBoostClassifier.Model: Decodable where Base.Model: Decodable, Base.Model.Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      models: try container.decode([Base.Model].self, forKey: .models),
      votes: try container.decode([Double].self, forKey: .votes),
      errors: try container.decode([Double].self, forKey: .errors))
    try TreeDecoding.classes(classes, decoder)
    try TreeDecoding.check(
      classes.count > 1 && !models.isEmpty && votes.count == models.count && errors.count == models.count,
      "expected at least two classes and as many votes and errors as models, found \(classes.count) classes, "
        + "\(models.count) models, \(votes.count) votes and \(errors.count) errors", decoder)
  }
}

extension AdaBoostClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let texts = [FrameNumberFormat.texts(votes), FrameNumberFormat.texts(errors)]
    return ModelTable(
      title: "AdaBoost", facts: ["\(target ?? "label") (\(classes.count) classes) by \(models.count) classifiers"],
      header: ["round", "vote", "error"], rows: models.indices.map { ["\($0 + 1)", texts[0][$0], texts[1][$0]] })
  }
}
