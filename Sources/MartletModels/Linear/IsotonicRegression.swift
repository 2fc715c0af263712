import MartletFrames
import MartletNumerics

/// Predicts a number by a curve that only rises, or only falls, with one feature, and is free otherwise.
///
/// Of all such curves it has the least squared error: neighbours that are out of order are pooled to their mean. Between the
/// samples it is a line, beyond them constant.
///
///     let model = try IsotonicRegression().fit(Matrix([[1], [2], [3], [4]]), [1, 3, 2, 4])
///     try model.predict(Matrix([[2], [3], [9]]))      // [2.5, 2.5, 4.0]
///
/// For what is known to rise, such as a dose and its effect, without knowing how. (scikit-learn: `IsotonicRegression`)
///
/// Reference: Barlow, Bartholomew, Bremner and Brunk (1972), Statistical inference under order restrictions.
public struct IsotonicRegression: WeightedEstimator {
  /// Whether the curve rises, or falls.
  public var isIncreasing: Bool
  /// Where answers have to lie; `nil` for anywhere. (scikit-learn: `y_min`, `y_max`)
  public var range: ClosedRange<Double>?

  /// - Parameters:
  ///   - isIncreasing: `false` for a curve that falls.
  ///   - range: where answers have to lie.
  public init(isIncreasing: Bool = true, range: ClosedRange<Double>? = nil) {
    self.isIncreasing = isIncreasing
    self.range = range
  }

  /// - Parameters:
  ///   - x: shape `[n, 1]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n log n).
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.width(x, 1)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let sign: Double = isIncreasing ? 1 : -1
    let steps = IsotonicSteps(x.scalars, y.map { sign * $0 }, weights: weights)
    let values = steps.y.map { value in
      range.map { min(max(sign * value, $0.lowerBound), $0.upperBound) } ?? sign * value
    }
    return Model(thresholds: steps.x, values: values)
  }

  /// What `IsotonicRegression` has learned: where the curve has corners.
  public struct Model: Regressor, Codable, Equatable {
    /// The feature's values among the samples, ascending.
    public let thresholds: [Double]
    /// The prediction at each of them.
    public let values: [Double]

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: 1)
      let steps = IsotonicSteps(x: thresholds, y: values)
      return x.scalars.map(steps.value)
    }
  }
}

extension IsotonicRegression.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let thresholds = try ModelChecks.numbers(file, .thresholds)
    self.thresholds = thresholds
    try ModelChecks.fits(
      zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 < $1 }, file, .thresholds, "ascending numbers")
    values = try ModelChecks.numbers(file, .values, count: thresholds.count)
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    try ModelChecks.fits(
      steps.allSatisfy { $0 >= 0 } || steps.allSatisfy { $0 <= 0 }, file, .values, "values that rise or fall")
  }
}

extension IsotonicRegression.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    // A corner is where the value is not that of both neighbours.
    let corners = values.indices.filter { place in
      place == 0 || place == values.count - 1 || values[place - 1] != values[place]
        || values[place + 1] != values[place]
    }
    let (places, heights) = (
      FrameNumberFormat.texts(corners.map { thresholds[$0] }), FrameNumberFormat.texts(corners.map { values[$0] })
    )
    return ModelTable(
      title: "Isotonic regression", facts: ["\(Set(values).count) levels of \(target ?? "target")"],
      header: [features?.first ?? "feature 0", "prediction"],
      rows: zip(places, heights).map { [$0, $1] })
  }
}
