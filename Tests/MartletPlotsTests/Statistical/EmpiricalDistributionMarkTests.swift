import MartletPlots
import Testing

@Suite struct EmpiricalDistributionMarkTests {
  @Test func everyValueIsAStep() throws {
    let chart = Chart { EmpiricalDistributionMark([3, 1, 1, .nan, 5]) }
    let stair = try #require(Picture(chart).all("path").first?.attributes["d"])
    let points = stretches(stair)[0]
    // Shares 0, ¼, ¼, ½, ½, ¾, ¾, 1 at 1, 1, 1, 1, 3, 3, 5, 5.
    let height = (points[0].y - points[7].y) / 4
    #expect(zip(points, [0, 1, 1, 2, 2, 3, 3, 4]).allSatisfy { abs(points[0].y - $0.y - Double($1) * height) < 0.02 })
    let width = (points[7].x - points[0].x) / 4
    #expect(zip(points, [0, 0, 0, 0, 2, 2, 4, 4]).allSatisfy { abs($0.x - points[0].x - Double($1) * width) < 0.02 })
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }
}
