import MartletDisplay
import MartletFrames
import MartletNumerics

/// What was learned from a table's columns without answers, and which columns these were.
///
///     let groups = try KMeans(clusters: 3, seed: 0).fit(iris, features: ["petalLength", "petalWidth"])
///     groups                           // the centres, under the columns' names
///     groups.labels                    // everything the model itself has
///     try groups.predict(iris)         // the same two columns of any table
@dynamicMemberLookup
public struct TabularUnsupervisedModel<Base: FittedModel>: FittedModel {
  /// The model of the columns' matrix.
  public let base: Base
  /// The columns it has learned from, in order.
  public let features: [String]

  /// What the model itself has.
  public subscript<Value>(dynamicMember member: KeyPath<Base, Value>) -> Value { base[keyPath: member] }

  private func input(_ frame: DataFrame) throws(FitError) -> Matrix {
    try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: features) }
  }
}

extension UnsupervisedEstimator where Features == Matrix, Model: FittedModel {
  /// Learns from a table's columns of numbers.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample.
  ///   - features: the columns to learn from; `nil` for every column of numbers.
  /// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values.
  public func fit(_ frame: DataFrame, features: [String]? = nil) throws(FitError) -> TabularUnsupervisedModel<Model> {
    let names = features ?? frame.columns.filter(\.isNumeric).map(\.name)
    let x = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: names) }
    return TabularUnsupervisedModel(base: try fit(x), features: names)
  }
}

extension TabularUnsupervisedModel: Predictor where Base: Predictor, Base.Features == Matrix {
  /// An answer for each row, such as its group.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, or is not of numbers.
  public func predict(_ frame: DataFrame) throws(FitError) -> Base.Prediction { try base.predict(try input(frame)) }
}

extension TabularUnsupervisedModel: Transformer where Base: Transformer, Base.Input == Matrix {
  /// What it makes of the columns.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, or is not of numbers.
  public func transform(_ frame: DataFrame) throws(FitError) -> Base.Output { try base.transform(try input(frame)) }
}

extension TabularUnsupervisedModel: ClusterModel where Base: ClusterModel {
  public var labels: [Int] { base.labels }
  public var clusterCount: Int { base.clusterCount }
}

extension TabularUnsupervisedModel where Base: AnomalyModel {
  /// How usual each row is: the lower, the more unusual.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, or is not of numbers.
  public func scores(_ frame: DataFrame) throws(FitError) -> [Double] { try base.scores(try input(frame)) }
  /// Whether each row is an anomaly.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, or is not of numbers.
  public func isAnomaly(_ frame: DataFrame) throws(FitError) -> [Bool] { try base.isAnomaly(try input(frame)) }
}

extension TabularUnsupervisedModel: Encodable where Base: Encodable {}
extension TabularUnsupervisedModel: Decodable where Base: Decodable {}

extension TabularUnsupervisedModel: CustomStringConvertible, RichDisplayable, ModelSummary where Base: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    base.summaryTable(features: features ?? self.features, target: target)
  }
}
