import MartletModels
import MartletNumerics

/// How much every feature has moved every prediction: contributions that add up to the prediction.
///
/// For each sample `prediction = baseValue + ∑ values`, where ``baseValue`` is the mean prediction before any feature is
/// known. Contributions are Shapley values: each feature's mean effect over all orders in which features could be told.
///
///     let explanation = try TreeExplainer(model, featureNames: names).explain(x)
///     explanation.values                  // shape [samples, features]
///     explanation.predictions             // baseValue + the sums of the rows
///     try explanation.beeswarm()          // all samples
///     try explanation.waterfall(3)        // one of them
///
/// Contributions say what the model does, not what causes what in the world.
///
/// Reference: Lundberg and Lee (2017), A unified approach to interpreting model predictions.
public struct Explanation: Sendable, Equatable {
  /// The contributions, shape `[samples, features]`, in units of the model's output.
  public let values: Matrix
  /// What the model answers on the mean, before any feature is known.
  public let baseValue: Double
  /// The samples that were explained, shape `[samples, features]`.
  public let data: Matrix
  /// The names of the features, in the order of the columns.
  public let featureNames: [String]
  /// Which of the model's outputs is explained: a class, or the target.
  public let outputName: String

  /// An explanation from contributions of your own.
  ///
  /// - Parameters:
  ///   - values: the contributions, shape `[samples, features]`.
  ///   - baseValue: what they count from.
  ///   - data: the samples, of the same shape.
  ///   - featureNames: one for each column; `nil` for `feature 0`, `feature 1`, ….
  ///   - outputName: what is explained.
  /// - Throws: ``FitError`` of kind `shape` when the parts do not fit together.
  public init(
    values: Matrix, baseValue: Double, data: Matrix, featureNames: [String]? = nil, outputName: String = "output"
  ) throws(FitError) {
    try SampleChecks.shape(values, atLeast: 0)
    guard data.shape == values.shape else {
      throw FitError(
        .shape, expected: "data of shape \(values.shape), as the contributions", found: "shape \(data.shape)",
        advice: "Give the samples that were explained.")
    }
    self.init(
      checked: values, baseValue, data, try FeatureNames.checked(featureNames, count: values.shape[1]), outputName)
  }

  init(checked values: Matrix, _ baseValue: Double, _ data: Matrix, _ featureNames: [String], _ outputName: String) {
    self.values = values
    self.baseValue = baseValue
    self.data = data
    self.featureNames = featureNames
    self.outputName = outputName
  }

  /// How many samples are explained.
  public var sampleCount: Int { values.shape[0] }

  /// What the contributions add up to for each sample: the model's output.
  public var predictions: [Double] {
    (0..<sampleCount).map { values.row($0).sum() + baseValue }
  }

  /// How much each feature moves predictions on the mean: the mean of the contributions without their signs.
  public var meanAbsoluteValues: [Double] {
    sampleCount == 0 ? featureNames.map { _ in 0 } : values.map { abs($0) }.mean(axis: 0).scalars
  }

  /// The features, those that move predictions most first.
  public var order: [Int] {
    let strengths = meanAbsoluteValues
    return strengths.indices.sorted { (-strengths[$0], $0) < (-strengths[$1], $1) }
  }

  /// The same contributions with other values of the features in charts: the samples as they were before scaling.
  ///
  /// - Parameter data: of the shape of ``values``.
  /// - Throws: ``FitError`` of kind `shape`.
  public func showing(_ data: Matrix) throws(FitError) -> Explanation {
    try Explanation(
      values: values, baseValue: baseValue, data: data, featureNames: featureNames, outputName: outputName)
  }

  /// Some of the samples, in that order. Stops the cell when there is no such sample.
  public subscript(rows rows: [Int]) -> Explanation {
    Explanation(checked: values[rows: rows], baseValue, data[rows: rows], featureNames, outputName)
  }

  /// The place of a feature by its name.
  func place(of feature: String) throws(FitError) -> Int {
    guard let place = featureNames.firstIndex(of: feature) else {
      throw FitError(
        .table, expected: "one of the features \(featureNames.joined(separator: ", "))", found: "'\(feature)'",
        advice: "Check the spelling.")
    }
    return place
  }

  func check(sample: Int) throws(FitError) {
    try SampleChecks.parameter(0..<sampleCount ~= sample, "sample", "from 0 to \(sampleCount - 1)", sample)
  }
}

/// Names of features, where they are known.
enum FeatureNames {
  static func checked(_ names: [String]?, count: Int) throws(FitError) -> [String] {
    let names = names ?? (0..<count).map { "feature \($0)" }
    guard names.count == count, Set(names).count == count else {
      throw FitError(
        .shape, expected: "\(count) different names, one for each feature",
        found: "\(names.count) names, of which "
          + "\(Set(names).count) differ", advice: "Name the columns in their order.")
    }
    return names
  }
}

extension Explanation: Codable {
  private enum CodingKeys: String, CodingKey { case values, baseValue, data, featureNames, outputName }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let values = try file.decode(Matrix.self, forKey: .values)
    let data = try file.decode(Matrix.self, forKey: .data)
    let names = try file.decode([String].self, forKey: .featureNames)
    let baseValue = try file.decode(Double.self, forKey: .baseValue)
    let outputName = try file.decode(String.self, forKey: .outputName)
    do {
      try self.init(
        values: values, baseValue: baseValue, data: data, featureNames: names, outputName: outputName)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .values, in: file, debugDescription: error.description)
    }
  }
}
