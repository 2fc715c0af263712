import MartletPlots
import Testing

@Suite struct ClusterChartTests {
  @Test func theElbowIsFarthestFromTheChord() {
    #expect(Elbow.index(x: [1, 2, 3, 4], y: [10, 2, 1, 0]) == 1)
    #expect(Elbow.index(x: [1, 2, 3], y: [3, 2, 1]) == nil)  // straight
    #expect(Elbow.index(x: [1, 2], y: [3, 2]) == nil)
  }

  @Test func screeSumsUp() throws {
    let picture = Picture(try Chart.scree([0.5, 0.25, 0.25]))
    #expect(picture.bars.count == 3)
    #expect(picture.all("title").map(\.text).contains("x: 2\ny: 0.75"))
  }

  @Test func silhouettesAreSortedWithinClusters() throws {
    let chart = try Chart.silhouette([0.2, 0.8, 0.5, -0.1], clusters: [0, 0, 1, 1])
    let outlines = Picture(chart).all("path").map { stretches($0.attributes["d"])[0] }
    try #require(outlines.count == 2)
    // From zero, along 0.8 for one row, along 0.2 for the next, back to zero.
    let (zero, first) = (outlines[0][0].x, outlines[0])
    #expect(abs((first[1].x - zero) / (first[3].x - zero) - 4) < 0.02)
    #expect(outlines[1].contains { $0.x < zero })
    #expect(Picture(chart).all("text").map(\.text).contains("mean 0.35"))
    #expect(throws: ChartError.self) { try Chart.silhouette([1], clusters: []) }
  }
}
