import MartletFrames
import MartletModels
import MartletNumerics

/// A model as a function from samples to numbers: all that explainers for any model look at.
///
///     let function = ModelFunction(classifier)                 // a probability for each class
///     let own = ModelFunction { (x: Matrix) in x.sum(axis: 1).reshaped(-1, 1) }
public struct ModelFunction<Features: SampleCollection & Sendable>: Sendable {
  /// The names of the classes, or one output.
  public let outputNames: [String]
  /// The columns that it answers for, where they have names.
  public let featureNames: [String]?
  private let function: @Sendable (Features) throws(FitError) -> Matrix

  /// A function of your own.
  ///
  /// - Parameters:
  ///   - outputNames: one for each column of the answers.
  ///   - featureNames: the columns that it answers for.
  ///   - function: from `n` samples to answers of shape `[n, outputs]`.
  public init(
    outputNames: [String] = ["prediction"], featureNames: [String]? = nil,
    _ function: @escaping @Sendable (Features) throws(FitError) -> Matrix
  ) {
    self.outputNames = outputNames
    self.featureNames = featureNames
    self.function = function
  }

  /// The predictions of a regressor.
  public init<Model: Regressor>(_ model: Model) where Model.Features == Features {
    self.init { x throws(FitError) in Matrix(try model.predict(x)).reshaped(-1, 1) }
  }

  /// The probabilities of a classifier.
  public init<Model: Classifier>(_ model: Model) where Model.Features == Features {
    self.init(outputNames: model.classes.map { "\($0)" }) { x throws(FitError) in try model.predictProbabilities(x) }
  }

  /// What the model answers: shape `[n, outputs]`.
  /// - Throws: ``FitError`` when the model cannot answer, or answers in another shape than it should.
  public func callAsFunction(_ x: Features) throws(FitError) -> Matrix {
    let answers = try function(x)
    guard answers.shape == [x.sampleCount, outputNames.count] else {
      throw FitError(
        .shape, expected: "answers of shape [\(x.sampleCount), \(outputNames.count)]", found: "shape \(answers.shape)",
        advice: "Return a row for each sample and a column for each of outputNames.")
    }
    return answers
  }
}

extension ModelFunction where Features == Matrix {
  /// The predictions of a regressor that was fitted to columns of a table, by their matrix.
  public init<Base: Regressor>(columnsOf model: TabularModel<Base>) where Base.Features == Matrix {
    let base = model.base
    self.init(featureNames: model.features) { x throws(FitError) in Matrix(try base.predict(x)).reshaped(-1, 1) }
  }

  /// The probabilities of a classifier that was fitted to columns of a table, by their matrix.
  public init<Base: Classifier>(columnsOf model: TabularModel<Base>) where Base.Features == Matrix {
    let base = model.base
    self.init(outputNames: base.classes.map { "\($0)" }, featureNames: model.features) { x throws(FitError) in
      try base.predictProbabilities(x)
    }
  }
}
