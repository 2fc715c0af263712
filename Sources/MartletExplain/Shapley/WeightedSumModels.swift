import MartletModels
import MartletNumerics

extension LinearRegression.Model: WeightedSumModel {
  /// The prediction.
  public var weightedSums: WeightedSums { WeightedSums(coefficients, intercept) }
}

extension LogisticRegression.Model: WeightedSumModel {
  /// The scores: of the second of two classes, or of each.
  public var weightedSums: WeightedSums { .scores(of: classes.map { "\($0)" }, coefficients, intercepts) }
}

extension WeightedSumModel where Self: LinearRegressor {
  /// The prediction.
  public var weightedSums: WeightedSums { WeightedSums(coefficients, intercept) }
}

extension Ridge.Model: WeightedSumModel {}
extension RidgeCV.Model: WeightedSumModel {}
extension ElasticNet.Model: WeightedSumModel {}
extension ElasticNetCV.Model: WeightedSumModel {}
extension BayesianRidge.Model: WeightedSumModel {}
extension HuberRegressor.Model: WeightedSumModel {}
extension QuantileRegressor.Model: WeightedSumModel {}
extension SGDRegressor.Model: WeightedSumModel {}
extension GradientDescentRegressor.Model: WeightedSumModel {}
/// The prediction, or with a logarithmic link its logarithm.
extension TweedieRegressor.Model: WeightedSumModel {}

extension RANSACRegressor.Model: WeightedSumModel where Base.Model: WeightedSumModel {
  /// The prediction.
  public var weightedSums: WeightedSums { get throws(FitError) { try base.weightedSums } }
}

extension SGDClassifier.Model: WeightedSumModel {
  /// How far samples are on each class's side; on that of the second of two.
  public var weightedSums: WeightedSums { .scores(of: classes.map { "\($0)" }, coefficients, intercepts) }
}

extension LinearDiscriminantAnalysis.Model: WeightedSumModel {
  /// The logarithms of the classes' probabilities, but for what they share.
  public var weightedSums: WeightedSums {
    WeightedSums(coefficients: coefficients, intercepts: intercepts, outputNames: classes.map { "\($0)" })
  }
}

extension LinearSVC.Model: WeightedSumModel {
  /// How far samples are on each class's side; on that of the second of two.
  public var weightedSums: WeightedSums { .scores(of: classes.map { "\($0)" }, coefficients, intercepts) }
}
