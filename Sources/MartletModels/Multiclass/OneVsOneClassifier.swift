import MartletNumerics

/// Tells several classes apart by a classifier for each pair of classes, which learns from their samples alone.
///
/// The class that wins most pairs is answered; between equals the sum of decision values decides. For bases that take long
/// for many samples, such as ``SVC``. (scikit-learn: `OneVsOneClassifier`)
///
///     let method = OneVsOneClassifier(LinearSVC<Bool>(), labels: String.self)
public struct OneVsOneClassifier<Base: SupervisedEstimator, Label: Hashable & Sendable>: SupervisedEstimator
where Base.Features == Matrix, Base.Target == [Bool], Base.Model: Classifier, Base.Model.Label == Bool {
  public typealias Features = Matrix
  public typealias Target = [Label]
  /// The classifier of yes and no.
  public var base: Base

  /// - Parameters:
  ///   - base: the classifier of yes and no.
  ///   - labels: the type of the classes.
  public init(_ base: Base, labels: Label.Type = Label.self) { self.base = base }

  /// - Throws: ``FitError`` of kind `tooFewClasses`, and what the base throws.
  /// - Complexity: `k (k − 1) / 2` fits for `k` classes.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Label], _ weights: [Double]?) throws(FitError) -> Model {
    let coding = try MulticlassChecks.coding(x, y, weights)
    let pairs = Self.pairs(coding.classes.count)
    let base = base
    let models = try ConcurrentTasks.map(pairs.count, showing: "pairs of classes") { (place) throws(FitError) in
      let (first, second) = pairs[place]
      let rows = coding.codes.indices.filter { coding.codes[$0] == first || coding.codes[$0] == second }
      return try base.fit(
        x[rows: rows], rows.map { coding.codes[$0] == second }, countingBy: weights?.samples(at: rows))
    }
    return Model(classes: coding.classes, models: models, featureCount: x.shape[1])
  }

  fileprivate static func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { first in (first + 1..<max(count, first + 1)).map { (first, $0) } }
  }

  /// What `OneVsOneClassifier` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// For each pair, 0 and 1, 0 and 2, …, what tells the second from the first.
    public let models: [Base.Model]
    let featureCount: Int

    /// The pairs that each class wins, with the sums of decision values squeezed between −⅓ and ⅓ added: shape
    /// `[samples, classes]`, or the second's decision values, `[samples, 1]`, for two classes.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      if classes.count == 2 {
        try SampleChecks.features(x, count: featureCount, allowingMissing: true)
        let border = BinaryScore.isDecision(models[0]) ? 0 : 0.5
        return Matrix(try BinaryScore.of(models[0], x).map { $0 - border }, shape: [x.shape[0], 1])
      }
      return try votes(x)
    }

    private func votes(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      let (count, width) = (x.shape[0], classes.count)
      var votes = [Double](repeating: 0, count: count * width)
      var sums = votes
      for (pair, model) in zip(OneVsOneClassifier.pairs(width), models) {
        let (scores, answers) = (try BinaryScore.of(model, x), try model.predict(x))
        for row in 0..<count {
          sums[row * width + pair.0] -= scores[row]
          sums[row * width + pair.1] += scores[row]
          votes[row * width + (answers[row] ? pair.1 : pair.0)] += 1
        }
      }
      return Matrix(zip(votes, sums).map { $0 + $1 / (3 * (abs($1) + 1)) }, shape: [count, width])
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try votes(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// The shares of the votes, decision values included: they order samples; they are not calibrated.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let votes = try votes(x) + 1.0 / 3
      return votes / votes.sum(axis: 1, keepDimensions: true)
    }

    private enum CodingKeys: String, CodingKey { case classes, models, featureCount }
  }
}

extension OneVsOneClassifier.Model: DecisionFunction {}
extension OneVsOneClassifier: WeightedEstimator where Base: WeightedEstimator {
  /// Every classifier learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension OneVsOneClassifier.Model: Encodable where Base.Model: Encodable, Label: Encodable {}
extension OneVsOneClassifier.Model: Decodable where Base.Model: Decodable, Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    models = try MulticlassChecks.binary(file, .models, count: classes.count * (classes.count - 1) / 2)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
  }
}
