import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// Whether probabilities mean the same for each group of people.
///
///     let calibration = try GroupCalibration(probabilities: p, actual: isPositive, groups: sexes)
///     calibration.expectedErrors      // by group, 0 where probabilities can be taken at their word
///
/// Reference: Pleiss and others (2017), On fairness and calibration.
public struct GroupCalibration: Sendable, Equatable {
  /// The groups in ascending order of their names.
  public let groups: [String]
  /// The curve of each group.
  public let curves: [CalibrationCurve]

  /// - Parameters:
  ///   - probabilities: of being positive, from 0 to 1.
  ///   - actual: whether each is positive.
  ///   - groups: the group of each sample.
  ///   - bins: into how many intervals of equal width probabilities are cut; at least 1.
  /// - Throws: ``FitError`` of kind `shape` or `parameter`.
  public init(
    probabilities: [Double], actual: [Bool], groups: [some Hashable], bins: Int = 10
  ) throws(FitError) {
    try GroupChecks.paired([
      "probabilities": probabilities.count, "actual": actual.count, "groups": groups.count,
    ])
    try SampleChecks.parameter(bins > 0, "bins", "at least 1", bins)
    if let wrong = probabilities.first(where: { !(0...1).contains($0) }) {
      throw FitError(
        .parameter, expected: "probabilities from 0 to 1", found: "\(wrong)",
        advice: "Give the column of the positive class of predictProbabilities.")
    }
    let members = GroupChecks.members(groups)
    self.groups = members.map(\.name)
    curves = members.map { group in
      CalibrationCurve(
        probabilities: group.rows.map { probabilities[$0] }, actual: group.rows.map { actual[$0] }, bins: bins)
    }
  }

  /// The mean distance between what is said and what happens, for each group.
  public var expectedErrors: [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(groups, curves.map(\.expectedError)))
  }

  /// A line for each group; on the diagonal probabilities are what they claim.
  public func chart() -> Chart {
    Chart {
      LineMark(x: [0, 1], y: [0, 1]).dashed().color(.gray)
      LineMark(
        x: curves.flatMap(\.predicted), y: curves.flatMap(\.observed),
        color: PlotColumn(
          categories: zip(groups, curves).flatMap { group, curve in curve.predicted.map { _ in group } }))
      PointMark(
        x: curves.flatMap(\.predicted), y: curves.flatMap(\.observed),
        color: PlotColumn(
          categories: zip(groups, curves).flatMap { group, curve in curve.predicted.map { _ in group } }))
    }.title("Calibration by group").xLabel("mean predicted probability").yLabel("share of positives")
      .xDomain(0...1).yDomain(0...1).usualSize(width: 440, height: 460)
  }
}
