import MartletPlots
import Testing

@Suite struct RegressionChartTests {
  @Test func quantilesEqualSciPys() throws {
    let expected = try PlotReference.read().quantiles
    let plot = QuantilePlot(expected.values)
    #expect(agree(plot.theoretical, expected.theoretical, within: 1e-12))
    #expect(plot.observed == expected.ordered)
    let line = try #require(plot.line)
    #expect(agree([line.slope, line.intercept], [expected.slope, expected.intercept], within: 1e-10))
    #expect(Picture(Chart.quantileQuantile(expected.values)).all("circle").count == expected.values.count)
    #expect(Picture(Chart.quantileQuantile([])).isWellFormed)
  }

  @Test func residualsAreDifferences() throws {
    let picture = Picture(try Chart.residuals(actual: [3, 5, 9], predicted: [2, 6, 9]))
    #expect(picture.all("title").map(\.text).contains("x: 2\ny: 1"))
    #expect(picture.all("title").map(\.text).contains("x: 6\ny: −1"))
    #expect(throws: ChartError.self) { try Chart.residuals(actual: [1], predicted: []) }
  }

  @Test func curvesOfScoresHaveABandAndALineEach() throws {
    let picture = Picture(
      try Chart.learningCurve(
        sizes: [10, 20], training: [[1, 0.8], [0.9, 0.9]], validation: [[0.5, 0.7], [0.8, 0.8]]))
    #expect(picture.all("path").count == 4)
    #expect(picture.all("title").map(\.text).contains("x: 10\ny: 0.6"))
    #expect(throws: ChartError.self) { try Chart.learningCurve(sizes: [1], training: [[]], validation: [[1]]) }
    let validation = try Chart.validationCurve(
      "depth", values: [1, 2, 4], training: [[0.5], [0.8], [1]], validation: [[0.4], [0.7], [0.6]])
    #expect(Picture(validation).all("text").map(\.text).contains("best at depth = 2"))
  }
}
