import MartletDisplay
import MartletFrames
import MartletNumerics

/// A model that was fitted to a table, and remembers which columns it needs.
///
///     let model = try LinearRegression().fit(patients, target: "progression", features: ["bmi"])
///     try model.predict(patients).prefix(2)
///     model.coefficients                 // everything the model itself has
@dynamicMemberLookup
public struct TabularModel<Base: Predictor>: Sendable where Base.Features: TableFeatures {
  /// The model of the columns, or of their matrix.
  public let base: Base
  /// The column it predicts.
  public let target: String
  /// The columns it predicts from, in order.
  public let features: [String]

  /// What the model itself has.
  public subscript<Value>(dynamicMember member: KeyPath<Base, Value>) -> Value { base[keyPath: member] }

  /// A prediction for each row.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, or is not of numbers.
  public func predict(_ frame: DataFrame) throws(FitError) -> Base.Prediction { try base.predict(try input(frame)) }

  private func input(_ frame: DataFrame) throws(FitError) -> Base.Features {
    try SampleChecks.table { () throws(FrameError) in try Base.Features.input(frame, features) }
  }
}

extension TabularModel: Predictor {
  public typealias Features = DataFrame
  public typealias Prediction = Base.Prediction
}

extension TabularModel: Regressor where Base: Regressor {
  /// R² on the rows of a frame that has the target, too.
  /// - Throws: ``FitError``.
  public func score(_ frame: DataFrame) throws(FitError) -> Double {
    try score(frame, try TableTarget.numbers(frame, target))
  }
}

extension TabularModel: Classifier where Base: Classifier {
  public typealias Label = Base.Label
  public var classes: [Base.Label] { base.classes }
  /// How sure it is of each class, for each row.
  /// - Throws: ``FitError``.
  public func predictProbabilities(_ frame: DataFrame) throws(FitError) -> Matrix {
    try base.predictProbabilities(try input(frame))
  }
}

extension TabularModel where Base: Classifier, Base.Label: ColumnElement {
  /// The fraction of a frame's rows that it classifies correctly; the frame has the target, too.
  /// - Throws: ``FitError``.
  public func score(_ frame: DataFrame) throws(FitError) -> Double {
    try score(frame, try TableTarget.labels(frame, target))
  }
}

extension TabularModel: Codable where Base: Codable {}

extension TabularModel: CustomStringConvertible, RichDisplayable where Base: ModelSummary {
  /// The model with the columns' names in it.
  public var description: String { base.summaryTable(features: features, target: target).text }
  /// A table of what was learned, with the columns' names in it.
  public func displayBundle() -> DisplayBundle { base.summaryTable(features: features, target: target).displayBundle() }
}

/// What an estimator can be given of a table: a matrix of its columns, or the columns themselves.
public protocol TableFeatures {
  /// Whether a column is among the features by default.
  static func isUsable(_ column: AnyColumn) -> Bool
  /// The named columns.
  /// - Throws: ``FrameError``.
  static func input(_ frame: DataFrame, _ columns: [String]) throws(FrameError) -> Self
}

extension Tensor: TableFeatures where Scalar == Double {
  public static func isUsable(_ column: AnyColumn) -> Bool { column.isNumeric }
  public static func input(_ frame: DataFrame, _ columns: [String]) throws(FrameError) -> Matrix {
    try frame.matrix(of: columns)
  }
}

extension DataFrame: TableFeatures {
  public static func isUsable(_ column: AnyColumn) -> Bool { true }
  public static func input(_ frame: DataFrame, _ columns: [String]) throws(FrameError) -> DataFrame {
    try frame.select(columns)
  }
}

/// A target column, as models take it.
package enum TableTarget {
  package static func numbers(_ frame: DataFrame, _ name: String) throws(FitError) -> [Double] {
    try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: [name]).scalars }
  }

  package static func labels<Label: ColumnElement>(_ frame: DataFrame, _ name: String) throws(FitError) -> [Label] {
    try SampleChecks.table { () throws(FrameError) in try frame[name, Label.self].values() }
  }

  /// The named columns; without names every column that can be used but the target.
  static func features(
    _ frame: DataFrame, _ names: [String]?, except target: String, _ isUsable: (AnyColumn) -> Bool
  ) throws(FitError) -> [String] {
    let names = names ?? frame.columns.filter { $0.name != target && isUsable($0) }.map(\.name)
    if names.contains(target) {
      throw FitError(
        .table, expected: "features other than the target", found: "'\(target)' among the features",
        advice: "A model that sees the answer learns nothing; leave it out.")
    }
    return names
  }

  /// The features of a table's rows, as an estimator takes them.
  static func input<Features: TableFeatures>(
    _ frame: DataFrame, _ names: [String]?, except target: String
  ) throws(FitError) -> Features {
    let names = try features(frame, names, except: target, Features.isUsable)
    return try SampleChecks.table { () throws(FrameError) in try Features.input(frame, names) }
  }
}

extension SupervisedEstimator where Features: TableFeatures, Target == [Double] {
  /// Learns to predict a column of numbers from others of the same table.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample.
  ///   - target: the column to predict.
  ///   - features: the columns to predict from; by default every column but the target, of numbers
  ///     where the estimator takes a matrix.
  /// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values.
  public func fit(
    _ frame: DataFrame, target: String, features: [String]? = nil
  ) throws(FitError) -> TabularModel<Model> {
    let features = try TableTarget.features(frame, features, except: target, Features.isUsable)
    let y = try TableTarget.numbers(frame, target)
    let x = try SampleChecks.table { () throws(FrameError) in try Features.input(frame, features) }
    return TabularModel(base: try fit(x, y), target: target, features: features)
  }
}

extension SupervisedEstimator where Features: TableFeatures {
  /// Learns to predict a column of labels from others of the same table.
  ///
  ///     let model = try LogisticRegression<String>().fit(iris, target: "species")
  /// - Parameters:
  ///   - frame: a row for each sample.
  ///   - target: the column to predict, of the estimator's type of label.
  ///   - features: the columns to predict from; by default every column but the target, of numbers
  ///     where the estimator takes a matrix.
  /// - Throws: ``FitError``, of kind `table` when a column is absent, is of another type or lacks values.
  public func fit<Label: ColumnElement>(
    _ frame: DataFrame, target: String, features: [String]? = nil
  ) throws(FitError) -> TabularModel<Model> where Target == [Label], Model: Classifier, Model.Label == Label {
    let features = try TableTarget.features(frame, features, except: target, Features.isUsable)
    let y: [Label] = try TableTarget.labels(frame, target)
    let x = try SampleChecks.table { () throws(FrameError) in try Features.input(frame, features) }
    return TabularModel(base: try fit(x, y), target: target, features: features)
  }
}
