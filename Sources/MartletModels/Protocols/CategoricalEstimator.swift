import MartletFrames
import MartletNumerics

/// An estimator that asks about sets of categories, so that columns of text go in as they are.
///
///     let model = try HistogramGradientBoostingClassifier<Bool>(seed: 0)
///       .fit(passengers, target: "survived", features: ["sex", "age", "fare", "embarked"])
///     model.categories.map(\.column)      // ["sex", "embarked"]
///
/// A text is numbered by its place among those that were learned; a missing one, and one that was not there in fitting,
/// goes where missing values go.
public protocol CategoricalEstimator: SupervisedEstimator where Features == Matrix {
  /// The features that hold categories, as whole numbers from 0.
  var categoricalFeatures: [Int] { get set }
}

extension CategoricalEstimator where Target == [Double] {
  /// Learns to predict a column of numbers from others of the same table, texts among them.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample; values may be missing where the estimator takes NaN.
  ///   - target: the column to predict.
  ///   - features: the columns to predict from; by default every column but the target and the weights that holds numbers,
  ///     or at most 255 different texts.
  ///   - weights: a column that says how much each row counts. (scikit-learn: `sample_weight`)
  /// - Throws: ``FitError``, of kind `table` when a column is absent or lacks values that the estimator needs.
  public func fit(
    _ frame: DataFrame, target: String, features: [String]? = nil, weights: String? = nil
  ) throws(FitError) -> TabularModel<Model> {
    let samples = try TableSamples(frame, target, features, weights, isUsable: ColumnCategories.isUsable)
    return try fit(samples, try TableTarget.numbers(frame, target))
  }
}

extension CategoricalEstimator {
  /// Learns to predict a column of labels from others of the same table, texts among them.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample; values may be missing where the estimator takes NaN.
  ///   - target: the column to predict, of the estimator's type of label.
  ///   - features: the columns to predict from; by default every column but the target and the weights that holds numbers,
  ///     or at most 255 different texts.
  ///   - weights: a column that says how much each row counts. (scikit-learn: `sample_weight`)
  /// - Throws: ``FitError``, of kind `table` when a column is absent, is of another type or lacks values that the estimator
  ///   needs.
  public func fit<Label: ColumnElement>(
    _ frame: DataFrame, target: String, features: [String]? = nil, weights: String? = nil
  ) throws(FitError) -> TabularModel<Model> where Target == [Label], Model: Classifier, Model.Label == Label {
    let samples = try TableSamples(frame, target, features, weights, isUsable: ColumnCategories.isUsable)
    return try fit(samples, try TableTarget.labels(frame, target))
  }

  private func fit(_ samples: TableSamples, _ y: Target) throws(FitError) -> TabularModel<Model> {
    var (estimator, categories) = (self, [ColumnCategories]())
    for (place, name) in samples.features.enumerated() {
      let column = try SampleChecks.table { () throws(FrameError) in try samples.frame.column(name) }
      guard ColumnCategories.holdsTexts(column) else { continue }
      categories.append(ColumnCategories(column))
      if !estimator.categoricalFeatures.contains(place) { estimator.categoricalFeatures.append(place) }
    }
    return try samples.fit(estimator, y, categories: categories)
  }
}

extension ColumnCategories {
  /// So many different texts at most make a column a feature that nobody has named: names and tickets tell nothing.
  private static let mostByDefault = 255

  static func holdsTexts(_ column: AnyColumn) -> Bool { column.type == .string || column.type == .categorical }

  static func isUsable(_ column: AnyColumn) -> Bool {
    if !holdsTexts(column) { return ColumnSelector.isNumber(column) }
    return Set(column.texts()).count <= mostByDefault
  }

  /// A frame with numbers in place of the texts of some columns, missing where the text is missing or unknown.
  package static func numbered(_ frame: DataFrame, _ categories: [ColumnCategories]) throws(FitError) -> DataFrame {
    var numbered = frame
    for column in categories {
      let known = column.categories.filter { $0 != nil }
      let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, Double($0)) })
      numbered = try SampleChecks.table { () throws(FrameError) in
        let numbers = try frame.column(column.column).texts().map { text in text.flatMap { places[$0] } }
        return try numbered.adding(AnyColumn(Column(column.column, numbers)))
      }
    }
    return numbered
  }
}

extension DecisionTreeClassifier: CategoricalEstimator {}

extension DecisionTreeRegressor: CategoricalEstimator {}

extension RandomForestClassifier: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { forest.categoricalFeatures }
    set { forest.categoricalFeatures = newValue }
  }
}

extension RandomForestRegressor: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { forest.categoricalFeatures }
    set { forest.categoricalFeatures = newValue }
  }
}

extension ExtraTreesClassifier: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { forest.categoricalFeatures }
    set { forest.categoricalFeatures = newValue }
  }
}

extension ExtraTreesRegressor: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { forest.categoricalFeatures }
    set { forest.categoricalFeatures = newValue }
  }
}

extension HistogramGradientBoostingClassifier: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { parameters.categoricalFeatures }
    set { parameters.categoricalFeatures = newValue }
  }
}

extension HistogramGradientBoostingRegressor: CategoricalEstimator {
  public var categoricalFeatures: [Int] {
    get { parameters.categoricalFeatures }
    set { parameters.categoricalFeatures = newValue }
  }
}
