import MartletNumerics

/// A measure of how good a model is, for validation and search: a name, a direction, and how it is worked out.
///
///     let result = try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy, .logLoss])
///
/// A measure of your own compares predictions with answers:
///
///     let missed = Scorer<LogisticRegression<Bool>.Model, [Bool]>("missed", greaterIsBetter: false) { predicted, actual in
///       Double(zip(predicted, actual).count { !$0 && $1 })
///     }
public struct Scorer<Model: Predictor, Target: SampleCollection & Sendable>: Sendable {
  /// What tables call it.
  public let name: String
  /// Whether a larger value is a better one.
  public let greaterIsBetter: Bool
  private let measure: Measure

  /// What a measure looks at; predictions and probabilities are worked out once for all measures.
  private enum Measure: Sendable {
    case predictions(@Sendable (Model.Prediction, Target, [Double]?) throws(FitError) -> Double)
    case probabilities(
      ask: @Sendable (Model, Model.Features) throws(FitError) -> Matrix,
      measure: @Sendable (Matrix, Model, Target, [Double]?) throws(FitError) -> Double)
    case model(@Sendable (Model, Model.Features, Target, [Double]?) throws(FitError) -> Double)
  }

  private init(_ name: String, _ greaterIsBetter: Bool, _ measure: Measure) {
    self.name = name
    self.greaterIsBetter = greaterIsBetter
    self.measure = measure
  }

  /// A measure of predictions.
  public init(
    _ name: String, greaterIsBetter: Bool = true,
    _ measure: @escaping @Sendable (_ predicted: Model.Prediction, _ actual: Target) -> Double
  ) {
    self.init(name, greaterIsBetter, .predictions { predicted, actual, _ in measure(predicted, actual) })
  }

  /// A measure of predictions, in which samples have weights.
  init(
    _ name: String, greaterIsBetter: Bool = true,
    weighing measure: @escaping @Sendable (Model.Prediction, Target, [Double]?) throws(FitError) -> Double
  ) {
    self.init(name, greaterIsBetter, .predictions(measure))
  }

  /// A measure that asks the model itself.
  public init(
    _ name: String, greaterIsBetter: Bool = true,
    asking measure: @escaping @Sendable (Model, Model.Features, Target) throws(FitError) -> Double
  ) {
    self.init(name, greaterIsBetter, .model { model, x, y, _ throws(FitError) in try measure(model, x, y) })
  }

  /// The value for a model on samples that it has not learned from.
  /// - Throws: ``FitError`` when the model cannot answer.
  public func score(
    _ model: Model, _ x: Model.Features, _ y: Target, weights: [Double]? = nil
  ) throws(FitError) -> Double {
    try Self.scores([self], model, x, y, weights: weights)[0]
  }

  /// The same measure, of the best model that a search has found.
  func ofBest<Estimator: SupervisedEstimator>(
    _: Estimator.Type
  ) -> Scorer<SearchModel<Estimator>, Target> where Estimator.Model == Model {
    typealias Searched = Scorer<SearchModel<Estimator>, Target>
    switch measure {
    case .predictions(let measure): return Searched(name, greaterIsBetter, .predictions(measure))
    case .probabilities(let ask, let measure):
      return Searched(
        name, greaterIsBetter,
        .probabilities(
          ask: { found, x throws(FitError) in try ask(found.best, x) },
          measure: { probabilities, found, y, weights throws(FitError) in
            try measure(probabilities, found.best, y, weights)
          }))
    case .model(let measure):
      return Searched(
        name, greaterIsBetter,
        .model { found, x, y, weights throws(FitError) in try measure(found.best, x, y, weights) })
    }
  }

  /// The value by which larger is better.
  func merit(_ value: Double) -> Double { greaterIsBetter ? value : -value }

  static func scores(
    _ scorers: [Scorer], _ model: Model, _ x: Model.Features, _ y: Target, weights: [Double]?
  ) throws(FitError) -> [Double] {
    guard y.sampleCount > 0 else { throw .unpaired(0, 0) }
    try SampleChecks.weights(weights, count: y.sampleCount)
    var predictions: Model.Prediction?
    var probabilities: Matrix?
    var values: [Double] = []
    for scorer in scorers {
      switch scorer.measure {
      case .predictions(let measure):
        if predictions == nil { predictions = try model.predict(x) }
        if let predictions { values.append(try measure(predictions, y, weights)) }
      case .probabilities(let ask, let measure):
        if probabilities == nil { probabilities = try ask(model, x) }
        if let probabilities { values.append(try measure(probabilities, model, y, weights)) }
      case .model(let measure): values.append(try measure(model, x, y, weights))
      }
    }
    return values
  }
}

extension Scorer where Model: Classifier, Target == [Model.Label] {
  private static func ofLabels(
    _ name: String, _ measure: @escaping @Sendable ([Model.Label], [Model.Label], [Double]?) -> Double
  ) -> Scorer {
    Scorer(
      name,
      weighing: { predicted, actual, weights throws(FitError) in
        guard predicted.count == actual.count else { throw .unpaired(predicted.count, actual.count) }
        return measure(predicted, actual, weights)
      })
  }

  private static func ofProbabilities(
    _ name: String, greaterIsBetter: Bool,
    _ measure: @escaping @Sendable (Matrix, [Model.Label], [Model.Label], [Double]?) -> Double
  ) -> Scorer {
    Scorer(
      name, greaterIsBetter,
      .probabilities(
        ask: { model, x throws(FitError) in try model.predictProbabilities(x) },
        measure: { probabilities, model, actual, weights throws(FitError) in
          let classes = model.classes
          guard probabilities.shape == [actual.count, classes.count] else {
            throw .unpaired(probabilities.shape.first ?? 0, actual.count)
          }
          let known = Set(classes)
          if let unknown = actual.first(where: { !known.contains($0) }) {
            throw FitError(
              .tooFewClasses, expected: "answers among the classes that were learned", found: "\(unknown)",
              advice: "Stratify the folds, so that every class is learned.")
          }
          return measure(probabilities, actual, classes, weights)
        }))
  }

  /// The fraction of right predictions.
  public static var accuracy: Scorer {
    ofLabels("accuracy") { MartletModels.accuracy(predicted: $0, actual: $1, weights: $2) }
  }
  /// The mean over classes of the fraction of each that is found.
  public static var balancedAccuracy: Scorer {
    ofLabels("balanced accuracy") { MartletModels.balancedAccuracy(predicted: $0, actual: $1, weights: $2) }
  }
  /// The harmonic mean of precision and recall.
  public static func f1(_ average: Average<Model.Label> = .macro) -> Scorer {
    ofLabels("F1") { f1Score(predicted: $0, actual: $1, average: average, weights: $2) }
  }
  /// The fraction of what was taken for a class that is of it.
  public static func precision(_ average: Average<Model.Label> = .macro) -> Scorer {
    ofLabels("precision") { MartletModels.precision(predicted: $0, actual: $1, average: average, weights: $2) }
  }
  /// The fraction of a class that is found.
  public static func recall(_ average: Average<Model.Label> = .macro) -> Scorer {
    ofLabels("recall") { MartletModels.recall(predicted: $0, actual: $1, average: average, weights: $2) }
  }
  /// The correlation of predicted and actual classes.
  public static var matthewsCorrelation: Scorer {
    ofLabels("Matthews correlation") { MartletModels.matthewsCorrelation(predicted: $0, actual: $1, weights: $2) }
  }
  /// The mean surprise at the true classes; smaller is better.
  public static var logLoss: Scorer {
    ofProbabilities("log-loss", greaterIsBetter: false) {
      MartletModels.logLoss(probabilities: $0, actual: $1, classes: $2, weights: $3)
    }
  }
  /// The squared distance of probabilities from the truth; smaller is better.
  public static var brierScore: Scorer {
    ofProbabilities("Brier score", greaterIsBetter: false) {
      MartletModels.brierScore(probabilities: $0, actual: $1, classes: $2, weights: $3)
    }
  }
  /// The area under the ROC curve: of the second class for two, else the mean over one class against the rest. Not a
  /// number where the test has one class only.
  public static var rocAUC: Scorer {
    ofProbabilities("ROC AUC", greaterIsBetter: true) {
      MartletModels.rocAUC(probabilities: $0, actual: $1, classes: $2, weights: $3)
    }
  }
  /// The area under the curve of precision over recall: of the second class for two, else the mean over classes.
  public static var averagePrecision: Scorer {
    ofProbabilities("average precision", greaterIsBetter: true) {
      MartletModels.averagePrecision(probabilities: $0, actual: $1, classes: $2, weights: $3)
    }
  }
}

extension Scorer where Model: Regressor, Target == [Double] {
  private static func ofNumbers(
    _ name: String, greaterIsBetter: Bool = false,
    _ measure: @escaping @Sendable ([Double], [Double], [Double]?) -> Double
  ) -> Scorer {
    Scorer(
      name, greaterIsBetter: greaterIsBetter,
      weighing: { predicted, actual, weights throws(FitError) in
        guard predicted.count == actual.count else { throw .unpaired(predicted.count, actual.count) }
        return measure(predicted, actual, weights)
      })
  }

  /// How much of the variance is explained.
  public static var r2: Scorer {
    ofNumbers("R²", greaterIsBetter: true) { r2Score(predicted: $0, actual: $1, weights: $2) }
  }
  /// The mean of the squared misses; smaller is better.
  public static var meanSquaredError: Scorer {
    ofNumbers("mean squared error") { MartletModels.meanSquaredError(predicted: $0, actual: $1, weights: $2) }
  }
  /// The root of the mean of the squared misses; smaller is better.
  public static var rootMeanSquaredError: Scorer {
    ofNumbers("root mean squared error") { MartletModels.rootMeanSquaredError(predicted: $0, actual: $1, weights: $2) }
  }
  /// The mean of the misses without their signs; smaller is better.
  public static var meanAbsoluteError: Scorer {
    ofNumbers("mean absolute error") { MartletModels.meanAbsoluteError(predicted: $0, actual: $1, weights: $2) }
  }
  /// The median of the misses without their signs; smaller is better.
  public static var medianAbsoluteError: Scorer {
    ofNumbers("median absolute error") { MartletModels.medianAbsoluteError(predicted: $0, actual: $1, weights: $2) }
  }
}
