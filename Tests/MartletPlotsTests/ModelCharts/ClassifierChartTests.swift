import MartletPlots
import Testing

@Suite struct ClassifierChartTests {
  @Test func curvesEqualScikitLearns() throws {
    let expected = try PlotReference.read().classifier
    let curve = try RankingCurve("test", labels: expected.labels, scores: expected.scores)
    #expect(agree(curve.rates.falsePositive, expected.falsePositive, within: 1e-12))
    #expect(agree(curve.rates.truePositive, expected.truePositive, within: 1e-12))
    #expect(agree([curve.area, curve.averagePrecision], [expected.area, expected.averagePrecision], within: 1e-12))
    #expect(agree(curve.precisionRecall.precision, expected.precision, within: 1e-12))
    #expect(agree(curve.precisionRecall.recall, expected.recall, within: 1e-12))
    let bins = try CalibrationBins(labels: expected.labels, probabilities: expected.probabilities, count: 10)
    #expect(agree(bins.predicted, expected.predicted, within: 1e-12))
    #expect(agree(bins.observed, expected.observed, within: 1e-12))
    #expect(bins.counts.reduce(0, +) == expected.labels.count)
  }

  @Test func aPerfectRankingFillsTheSquare() throws {
    let chart = try Chart.rocCurve(labels: [false, false, true], scores: [0.1, 0.2, 0.9])
    let picture = Picture(chart)
    #expect(picture.all("text").map(\.text).contains("area 1.000"))
    let points = stretches(picture.all("path").last?.attributes["d"])[0]
    #expect(points.count == 4 && points[0].x == points[1].x && points[1].y == points[3].y)  // up, then right
  }

  @Test func modelsHaveACurveEach() throws {
    let labels = [true, false, true, false]
    let models: KeyValuePairs = ["one": [0.9, 0.1, 0.8, 0.3], "two": [0.1, 0.2, 0.3, 0.4]]
    for chart in [
      try Chart.rocCurve(labels: labels, models: models), try Chart.precisionRecall(labels: labels, models: models),
      try Chart.calibration(labels: labels, models: models),
    ] {
      let picture = Picture(chart)
      #expect(picture.all("path").count == 3)  // two curves and chance
      #expect(picture.all("text").filter { $0.text.hasPrefix("one") || $0.text.hasPrefix("two") }.count == 2)
    }
  }

  @Test func whatCannotBeJudgedIsRefused() {
    #expect(throws: ChartError.self) { try Chart.rocCurve(labels: [true, true], scores: [1, 2]) }
    #expect(throws: ChartError.self) { try Chart.rocCurve(labels: [true], scores: [1, 2]) }
    #expect(throws: ChartError.self) { try Chart.precisionRecall(labels: [true, false], scores: [.nan, 2]) }
    #expect(throws: ChartError.self) { try Chart.calibration(labels: [true, false], probabilities: [0.5, 1.5]) }
    let error = #expect(throws: ChartError.self) { try Chart.rocCurve(labels: [], scores: []) }
    #expect(
      error?.description
        == "An ROC curve needs one value for each row in every list, and at least one row: labels has 0, scores has 0.")
  }

  @Test func confusionMatricesShowCountsOrShares() throws {
    let counts = try Chart.confusionMatrix([[3, 1], [0, 4]], labels: ["no", "yes"])
    #expect(Picture(counts).all("text").map(\.text).contains("7 of 8 right"))
    #expect(Picture(counts).bars.count == 4)
    let shares = Picture(try Chart.confusionMatrix([[3, 1], [0, 4]], isNormalized: true)).all("text").map(\.text)
    #expect(shares.contains("0.75") && shares.contains("0.25") && shares.contains("1"))
    #expect(throws: ChartError.self) { try Chart.confusionMatrix([[1, 2]]) }
  }
}
