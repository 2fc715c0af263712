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

extension ParameterSearch where Estimator: CategoricalEstimator {
  /// The features that hold categories, for every candidate.
  public var categoricalFeatures: [Int] {
    get { estimator.categoricalFeatures }
    set { estimator.categoricalFeatures = newValue }
  }
}

extension GridSearch: CategoricalEstimator where Estimator: CategoricalEstimator {}

extension RandomizedSearch: CategoricalEstimator where Estimator: CategoricalEstimator {}

extension HalvingSearch: CategoricalEstimator where Estimator: CategoricalEstimator {}

extension BayesianSearch: CategoricalEstimator where Estimator: CategoricalEstimator {}

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
