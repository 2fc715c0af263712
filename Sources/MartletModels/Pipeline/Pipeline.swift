import MartletDisplay
import MartletNumerics

/// Preprocessing and a method as one: whatever is fitted or asked goes through both.
///
/// What the preprocessing learns, it learns from the training samples alone, so that nothing leaks from the test.
///
///     let model = try StandardScaler().then(LogisticRegression<Int>()).fit(xTrain, yTrain)
///     model.estimator.iterations
public struct Pipeline<Preprocessing: UnsupervisedEstimator, Estimator: SupervisedEstimator>: SupervisedEstimator
where
  Preprocessing.Model: Transformer, Preprocessing.Model.Input == Preprocessing.Features,
  Preprocessing.Model.Output == Estimator.Features
{
  /// What changes the features.
  public var preprocessing: Preprocessing
  /// What learns from the changed ones.
  public var estimator: Estimator

  /// - Throws: ``FitError`` when either part cannot learn.
  public func fit(_ x: Preprocessing.Features, _ y: Estimator.Target) throws(FitError) -> Model {
    let preprocessing = try self.preprocessing.fit(x)
    return Model(preprocessing: preprocessing, estimator: try estimator.fit(try preprocessing.transform(x), y))
  }

  /// What both parts have learned.
  public struct Model: Predictor {
    /// What changes the features.
    public let preprocessing: Preprocessing.Model
    /// What answers.
    public let estimator: Estimator.Model

    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func predict(_ x: Preprocessing.Features) throws(FitError) -> Estimator.Model.Prediction {
      try estimator.predict(try preprocessing.transform(x))
    }
  }
}

extension Pipeline: WeightedEstimator where Estimator: WeightedEstimator {
  /// Learns from samples of which each counts as much as its weight; the preprocessing takes all of them alike.
  /// - Throws: ``FitError`` when either part cannot learn.
  public func fit(_ x: Preprocessing.Features, _ y: Estimator.Target, weights: [Double]?) throws(FitError) -> Model {
    let preprocessing = try self.preprocessing.fit(x)
    let changed = try preprocessing.transform(x)
    return Model(preprocessing: preprocessing, estimator: try estimator.fit(changed, y, weights: weights))
  }
}

extension Pipeline.Model: Regressor where Estimator.Model: Regressor {}

extension Pipeline.Model: Classifier where Estimator.Model: Classifier {
  public typealias Label = Estimator.Model.Label
  public var classes: [Estimator.Model.Label] { estimator.classes }
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  public func predictProbabilities(_ x: Preprocessing.Features) throws(FitError) -> Matrix {
    try estimator.predictProbabilities(try preprocessing.transform(x))
  }
}

extension Pipeline.Model: Encodable where Preprocessing.Model: Encodable, Estimator.Model: Encodable {}
extension Pipeline.Model: Decodable where Preprocessing.Model: Decodable, Estimator.Model: Decodable {}

extension Pipeline.Model: CustomStringConvertible, RichDisplayable, ModelSummary where Estimator.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    estimator.summaryTable(features: preprocessing.names(of: features), target: target)
  }
}
