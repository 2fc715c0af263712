import MartletFrames
import MartletNumerics

/// A fitted model that predicts a number as a weighted sum of the features: `y = intercept + ∑ coefficient · feature`.
public protocol LinearRegressor: Regressor, FeatureImportances, ModelSummary where Features == Matrix {
  /// How much the prediction grows with each feature, in units of the target over units of the feature.
  var coefficients: [Double] { get }
  /// The prediction where every feature is zero.
  var intercept: Double { get }
  /// What the summary is headed with.
  static var title: String { get }
  /// What else there is to say of it, a line each.
  var facts: [String] { get }
}

extension LinearRegressor {
  /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Double] {
    try SampleChecks.features(x, count: coefficients.count)
    return (x • Matrix(coefficients) + intercept).scalars
  }

  /// The absolute coefficients: comparable for features of the same spread.
  public var featureImportances: [Double] { coefficients.map { abs($0) } }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? coefficients.indices.map { "feature \($0)" }
    let numbers = FrameNumberFormat.texts([intercept] + coefficients)
    return ModelTable(
      title: Self.title, facts: target.map { ["\($0) from \(coefficients.count) features"] + facts } ?? facts,
      header: ["feature", "coefficient"], rows: zip(["intercept"] + names, numbers).map { [$0, $1] })
  }
}

/// The weights of a linear model, as they stand in a file: finite, at least one.
struct LinearWeights: Codable, Equatable, Sendable {
  let coefficients: [Double]
  let intercept: Double

  init(coefficients: [Double], intercept: Double) {
    self.coefficients = coefficients
    self.intercept = intercept
  }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    coefficients = try ModelChecks.numbers(file, .coefficients)
    intercept = try file.decode(Double.self, forKey: .intercept)
  }
}
