import MartletDisplay
import MartletNumerics

/// Preprocessing and a method that learns without answers as one: groups, or unusual samples, of scaled features.
///
///     let method = StandardScaler().then(KMeans(clusters: 3, seed: 0))
///     let model = try method.fit(wine)
///     try model.predict(fresh)          // scaled as the samples of fitting, then grouped
///     model.estimator.inertia           // what the method itself has learned
public struct UnsupervisedPipeline<Preprocessing: UnsupervisedEstimator, Estimator: UnsupervisedEstimator>:
  UnsupervisedEstimator
where
  Preprocessing.Model: Transformer, Preprocessing.Model.Input == Preprocessing.Features,
  Preprocessing.Model.Output == Estimator.Features
{
  /// What changes the features.
  public var preprocessing: Preprocessing
  /// What learns from the changed ones.
  public var estimator: Estimator

  /// - Throws: ``FitError`` when either part cannot learn.
  public func fit(_ x: Preprocessing.Features) throws(FitError) -> Model {
    let preprocessing = try self.preprocessing.fit(x)
    return Model(preprocessing: preprocessing, estimator: try estimator.fit(try preprocessing.transform(x)))
  }

  /// What both parts have learned.
  public struct Model: FittedModel {
    /// What changes the features.
    public let preprocessing: Preprocessing.Model
    /// What the method has learned of the changed ones.
    public let estimator: Estimator.Model
  }
}

extension UnsupervisedEstimator where Model: Transformer, Model.Input == Features {
  /// This preprocessing and then a method that learns from its results without answers.
  ///
  ///     let method = StandardScaler().then(DBSCAN(radius: 0.5))
  public func then<Estimator: UnsupervisedEstimator>(_ estimator: Estimator) -> UnsupervisedPipeline<Self, Estimator>
  where Estimator.Features == Model.Output {
    UnsupervisedPipeline(preprocessing: self, estimator: estimator)
  }
}

extension UnsupervisedPipeline.Model: Predictor
where Estimator.Model: Predictor, Estimator.Model.Features == Estimator.Features {
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  public func predict(_ x: Preprocessing.Features) throws(FitError) -> Estimator.Model.Prediction {
    try estimator.predict(try preprocessing.transform(x))
  }
}

extension UnsupervisedPipeline.Model: ClusterModel where Estimator.Model: ClusterModel {
  public var labels: [Int] { estimator.labels }
  public var clusterCount: Int { estimator.clusterCount }
}

extension UnsupervisedPipeline.Model: AnomalyModel
where Estimator.Model: AnomalyModel, Preprocessing.Features == Matrix, Estimator.Features == Matrix {
  public var threshold: Double { estimator.threshold }
  public func scores(_ x: Matrix) throws(FitError) -> [Double] {
    try estimator.scores(try preprocessing.transform(x))
  }
}

extension UnsupervisedPipeline.Model: Encodable where Preprocessing.Model: Encodable, Estimator.Model: Encodable {}
extension UnsupervisedPipeline.Model: Decodable where Preprocessing.Model: Decodable, Estimator.Model: Decodable {}

extension UnsupervisedPipeline.Model: CustomStringConvertible, RichDisplayable, ModelSummary
where Estimator.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    estimator.summaryTable(features: preprocessing.names(of: features), target: target)
  }
}
