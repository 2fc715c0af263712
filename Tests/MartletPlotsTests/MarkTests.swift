import Foundation
import MartletFrames
import MartletPlots
import Testing

/// Every row is drawn, at the place its values say.
@Suite struct MarkTests {
  @Test func onePointForEveryRow() {
    let x = (0..<250).map { Double($0) }
    let picture = Picture(Chart { PointMark(x: x, y: x.map { $0 * $0 }, color: x.map { $0 < 100 ? "low" : "high" }) })
    #expect(picture.isWellFormed)
    #expect(picture.all("circle").count == 250)
    #expect(Set(picture.all("circle").compactMap { $0.attributes["fill"] }).count == 2)
  }

  @Test func pointsKeepTheirProportions() throws {
    let circles = Picture(Chart { PointMark(x: [0, 1, 4], y: [10, 20, 50]) }).all("circle")
    let x = circles.compactMap { $0.number("cx") }
    let y = circles.compactMap { $0.number("cy") }
    try #require(x.count == 3 && y.count == 3)
    #expect(abs((x[2] - x[0]) / (x[1] - x[0]) - 4) < 0.01)
    #expect(abs((y[2] - y[0]) / (y[1] - y[0]) - 4) < 0.01)
    #expect(x[1] > x[0] && y[1] < y[0])  // to the right, and upwards
  }

  @Test func oneLineForEverySeries() {
    let picture = Picture(Chart { LineMark(x: [0, 1, 0, 1], y: [1, 2, 3, 4], color: ["a", "a", "b", "b"]) })
    #expect(picture.all("path").count == 2)
  }

  @Test func gapsDivideLines() throws {
    let picture = Picture(Chart { LineMark(y: [1, 2, nil, 4, 5]) })
    let path = try #require(picture.all("path").first?.attributes["d"])
    #expect(path.filter { $0 == "M" }.count == 2)
    #expect(Chart { LineMark(y: [1, 2, nil, 4, 5]) }.notes == ["1 value left out: missing or not finite"])
  }

  @Test func linesCanShowTheirPoints() throws {
    let mark = LineMark(x: [0, 1, 2, 3], y: [1, nil, 4, 2], label: "losses").showingPoints(size: 8)
    let chart = Chart { mark.color(.vermilion) }
    let circles = Picture(chart).all("circle").filter { $0.number("r") == 4 }
    #expect(circles.count == 3 && Set(circles.map { $0.attributes["fill"] }) == ["#D55E00".lowercased()])
    #expect(chart.notes == ["1 value left out: missing or not finite"])
    let groups = Chart { LineMark(x: [0, 1, 0, 1], y: [1, 2, 3, 4], color: ["a", "a", "b", "b"]).showingPoints() }
    let dots = Picture(groups).all("circle").filter { $0.number("r") == 3 }
    #expect(dots.count == 4 && Set(dots.map { $0.attributes["fill"] }).count == 2)
    #expect(Picture(Chart { LineMark(y: [1, 2]) }).all("circle").isEmpty)
  }

  @Test func aRulesLabelStandsAtEitherEnd() throws {
    func label(_ rule: RuleMark) throws -> Picture.Element {
      let picture = Picture(
        Chart {
          LineMark(x: [0, 10], y: [0, 10])
          rule
        })
      return try #require(picture.all("text").first { $0.text == "chance" })
    }
    let (right, left) = (RuleMark(y: 5, label: "chance"), RuleMark(y: 5, label: "chance").labelAtStart())
    #expect(try label(right).attributes["text-anchor"] == "end" && label(left).attributes["text-anchor"] == nil)
    #expect(try #require(try label(left).number("x")) < 80 && #require(try label(right).number("x")) > 500)
    let (top, foot) = (RuleMark(x: 5, label: "chance"), RuleMark(x: 5, label: "chance").labelAtStart())
    #expect(try #require(try label(top).number("y")) < #require(try label(foot).number("y")) - 200)
  }

  @Test func barsStandOnZero() throws {
    let bars = Picture(Chart { BarMark(x: ["a", "b", "c"], y: [2, 4, -1]) }).bars
    try #require(bars.count == 3)
    let heights = bars.compactMap { $0.number("height") }
    #expect(abs(heights[1] / heights[0] - 2) < 0.01)
    #expect(abs(heights[0] / heights[2] - 2) < 0.01)
    let bottom = try #require(bars[0].number("y")) + heights[0]
    #expect(abs(bottom - (try #require(bars[2].number("y")))) < 0.02)
  }

  @Test func stackedBarsAddUp() throws {
    let chart = Chart { BarMark(x: ["a", "a"], y: [2, 3], color: ["p", "q"]) }
    let bars = Picture(chart).bars
    try #require(bars.count == 2)
    let ends = bars.map { (top: $0.number("y") ?? 0, bottom: ($0.number("y") ?? 0) + ($0.number("height") ?? 0)) }
    #expect(abs(ends[0].top - ends[1].bottom) < 0.02)
    #expect(bars[0].attributes["x"] == bars[1].attributes["x"])
  }

  @Test func groupedBarsStandSideBySide() throws {
    let bars = Picture(
      Chart { BarMark(x: ["a", "a"], y: [2, 3], color: ["p", "q"], arrangement: .grouped) }
    ).bars
    try #require(bars.count == 2)
    let (x, width) = (try #require(bars[0].number("x")), try #require(bars[0].number("width")))
    #expect(abs(x + width - (try #require(bars[1].number("x")))) < 0.02)
  }

  @Test func namesOnTheVerticalAxisLayBarsDown() throws {
    let bars = Picture(Chart { BarMark(x: [1, 2], y: ["a", "b"]) }).bars
    let widths = bars.compactMap { $0.number("width") }
    try #require(widths.count == 2)
    #expect(abs(widths[1] / widths[0] - 2) < 0.01)
  }

  @Test func histogramsCountEveryValue() {
    var generator = Seeded(state: 7)
    for bins in [nil, 1, 3, 17] as [Int?] {
      let values = (0..<500).map { _ in Double.random(in: -3...8, using: &generator) }
      let picture = Picture(Chart { HistogramMark(values, bins: bins) })
      let counts = picture.all("title").compactMap { $0.text.split(separator: " ").last.flatMap { Int($0) } }
      #expect(counts.reduce(0, +) == 500, "seed 7, \(bins.map(String.init) ?? "automatic") bins")
    }
  }

  @Test func histogramBinsAreClosedAtTheTopOnly() {
    // NumPy: np.histogram([0, 1, 1, 2], bins=2) counts [1, 3].
    let picture = Picture(Chart { HistogramMark([0, 1, 1, 2], bins: 2) })
    #expect(picture.all("title").map(\.text) == ["0 to 1: 1", "1 to 2: 3"])
  }

  @Test func matricesHaveACellForEveryValue() {
    let picture = Picture(
      Chart { HeatmapMark([[50, 2, 0], [3, 45, 1]], rows: ["cat", "dog"], columns: ["x", "y", "z"]) })
    #expect(picture.bars.count == 6)
    #expect(picture.labels("y-tick") == ["cat", "dog"])
    #expect(picture.labels("x-tick") == ["x", "y", "z"])
    let written = picture.all("text").map(\.text)
    for count in ["50", "2", "0", "3", "45", "1"] { #expect(written.contains(count)) }
  }

  @Test func cellsAreWrittenAlike() {
    let names = ["a", "b"]
    let mark = HeatmapMark([[1, 0.5], [0.25, 0.9999999999999999]], rows: names, columns: names)
    let written = Picture(Chart { mark }).all("text").map(\.text)
    #expect(Set(["1.00", "0.50", "0.25"]).isSubset(of: Set(written)) && !written.contains("1"))
  }

  @Test func cellsMayFillThePlot() throws {
    let values = (0..<3).map { row in (0..<30).map { Double($0 + row) } }
    let square = try #require(Picture(Chart { HeatmapMark(values) }).bars.first)
    let filling = try #require(
      Picture(Chart { HeatmapMark(values).fillingPlot() }.size(width: 400, height: 400)).bars.first)
    #expect(abs((square.number("width") ?? 0) - (square.number("height") ?? 9)) < 0.5)
    #expect((filling.number("height") ?? 0) > 5 * (filling.number("width") ?? 100))
  }

  @Test func pivotsAreHeatmaps() throws {
    let pivot = try DataFrame([
      AnyColumn(Column("class", ["first", "second"])), AnyColumn(Column("female", [0.97, 0.92])),
      AnyColumn(Column("male", [0.37, nil])),
    ])
    let picture = Picture(Chart { HeatmapMark(pivot, rows: "class") })
    #expect(picture.bars.count == 3, "a missing value leaves its cell empty")
    #expect(picture.all("text").map(\.text).contains("0.97"))
    #expect(throws: ChartError.self) { try Chart(pivot) { HeatmapMark(pivot, rows: "clas") } }
  }

  @Test func countsHaveWholeTicks() {
    let years = [2006, 2007, 2008]
    let ticks = { (chart: Chart) in Picture(chart).all("text").map(\.text).filter { $0.hasPrefix("200") } }
    #expect(ticks(Chart { PointMark(x: years, y: [0.1, 0.2, 0.3]) }) == ["2006", "2007", "2008"])
    #expect(ticks(Chart { PointMark(x: years.map(Double.init), y: [0.1, 0.2, 0.3]) }).contains("2006.5"))
  }

  @Test func namesAndHeightsHaveColoursOfTheirOwn() {
    let heights = ContourMark(x: 0...1, y: 0...1, levels: 4, isFilled: true) { x, y in x + y }
    let alone = Set(Picture(Chart { heights }).all("path").compactMap { $0.attributes["fill"] }.filter { $0 != "none" })
    let both = Picture(
      Chart {
        heights
        PointMark(x: [0.2, 0.8], y: [0.3, 0.6], color: ["a", "b"])
      })
    #expect(alone.count > 3 && alone.isSubset(of: Set(both.all("path").compactMap { $0.attributes["fill"] })))
    let points = Set(both.all("circle").compactMap { $0.attributes["fill"] })
    #expect(points.count == 2 && points.isDisjoint(with: alone))
  }

  @Test func matricesMayRepeatLabels() {
    #expect(
      Picture(Chart { HeatmapMark([[1, 2], [3, 4]], rows: ["a", "a"], columns: ["b", "b"]) }).bars.count == 4)
  }

  @Test func picturesDrawEveryDarkPixel() {
    // A run of two equal pixels is one shape; paper is none.
    let picture = Picture(Chart { ImageGrid([[0, 16, 16, 0], [8, 8, 0, 8]], width: 2) })
    let shapes = picture.all("path").compactMap { $0.attributes["d"] }
    #expect(shapes == ["M1 0h1v1h-1zM0 1h1v1h-1z", "M0 0h2v1h-2zM1 1h1v1h-1z"])
  }

  @Test func functionsAreSampledAcrossTheirDomain() throws {
    let path = try #require(Picture(Chart { FunctionMark(0...1, samples: 11) { $0 * $0 } }).all("path").first)
    #expect(try #require(path.attributes["d"]).filter { $0 == "L" }.count == 10)
  }

  @Test func polesLeaveGaps() throws {
    let chart = Chart { FunctionMark(-1...1, samples: 200) { 1 / $0 } }
    let path = try #require(Picture(chart).all("path").first?.attributes["d"])
    #expect(path.filter { $0 == "M" }.count == 2)
    #expect(chart.notes.isEmpty)
  }

  @Test func rulesAndTexts() {
    let chart = Chart {
      PointMark(x: [0, 1], y: [0, 1])
      RuleMark(y: 0.5, label: "half").dashed()
      TextMark(x: [0.5], y: [0.5], text: ["here"])
    }
    let picture = Picture(chart)
    #expect(picture.all("line").filter { $0.attributes["stroke-dasharray"] != nil }.count == 1)
    #expect(picture.all("text").map(\.text).contains("half"))
    #expect(picture.all("text").map(\.text).contains("here"))
  }

  @Test func areasAreClosed() throws {
    let path = try #require(Picture(Chart { AreaMark(x: 0...2, y: [1, 2, 3], from: [0, 1, 2]) }).all("path").first)
    let data = try #require(path.attributes["d"])
    #expect(data.hasSuffix("Z"))
    #expect(data.filter { $0 == "L" }.count == 5)
  }

  @Test func manyRowsGoWithoutTooltips() {
    let picture = Picture(Chart { PointMark(x: 0..<5000, y: 0..<5000) })
    #expect(picture.all("circle").count == 5000)
    #expect(picture.all("title").isEmpty)
  }
}
