import MartletNumerics

/// Tells several classes apart by a classifier of yes and no for each class against all others.
///
/// The class whose classifier is most for it is answered; probabilities are those of the classifiers, scaled to sum to 1.
///
///     let method = OneVsRestClassifier(LogisticRegression<Bool>(), labels: String.self)
///
/// (scikit-learn: `OneVsRestClassifier`)
public struct OneVsRestClassifier<Base: SupervisedEstimator, Label: Hashable & Sendable>: SupervisedEstimator
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
  /// - Complexity: a fit for each class, or one for two classes.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Label], _ weights: [Double]?) throws(FitError) -> Model {
    let coding = try MulticlassChecks.coding(x, y, weights)
    let positives = coding.classes.count == 2 ? [1] : Array(coding.classes.indices)
    let base = base
    let models = try ConcurrentTasks.map(positives.count, showing: "classes") { (place) throws(FitError) in
      try base.fit(x, coding.codes.map { $0 == positives[place] }, countingBy: weights)
    }
    return Model(classes: coding.classes, models: models, featureCount: x.shape[1])
  }

  /// What `OneVsRestClassifier` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// For each class what tells it from all others; one for two classes, which is for the second.
    public let models: [Base.Model]
    let featureCount: Int

    /// How much each classifier is for its class: shape `[samples, classes]`, or `[samples, 1]` for two classes.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      var columns: [Matrix] = []
      for model in models { columns.append(Matrix(try BinaryScore.of(model, x), shape: [x.shape[0], 1])) }
      return Matrix.concatenated(columns, axis: 1)
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let scores = try decisionFunction(x)
      if scores.shape[1] > 1 { return scores.argMax(axis: 1).scalars.map { classes[$0] } }
      let border = BinaryScore.isDecision(models[0]) ? 0 : 0.5
      return scores.scalars.map { classes[$0 > border ? 1 : 0] }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      var columns: [[Double]] = []
      for model in models { columns.append(try BinaryScore.probabilities(model, x)) }
      if columns.count == 1 { columns.insert(columns[0].map { 1 - $0 }, at: 0) }
      let rows = (0..<x.shape[0]).flatMap { row -> [Double] in
        let own = columns.map { $0[row] }
        let sum = own.reduce(0, +)
        // Where no classifier is for its class, all are equally likely.
        return own.map { sum == 0 ? 1 / Double(own.count) : $0 / sum }
      }
      return Matrix(rows, shape: [x.shape[0], classes.count])
    }

    private enum CodingKeys: String, CodingKey { case classes, models, featureCount }
  }
}

extension OneVsRestClassifier.Model: DecisionFunction {}
extension OneVsRestClassifier: WeightedEstimator where Base: WeightedEstimator {
  /// Every classifier learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension OneVsRestClassifier.Model: Encodable where Base.Model: Encodable, Label: Encodable {}
extension OneVsRestClassifier.Model: Decodable where Base.Model: Decodable, Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    models = try MulticlassChecks.binary(file, .models, count: classes.count == 2 ? 1 : classes.count)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
  }
}
