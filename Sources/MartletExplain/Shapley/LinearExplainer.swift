import MartletFrames
import MartletModels
import MartletNumerics

/// A fitted model that answers with weighted sums of the features: what ``LinearExplainer`` can explain.
public protocol WeightedSumModel: Predictor where Features == Matrix {
  /// The weights.
  /// - Throws: ``FitError`` of kind `parameter` where the model was set up so that its answer is no weighted sum.
  var weightedSums: WeightedSums { get throws(FitError) }
}

/// Weighted sums of features, one for each output.
public struct WeightedSums: Sendable {
  /// The weights, shape `[outputs, features]`.
  public let coefficients: Matrix
  /// One for each output.
  public let intercepts: [Double]
  /// The outputs' names.
  public let outputNames: [String]

  /// - Parameters:
  ///   - coefficients: shape `[outputs, features]`.
  ///   - intercepts: one for each output.
  ///   - outputNames: one for each output.
  public init(coefficients: Matrix, intercepts: [Double], outputNames: [String]) {
    self.coefficients = coefficients
    self.intercepts = intercepts
    self.outputNames = outputNames
  }

  init(_ coefficients: [Double], _ intercept: Double) {
    self.init(
      coefficients: Matrix(coefficients, shape: [1, coefficients.count]), intercepts: [intercept],
      outputNames: ["prediction"])
  }

  static func scores(of classes: [String], _ coefficients: Matrix, _ intercepts: [Double]) -> WeightedSums {
    WeightedSums(
      coefficients: coefficients, intercepts: intercepts,
      outputNames: coefficients.shape[0] == 1 ? [classes[1]] : classes)
  }
}

/// Shapley values of linear models: `φⱼ = wⱼ (xⱼ − mean of xⱼ)`.
///
///     let model = try LinearRegression().fit(patients, target: "progression")
///     try LinearExplainer(model, background: patients).explain(patients).beeswarm()
///
/// Features are taken as independent of each other. Logistic regression is explained in scores (log-odds), generalized
/// linear regression with a logarithmic link in logarithms. A pipeline of scalers and a linear model is explained in the
/// features' own units, since it is a weighted sum of them, too.
///
/// Reference: Lundberg and Lee (2017), A unified approach to interpreting model predictions, corollary 1.
public struct LinearExplainer: Explainer {
  public let featureNames: [String]
  public var outputNames: [String] { sums.outputNames }
  private let sums: WeightedSums
  private let means: Matrix

  /// - Parameters:
  ///   - model: a linear model.
  ///   - background: samples whose means stand for what is not known, shape `[m, features]`.
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public init(_ model: some WeightedSumModel, background: Matrix, featureNames: [String]? = nil) throws(FitError) {
    sums = try model.weightedSums
    try SampleChecks.features(background)
    try SampleChecks.width(background, sums.coefficients.shape[1])
    means = background.mean(axis: 0)
    self.featureNames = try FeatureNames.checked(featureNames, count: background.shape[1])
  }

  /// - Parameters:
  ///   - model: fitted to a table.
  ///   - background: rows whose means stand for what is not known.
  /// - Throws: ``FitError`` when the background is not like the table that the model has learned from.
  public init<Model: WeightedSumModel>(_ model: TabularModel<Model>, background: DataFrame) throws(FitError) {
    try self.init(model.base, background: try model.input(background), featureNames: model.features)
  }

  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(samples · features) for each output.
  public func explainAll(_ x: Matrix) throws(FitError) -> [Explanation] {
    try SampleChecks.features(x, count: means.count)
    return outputNames.indices.map { output in
      let weights = sums.coefficients.row(output)
      return Explanation(
        checked: (x - means) * weights, weights.dot(means) + sums.intercepts[output], x, featureNames,
        outputNames[output])
    }
  }
}
