import MartletPlots
import Testing

@Suite struct ForecastChartTests {
  @Test func forecastsAreLinesAndABand() throws {
    let chart = try Chart.forecast(
      history: [1, 3, 2, 4], mean: [5, 6], lower: [4, 4.5], upper: [6, 7.5], actual: [5.5], start: 2000, step: 0.25)
    let picture = Picture(chart)
    #expect(picture.isWellFormed)
    // The band, three lines.
    #expect(picture.elements.count { $0.name == "path" && $0.attributes["fill"] == "none" } == 3)
    #expect(picture.elements.contains { $0.text == "what happened" })
    #expect(chart.svg.contains("2001"))
  }

  @Test func wrongForecastsAreRefused() {
    #expect(throws: ChartError.self) { try Chart.forecast(history: [], mean: [1], lower: [0], upper: [2]) }
    #expect(throws: ChartError.self) { try Chart.forecast(history: [1], mean: [1, 2], lower: [0], upper: [2]) }
  }
}
