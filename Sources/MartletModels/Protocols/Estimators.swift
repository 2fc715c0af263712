import MartletNumerics

/// What a method has learned: a predictor, a transformer, groups, limits of the ordinary.
///
/// Where it is `Codable`, `model.save(to: "groups.json")` writes it and `Type.load(from:)` reads it again; see ``ModelFile``.
public protocol FittedModel: Sendable {}

/// Something that has learned to answer.
public protocol Predictor<Features, Prediction>: FittedModel {
  /// What it is asked with, usually a ``Matrix`` of shape `[samples, features]`.
  associatedtype Features
  /// What it answers, one for each sample.
  associatedtype Prediction
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func predict(_ x: Features) throws(FitError) -> Prediction
}

/// A predictor that tells classes apart.
public protocol Classifier<Label>: Predictor where Prediction == [Label] {
  /// A class: text, a number, `Bool`, or an enum of your own.
  associatedtype Label: Hashable & Sendable
  /// The classes it knows, in the order of the columns of ``predictProbabilities(_:)``.
  var classes: [Label] { get }
  /// How sure it is of each class: shape `[samples, classes]`, each row summing to 1.
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func predictProbabilities(_ x: Features) throws(FitError) -> Matrix
}

extension Classifier {
  /// The fraction of samples that it classifies correctly.
  ///
  ///     try model.score(xTest, yTest)      // 0.9611111111111111
  /// - Throws: ``FitError`` when features and labels do not pair up.
  public func score(_ x: Features, _ labels: [Label]) throws(FitError) -> Double {
    let predictions = try predict(x)
    guard predictions.count == labels.count, !labels.isEmpty else { throw .unpaired(predictions.count, labels.count) }
    return accuracy(predicted: predictions, actual: labels)
  }
}

/// A predictor of numbers.
public protocol Regressor<Features>: Predictor where Prediction == [Double] {}

extension Regressor {
  /// How much of the targets' variance it explains: R², 1 at best, 0 for always answering the mean.
  /// - Throws: ``FitError`` when features and targets do not pair up.
  public func score(_ x: Features, _ targets: [Double]) throws(FitError) -> Double {
    let predictions = try predict(x)
    guard predictions.count == targets.count, !targets.isEmpty else {
      throw .unpaired(predictions.count, targets.count)
    }
    return r2Score(predicted: predictions, actual: targets)
  }
}

extension FitError {
  static func unpaired(_ predictions: Int, _ answers: Int) -> FitError {
    FitError(
      .shape, expected: "one answer for each of \(predictions) samples, at least one", found: "\(answers)",
      advice: "Cut features and answers from the same rows.")
  }
}

/// Something that has learned to change features.
public protocol Transformer<Input, Output>: FittedModel {
  /// What it changes.
  associatedtype Input
  /// What it makes of it.
  associatedtype Output
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func transform(_ x: Input) throws(FitError) -> Output
}

/// A method that learns from examples with answers. It holds only what was chosen; what is learned is another type.
public protocol SupervisedEstimator<Features, Target, Model>: Sendable {
  /// The examples.
  associatedtype Features
  /// Their answers.
  associatedtype Target
  /// What it has learned.
  associatedtype Model: Predictor where Model.Features == Features
  /// - Throws: ``FitError`` when the data cannot be learned from.
  func fit(_ x: Features, _ y: Target) throws(FitError) -> Model
}

/// A method that learns from examples alone.
public protocol UnsupervisedEstimator<Features, Model>: Sendable {
  /// The examples.
  associatedtype Features
  /// What it has learned.
  associatedtype Model: Sendable
  /// - Throws: ``FitError`` when the data cannot be learned from.
  func fit(_ x: Features) throws(FitError) -> Model
}
