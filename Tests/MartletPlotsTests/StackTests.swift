import Foundation
import MartletPlots
import Testing

/// Bars and areas on top of each other, and lines that go in steps.
@Suite struct StackTests {
  let names = ["p", "p", "q", "q"]
  let groups = ["a", "b", "a", "b"]

  /// The numbers of a path.
  func points(_ path: Picture.Element) throws -> [(x: Double, y: Double)] {
    let numbers = try #require(path.attributes["d"]).split { "MLCZ ".contains($0) }.compactMap { Double($0) }
    return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
  }

  @Test func normalizedBarsFillTheAxis() throws {
    let chart = Chart { BarMark(x: [1, 3, 10, 30], y: names, color: groups, arrangement: .normalized) }
    let widths = Picture(chart).bars.compactMap { $0.number("width") }
    try #require(widths.count == 4)
    for (first, second) in [(widths[0], widths[1]), (widths[2], widths[3])] {
      #expect(abs(first / (first + second) - 0.25) < 1e-3)
    }
    #expect(abs(widths[0] + widths[1] - widths[2] - widths[3]) < 0.03)
    #expect(Picture(chart).labels("x-tick").first == "0%" && Picture(chart).labels("x-tick").last == "100%")
  }

  @Test func negativeBarsGoDown() throws {
    let bars = Picture(Chart { BarMark(x: ["p", "p", "p"], y: [2, -1, 3], color: ["a", "b", "c"]) }).bars
    let ends = bars.compactMap { bar in bar.number("y").flatMap { y in bar.number("height").map { (y, y + $0) } } }
    try #require(ends.count == 3)
    #expect(abs(ends[0].1 - ends[1].0) < 0.02)  // both at zero
    #expect(abs(ends[2].1 - ends[0].0) < 0.02)  // 3 stands on 2
  }

  @Test func stackedAreasAddUp() throws {
    let chart = Chart {
      AreaMark(x: [0, 0, 1, 1], y: [10, 20, 5, 30], color: groups, arrangement: .stacked)
    }
    let paths = Picture(chart).all("path")
    try #require(paths.count == 2)
    // Each outline: upper edge to the right, lower edge back.
    let (a, b) = (try points(paths[0]), try points(paths[1]))
    try #require(a.count == 4 && b.count == 4)
    let zero = a[3].y
    #expect(abs((zero - b[0].y) / (zero - a[0].y) - 3) < 0.01)  // 30 : 10
    #expect(abs((zero - b[1].y) / (zero - a[1].y) - 7) < 0.01)  // 35 : 5
    #expect(abs(b[3].y - a[0].y) < 0.02 && abs(b[2].y - a[1].y) < 0.02)  // b stands on a
  }

  @Test func areasOfAbsentRowsAreEmpty() throws {
    let chart = Chart {
      AreaMark(x: [0, 1, 2, 1], y: [1, 1, 1, 4], color: ["a", "a", "a", "b"], arrangement: .stacked)
    }
    let b = try points(try #require(Picture(chart).all("path").last))
    try #require(b.count == 6)
    #expect(abs(b[0].y - b[5].y) < 0.02 && abs(b[2].y - b[3].y) < 0.02)  // nothing at 0 and 2
    #expect(b[4].y - b[1].y > 100)
  }

  @Test func normalizedAreasFillTheAxis() throws {
    let chart = Chart { AreaMark(x: [0, 0, 1, 1], y: [1, 3, 2, 2], color: groups, arrangement: .normalized) }
    let picture = Picture(chart)
    let (a, b) = (try points(picture.all("path")[0]), try points(picture.all("path")[1]))
    let (zero, one) = (a[3].y, b[0].y)
    #expect(abs((zero - a[0].y) / (zero - one) - 0.25) < 1e-3)
    #expect(abs((zero - a[1].y) / (zero - one) - 0.5) < 1e-3)
    #expect(picture.labels("y-tick").contains("100%"))
  }

  @Test func bandsLieBetweenTheirEdges() throws {
    let chart = Chart { AreaMark(x: [0, 1], y: [10, 20], from: [5, 0]) }
    let edge = try points(try #require(Picture(chart).all("path").first))
    try #require(edge.count == 4)
    // Upper left 10, upper right 20, lower right 0, lower left 5.
    #expect(abs((edge[3].y - edge[0].y) / (edge[2].y - edge[1].y) - 0.25) < 1e-3)
  }

  @Test func stepsAreLevelAndUpright() throws {
    for interpolation in [Interpolation.stepAfter, .stepBefore, .stepMiddle] {
      let chart = Chart { LineMark(x: [0, 1, 3], y: [1, 4, 2], interpolation: interpolation) }
      let line = try points(try #require(Picture(chart).all("path").first))
      #expect(zip(line, line.dropFirst()).allSatisfy { $0.x == $1.x || $0.y == $1.y })
    }
    let after = Chart { LineMark(x: [0, 1], y: [1, 4], interpolation: .stepAfter) }
    let line = try points(try #require(Picture(after).all("path").first))
    #expect(line.count == 3 && line[0].y == line[1].y && line[1].x == line[2].x)
  }

  /// Control points of a Bézier curve bound it: no piece leaves the heights of its ends.
  @Test func monotoneCurvesDoNotOvershoot() throws {
    let chart = Chart { LineMark(x: [0, 1, 2, 3, 7], y: [0, 0, 10, 10, 3], interpolation: .monotone) }
    let curve = try points(try #require(Picture(chart).all("path").first))
    try #require(curve.count == 13)
    for piece in stride(from: 0, to: 12, by: 3) {
      let ends = [curve[piece].y, curve[piece + 3].y]
      for control in [curve[piece + 1].y, curve[piece + 2].y] {
        #expect(control >= (ends.min() ?? 0) - 0.02 && control <= (ends.max() ?? 0) + 0.02)
      }
    }
  }

  @Test func seriesDivideLinesWithoutColours() {
    let chart = Chart { LineMark(x: [0, 1, 0, 1], y: [1, 2, 3, 4], series: ["a", "a", "b", "b"]) }
    let paths = Picture(chart).all("path")
    #expect(paths.count == 2 && Set(paths.compactMap { $0.attributes["stroke"] }).count == 1)
  }

  @Test func lyingHistogramsCountTheSame() {
    let values = [1.0, 2, 2, 3, 3, 3]
    let (upright, lying) = (Picture(Chart { HistogramMark(values) }), Picture(Chart { HistogramMark(y: values) }))
    #expect(upright.all("title").map(\.text) == lying.all("title").map(\.text))
    let widths = lying.bars.compactMap { $0.number("width") }
    #expect(abs((widths.max() ?? 0) / (widths.min() ?? 1) - 3) < 0.01)
  }
}
