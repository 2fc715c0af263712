import MartletFrames
import MartletNumerics

/// A transformer that knows what its columns are called.
public protocol FeatureNaming {
  /// The names of the columns that it makes of columns with these names. (scikit-learn: `get_feature_names_out`)
  func outputNames(for inputs: [String]) -> [String]
}

/// A fitted transformer of tables, which knows the columns that it takes and those that it makes.
public protocol TableTransformer: Transformer where Input == DataFrame, Output == Matrix {
  /// The columns that it takes.
  var inputColumns: [String] { get }
  /// The names of the columns that it makes.
  var outputColumns: [String] { get }
}

/// A model that says how much each feature matters to it.
public protocol FeatureImportances {
  /// One number for each feature, at least 0; only their order and proportions mean anything.
  var featureImportances: [Double] { get }
}

extension LinearRegression.Model: FeatureImportances {
  /// The absolute coefficients: comparable for features of the same spread.
  public var featureImportances: [Double] { coefficients.map { abs($0) } }
}
