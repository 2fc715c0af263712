import Foundation
import MartletDatasets
import MartletExplain
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

private struct FairnessReference: Decodable {
  struct Mitigated: Decodable { let difference, accuracy: Double }
  let actual, predicted, trainActual: [Int]
  let sex, trainSex: [String]
  let scores, trainScores: [Double]
  let byGroup: [String: [String: Double]]
  let overall, difference, ratio: [String: Double]
  let demographicParityDifference, demographicParityRatio, equalizedOddsDifference, equalOpportunityDifference: Double
  let fairlearn: Mitigated
}

@Suite struct FairnessTests {
  private let reference: FairnessReference
  private let report: FairnessReport

  init() throws {
    reference = try ReferenceFile.read("fairness")
    report = try FairnessReport(
      predicted: reference.predicted, actual: reference.actual, groups: reference.sex, positive: 1)
  }

  @Test func measuresAreThoseOfFairlearn() throws {
    #expect(agree([report.demographicParityDifference], [reference.demographicParityDifference]))
    #expect(agree([report.demographicParityRatio], [reference.demographicParityRatio]))
    #expect(agree([report.equalizedOddsDifference], [reference.equalizedOddsDifference]))
    #expect(agree([report.equalOpportunityDifference], [reference.equalOpportunityDifference]))
    // The figures that the tutorial quotes: 90.24% of the women and 4.44% of the men are predicted to be saved.
    #expect(abs(report.counts[0].selectionRate - 0.9024) < 5e-5 && abs(report.counts[1].selectionRate - 0.0444) < 5e-5)
    #expect(abs(report.demographicParityDifference - 0.8580) < 5e-5)
    #expect(try report.disparateImpact(over: "female") == ["male": report.demographicParityRatio])
    #expect(report.demographicParityRatio < 0.8)
    #expect(throws: FitError.self) { try report.disparateImpact(over: "crew") }
  }

  @Test func anyMetricCanBeTakenByGroup() throws {
    let metrics = try GroupMetrics(
      predicted: reference.predicted, actual: reference.actual, groups: reference.sex,
      [.accuracy, .selectionRate(1), .truePositiveRate(1), .falsePositiveRate(1), .count])
    #expect(metrics.groups == ["female", "male"])
    let names = [
      "accuracy": "accuracy", "selection rate": "selection", "true positive rate": "recall",
      "false positive rate": "fpr",
    ]
    for (name, anchor) in names {
      let expected = metrics.groups.map { reference.byGroup[anchor]?[$0] ?? .nan }
      #expect(agree(try metrics.values(name), expected))
      #expect(agree([try metrics.difference(name)], [reference.difference[anchor] ?? .nan]))
      #expect(agree([try metrics.ratio(name)], [reference.ratio[anchor] ?? .nan]))
    }
    #expect(
      agree(
        Array(metrics.overall.prefix(2)), [reference.overall["accuracy"] ?? 0, reference.overall["selection"] ?? 0]))
    #expect(
      metrics.frame.columnNames == [
        "group", "accuracy", "selection rate", "true positive rate", "false positive rate", "count",
      ])
    #expect(try metrics.chart("accuracy").svg.contains("female"))
    #expect(throws: FitError.self) { try metrics.values("recall") }
    #expect(throws: FitError.self) {
      try GroupMetrics(predicted: [1], actual: [1, 0], groups: ["a", "b"], [.accuracy])
    }
  }

  @Test func intervalsHoldTheMeasureAndFollowTheSeed() throws {
    let interval = try report.interval(of: \.demographicParityDifference, samples: 400, seed: 1)
    #expect(interval.low < report.demographicParityDifference && report.demographicParityDifference < interval.high)
    // The standard error of a difference of two shares: √(p₁q₁/n₁ + p₂q₂/n₂).
    let error = report.counts.map { $0.selectionRate * (1 - $0.selectionRate) / Double($0.count) }.reduce(0, +)
      .squareRoot()
    #expect(abs((interval.high - interval.low) / (2 * 1.96 * error) - 1) < 0.2, "seed 1")
    let again = try Parallel.$threadLimit.withValue(1) {
      try report.interval(of: \.demographicParityDifference, samples: 400, seed: 1)
    }
    #expect(again == interval)
  }

  @Test func thresholdsByGroupMakeSelectionAlike() throws {
    let optimizer = GroupThresholdOptimizer(.demographicParity, tolerance: 0.02)
    let thresholds = try optimizer.fit(
      scores: reference.trainScores, actual: reference.trainActual.map { $0 == 1 }, groups: reference.trainSex)
    #expect(thresholds.difference <= 0.02 + 1e-9)
    let fair = try thresholds.predict(scores: reference.scores, groups: reference.sex)
    let after = try FairnessReport(
      predicted: fair, actual: reference.actual.map { $0 == 1 }, groups: reference.sex, positive: true)
    let accuracy = mean(zip(fair, reference.actual).map { $0 == ($1 == 1) ? 1 : 0 })
    #expect(after.demographicParityDifference < 0.1)
    // Fairlearn's randomised thresholds, fitted to the same samples, are no more than three points better.
    #expect(accuracy > reference.fairlearn.accuracy - 0.03)
    #expect(throws: FitError.self) { try thresholds.predict(scores: [0.5], groups: ["crew"]) }
  }

  @Test func thresholdsAreTheBestOfAll() throws {
    var random = PCG64(seed: 9)
    let groups = (0..<24).map { $0 % 2 == 0 ? "a" : "b" }
    let scores = groups.map { ($0 == "a" ? 0.3 : 0) + (random.uniform() * 100).rounded() / 100 }
    let actual = scores.map { $0 + random.normal(standardDeviation: 0.3) > 0.6 }
    for (constraint, rate) in [
      (GroupThresholdOptimizer.Constraint.demographicParity, \FairnessReport.demographicParityDifference),
      (.equalOpportunity, \.equalOpportunityDifference),
    ] {
      let found = try GroupThresholdOptimizer(constraint, tolerance: 0.1).fit(
        scores: scores, actual: actual, groups: groups)
      let levels = Set(scores).sorted() + [2]
      var best = 0.0
      for a in levels {
        for b in levels {
          let chosen = zip(scores, groups).map { $0 >= ($1 == "a" ? a : b) }
          let report = try FairnessReport(predicted: chosen, actual: actual, groups: groups, positive: true)
          guard report[keyPath: rate] <= 0.1 + 1e-9 else { continue }
          best = max(best, mean(zip(chosen, actual).map { $0 == $1 ? 1 : 0 }))
        }
      }
      #expect(agree([found.accuracy], [best]))
      let chosen = try found.predict(scores: scores, groups: groups)
      #expect(agree([mean(zip(chosen, actual).map { $0 == $1 ? 1 : 0 })], [found.accuracy]))
      let file = try JSONEncoder().encode(found)
      #expect(try JSONDecoder().decode(GroupThresholds.self, from: file) == found)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        GroupThresholds.self, from: Data(#"{"thresholds":{"a":1},"accuracy":0.5,"difference":0}"#.utf8))
    }
  }

  @Test func reweighedClassesDoNotDependOnTheGroup() throws {
    let weights = try Reweighing.weights(labels: reference.actual, groups: reference.sex)
    #expect(agree([weights.reduce(0, +)], [Double(weights.count)]))
    func share(_ sex: String) -> Double {
      let own = weights.indices.filter { reference.sex[$0] == sex }
      return own.reduce(0) { $0 + weights[$1] * Double(reference.actual[$1]) } / own.reduce(0) { $0 + weights[$1] }
    }
    #expect(agree([share("female")], [share("male")]))
    #expect(agree([share("male")], [mean(reference.actual.map(Double.init))]))
    #expect(throws: FitError.self) { try Reweighing.weights(labels: [1], groups: ["a", "b"]) }
  }

  @Test func calibrationIsTakenByGroup() throws {
    let actual = reference.actual.map { $0 == 1 }
    let calibration = try GroupCalibration(
      probabilities: reference.scores, actual: actual, groups: reference.sex, bins: 5)
    let women = reference.sex.indices.filter { reference.sex[$0] == "female" }
    let own = CalibrationCurve(
      probabilities: women.map { reference.scores[$0] }, actual: women.map { actual[$0] }, bins: 5)
    #expect(calibration.curves[0] == own && calibration.expectedErrors["female"] == own.expectedError)
    #expect(calibration.chart().svg.contains("female"))
    #expect(throws: FitError.self) { try GroupCalibration(probabilities: [2], actual: [true], groups: ["a"]) }
  }

  @Test func tablesNameTheirGroups() throws {
    let people = try Datasets.titanic()
    let model = try OneHotEncoder().then(LogisticRegression<Bool>()).fit(people, target: "survived")
    let report = try FairnessReport(model, people, group: "sex", positive: true)
    #expect(report.groups == ["female", "male"] && report.counts.map(\.count) == [470, 1731])
    #expect(report.frame.columnNames.first == "group" && report.description.contains("demographic parity"))
    #expect(throws: FitError.self) { try FairnessReport(model, people, group: "cabin", positive: true) }
    #expect(throws: FitError.self) {
      try FairnessReport(predicted: [1, 0], actual: [1, 0], groups: ["a", "a"], positive: 1)
    }
  }
}
