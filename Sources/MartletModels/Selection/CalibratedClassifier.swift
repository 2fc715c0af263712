import MartletNumerics

/// A classifier that says how far each sample is on the side of each class.
public protocol DecisionFunction<Features>: Predictor {
  /// Shape `[samples, classes]`, or `[samples, 1]` for two classes: above 0 for the second.
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func decisionFunction(_ x: Features) throws(FitError) -> Matrix
}

extension Pipeline.Model: DecisionFunction where Estimator.Model: DecisionFunction {
  public func decisionFunction(_ x: Preprocessing.Features) throws(FitError) -> Matrix {
    try estimator.decisionFunction(try preprocessing.transform(x))
  }
}

/// The shape of a curve from scores to probabilities.
public enum CalibrationMethod: String, Sendable, Codable {
  /// An S: few samples are enough.
  case sigmoid
  /// Any rising steps: for a thousand samples and more.
  case isotonic
}

/// Turns a classifier's scores into probabilities that can be taken at their word. (scikit-learn:
/// `CalibratedClassifierCV`)
///
/// On every fold the classifier learns from the training samples and a curve from its scores of the others; the answer is
/// the mean over folds. Of more than two classes each has a curve of its own.
///
///     let method = CalibratedClassifier(LogisticRegression<Bool>(), by: .isotonic, folds: StratifiedKFold(5))
///
/// Reference: Platt (1999), Probabilistic outputs for support vector machines; Zadrozny and Elkan (2002).
public struct CalibratedClassifier<Base: SupervisedEstimator>: SupervisedEstimator
where
  Base.Model: Classifier, Base.Target == [Base.Model.Label], Base.Features: SampleCollection & Sendable
{
  public typealias Features = Base.Features
  public typealias Target = Base.Target
  /// The classifier.
  public var base: Base
  /// The shape of the curve.
  public var method: CalibrationMethod
  /// How the samples are cut.
  public var folds: any Splitter

  /// - Parameters:
  ///   - base: the classifier.
  ///   - by: the shape of the curve.
  ///   - folds: how the samples are cut; every class has to be in every training part.
  public init(_ base: Base, by method: CalibrationMethod = .sigmoid, folds: any Splitter = StratifiedKFold(5)) {
    self.base = base
    self.method = method
    self.folds = folds
  }

  /// - Throws: ``FitError`` when the classifier cannot learn, of kind `tooFewClasses` when a fold lacks a class.
  public func fit(_ x: Base.Features, _ y: Base.Target) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Base.Features, _ y: Base.Target, _ weights: [Double]?) throws(FitError) -> Model {
    let trial = try FoldTrial(base, x, y, weights)
    let cut = try folds.folds(of: trial.samples)
    let coding = try SampleChecks.classes(y, weights)
    let method = method
    let parts = try ConcurrentTasks.map(cut.count, showing: "folds") { (place) throws(FitError) -> Model.Part in
      let model = try trial.fit(cut[place])
      guard model.classes == coding.classes else {
        throw FitError(
          .tooFewClasses, expected: "every class in every training part", found: "\(model.classes)",
          advice: "Stratify the folds.")
      }
      let scores = try CalibrationScores.of(model, x.samples(at: cut[place].test))
      let codes = cut[place].test.map { coding.codes[$0] }
      let curves = (0..<scores.shape[1]).map { column in
        let positive = codes.map { $0 == (scores.shape[1] == 1 ? 1 : column) }
        let counted = weights.map { weights in cut[place].test.map { weights[$0] } }
        return ProbabilityCurve(scores.column(column).scalars, positive, weights: counted, method)
      }
      return Model.Part(model: model, curves: curves)
    }
    return Model(classes: coding.classes, parts: parts)
  }

  /// What `CalibratedClassifier` has learned.
  public struct Model: Classifier {
    public typealias Label = Base.Model.Label
    public let classes: [Base.Model.Label]
    /// What one fold has learned: a model, and a curve for each class.
    struct Part: Sendable {
      let model: Base.Model
      let curves: [ProbabilityCurve]
    }
    let parts: [Part]

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Base.Features) throws(FitError) -> [Base.Model.Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Base.Features) throws(FitError) -> Matrix {
      var sum: Matrix?
      for part in parts {
        let scores = try CalibrationScores.of(part.model, x)
        let own = CalibrationScores.probabilities(scores, part.curves, classes.count)
        sum = sum.map { $0 + own } ?? own
      }
      return (sum ?? .zeros(0, classes.count)) / Double(parts.count)
    }
  }
}

extension CalibratedClassifier: WeightedEstimator where Base: WeightedEstimator {
  /// Learns from samples of which each counts as much as its weight, for the classifier and for the curve.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Base.Features, _ y: Base.Target, weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension CalibratedClassifier.Model.Part: Encodable where Base.Model: Encodable {}
extension CalibratedClassifier.Model.Part: Decodable where Base.Model: Decodable {}
extension CalibratedClassifier.Model: Encodable where Base.Model: Encodable, Base.Model.Label: Encodable {}

extension CalibratedClassifier.Model: Decodable where Base.Model: Decodable, Base.Model.Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    parts = try file.decode([Part].self, forKey: .parts)
    let curveCount = classes.count == 2 ? 1 : classes.count
    for part in parts {
      try ModelChecks.fits(
        part.model.classes == classes && part.curves.count == curveCount, file, .parts, "a curve for each class")
    }
    try ModelChecks.fits(!parts.isEmpty, file, .parts, "at least one fold")
  }
}

extension CalibratedClassifier.Model { enum CodingKeys: String, CodingKey { case classes, parts } }

/// The scores that are turned into probabilities.
private enum CalibrationScores {
  /// Decision values where the model has them, else probabilities: a column for each class, or one for two classes.
  static func of<Model: Classifier>(_ model: Model, _ x: Model.Features) throws(FitError) -> Matrix {
    if let deciding = model as? any DecisionFunction<Model.Features> { return try deciding.decisionFunction(x) }
    let probabilities = try model.predictProbabilities(x)
    return model.classes.count == 2 ? probabilities[.all, 1..<2] : probabilities
  }

  static func probabilities(_ scores: Matrix, _ curves: [ProbabilityCurve], _ classCount: Int) -> Matrix {
    var rows: [Double] = []
    for sample in 0..<scores.shape[0] {
      var own = curves.indices.map { curves[$0].value(scores[sample, $0]) }
      if classCount == 2 { own = [1 - own[0], own[0]] }
      let sum = own.reduce(0, +)
      // Where no curve believes in its class, all are equally likely.
      rows += own.map { sum == 0 ? 1 / Double(classCount) : min($0 / sum, 1) }
    }
    return Matrix(rows, shape: [scores.shape[0], classCount])
  }
}
