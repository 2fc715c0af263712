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
  /// The categories of those of its columns that hold texts, numbered in this order; see ``CategoricalEstimator``.
  public let categories: [ColumnCategories]

  init(base: Base, target: String, features: [String], categories: [ColumnCategories] = []) {
    self.base = base
    self.target = target
    self.features = features
    self.categories = categories
  }

  /// What the model itself has.
  public subscript<Value>(dynamicMember member: KeyPath<Base, Value>) -> Value { base[keyPath: member] }

  /// A prediction for each row.
  ///
  /// A missing number is NaN to the model, and so is a category that it has not learned.
  /// - Throws: ``FitError`` of kind `table` when a column is absent, by name, is not of numbers, or lacks values that the
  ///   model needs.
  public func predict(_ frame: DataFrame) throws(FitError) -> Base.Prediction {
    let rows = try input(frame)
    return try TableTarget.naming(frame, features) { () throws(FitError) in try base.predict(rows) }
  }

  /// A table's rows as the model takes them.
  /// - Throws: ``FitError`` of kind `table`.
  package func input(_ frame: DataFrame) throws(FitError) -> Base.Features {
    try Base.Features.make(try ColumnCategories.numbered(frame, categories), features)
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
    let rows = try input(frame)
    return try TableTarget.naming(frame, features) { () throws(FitError) in try base.predictProbabilities(rows) }
  }
}

extension TabularModel where Base: Classifier, Base.Label: ColumnElement {
  /// The fraction of a frame's rows that it classifies correctly; the frame has the target, too.
  /// - Throws: ``FitError``.
  public func score(_ frame: DataFrame) throws(FitError) -> Double {
    try score(frame, try TableTarget.labels(frame, target))
  }
}

extension TabularModel {
  fileprivate enum CodingKeys: CodingKey { case base, target, features, categories }
}

extension TabularModel: Encodable where Base: Encodable {}

extension TabularModel: Decodable where Base: Decodable {
  /// Reads a fitted model; files from before there were categories have none.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    base = try file.decode(Base.self, forKey: .base)
    target = try file.decode(String.self, forKey: .target)
    features = try file.decode([String].self, forKey: .features)
    categories = try file.decodeIfPresent([ColumnCategories].self, forKey: .categories) ?? []
    for column in categories { try column.check(file) }
    let texts = categories.map(\.column)
    try ModelChecks.fits(
      Set(texts).isSubset(of: Set(features)) && Set(texts).count == texts.count, file, .categories,
      "categories of different features of the model")
  }
}

extension TabularModel: CustomStringConvertible, RichDisplayable where Base: ModelSummary {
  /// The model with the columns' names in it.
  public var description: String { base.summaryTable(features: features, target: target).text }
  /// A table of what was learned, with the columns' names in it.
  public func displayBundle() -> DisplayBundle { base.summaryTable(features: features, target: target).displayBundle() }
}

/// What an estimator can be given of a table: a matrix of its columns, or the columns themselves.
public protocol TableFeatures: ColumnInput {
  /// Whether a column is among the features by default.
  static func isUsable(_ column: AnyColumn) -> Bool
}

extension Tensor: TableFeatures where Scalar == Double {
  public static func isUsable(_ column: AnyColumn) -> Bool { column.isNumeric }
}

extension DataFrame: TableFeatures {
  public static func isUsable(_ column: AnyColumn) -> Bool { true }
}

extension SupervisedEstimator where Features: TableFeatures, Target == [Double] {
  /// Learns to predict a column of numbers from others of the same table.
  ///
  ///     let model = try Ridge().fit(patients, target: "progression")
  /// - Parameters:
  ///   - frame: a row for each sample. A missing number is NaN to estimators that take one.
  ///   - target: the column to predict.
  ///   - features: the columns to predict from; by default every column but the target and the weights, of numbers
  ///     where the estimator takes a matrix, and of at most 255 different texts where it is a ``CategoricalEstimator``.
  ///   - weights: a column that says how much each row counts. (scikit-learn: `sample_weight`)
  /// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values that the estimator
  ///   needs, of kind `parameter` when the estimator takes no weights.
  public func fit(
    _ frame: DataFrame, target: String, features: [String]? = nil, weights: String? = nil
  ) throws(FitError) -> TabularModel<Model> {
    try TableSamples(self, frame, target, features, weights: weights).fit(try TableTarget.numbers(frame, target))
  }
}

extension SupervisedEstimator where Features: TableFeatures {
  /// Learns to predict a column of labels from others of the same table.
  ///
  ///     let model = try LogisticRegression<String>().fit(iris, target: "species")
  /// - Parameters:
  ///   - frame: a row for each sample. A missing number is NaN to estimators that take one.
  ///   - target: the column to predict, of the estimator's type of label.
  ///   - features: the columns to predict from; by default every column but the target and the weights, of numbers
  ///     where the estimator takes a matrix, and of at most 255 different texts where it is a ``CategoricalEstimator``.
  ///   - weights: a column that says how much each row counts. (scikit-learn: `sample_weight`)
  /// - Throws: ``FitError``, of kind `table` when a column is absent, is of another type or lacks values that the
  ///   estimator needs, of kind `parameter` when the estimator takes no weights.
  public func fit<Label: ColumnElement>(
    _ frame: DataFrame, target: String, features: [String]? = nil, weights: String? = nil
  ) throws(FitError) -> TabularModel<Model> where Target == [Label], Model: Classifier, Model.Label == Label {
    try TableSamples(self, frame, target, features, weights: weights).fit(try TableTarget.labels(frame, target))
  }
}
