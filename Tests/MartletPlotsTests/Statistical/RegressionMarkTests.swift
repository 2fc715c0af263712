import MartletPlots
import Testing

@Suite struct RegressionMarkTests {
  @Test func lineAndBandEqualStatsmodels() throws {
    let expected = try PlotReference.read().trend
    let band = try #require(
      RegressionBand(lineThrough: expected.x, expected.y, at: expected.places, confidence: 0.95))
    #expect(agree(band.heights, expected.line, within: 1e-10))
    #expect(agree(band.lower, expected.lower, within: 1e-9))
    #expect(agree(band.upper, expected.upper, within: 1e-9))
  }

  @Test func loessEqualsStatsmodels() throws {
    let expected = try PlotReference.read().trend
    for loess in expected.loess {
      let heights = LocalRegression.fit(x: expected.x, y: expected.y, at: expected.x, share: loess.share)
      #expect(agree(heights, loess.heights, within: 1e-9), "share \(loess.share)")
    }
  }

  @Test func straightPointsHaveAStraightCurve() {
    let x = (0..<30).map { Double($0 * $0) }
    let heights = LocalRegression.fit(x: x, y: x.map { 3 * $0 - 7 }, at: [5, 100, 500], share: 0.4)
    #expect(agree(heights, [8, 293, 1493], within: 1e-10))
  }

  @Test func groupsHaveATrendEach() throws {
    let chart = Chart {
      RegressionMark(x: [0, 1, 2, 0, 1, 2], y: [0, 1, 2, 5, 4, 4], color: ["a", "a", "a", "b", "b", "b"])
    }
    #expect(Picture(chart).all("path").count == 4)  // a band and a line each
    #expect(Picture(Chart { RegressionMark(x: [0, 1, 2], y: [0, 1, 3], confidence: nil) }).all("path").count == 1)
    #expect(Picture(Chart { RegressionMark(x: [1, 1, 1], y: [0, 1, 3]) }).all("path").isEmpty)
  }
}
