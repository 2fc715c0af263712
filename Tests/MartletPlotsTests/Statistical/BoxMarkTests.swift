import MartletPlots
import Testing

@Suite struct BoxMarkTests {
  @Test func summariesEqualMatplotlib() throws {
    for expected in try PlotReference.read().boxes {
      let box = try #require(BoxSummary(expected.values))
      #expect(agree([box.lowerQuartile, box.median, box.upperQuartile], expected.quartiles, within: 1e-12))
      #expect([box.lowerWhisker, box.upperWhisker] == expected.whiskers)
      #expect(box.outliers.map { expected.values[$0] }.sorted() == expected.outliers)
    }
  }

  @Test func boxesStandWhereTheirQuartilesAre() throws {
    // Quartiles 1, 2, 3 and whiskers 0, 4: everything is a quarter of the whole apart.
    let picture = Picture(Chart { BoxMark(y: [0, 1, 2, 3, 4]) })
    let box = try #require(picture.bars.first)
    let (top, height) = (try #require(box.number("y")), try #require(box.number("height")))
    let ends = picture.all("line").filter { $0.path.contains("g") }.compactMap { $0.number("y2") }
    #expect(ends.contains { abs($0 - (top - height / 2)) < 0.02 })  // upper whisker
    #expect(ends.contains { abs($0 - (top + height * 1.5)) < 0.02 })  // lower whisker
    #expect(ends.contains { abs($0 - (top + height / 2)) < 0.02 })  // median
  }

  @Test func outliersAreDots() {
    let picture = Picture(Chart { BoxMark(x: Array(repeating: "a", count: 5) + ["b"], y: [3, 4, 4, 5, 12, 4]) })
    #expect(picture.all("circle").count == 1)
    #expect(picture.bars.count == 2)
    #expect(picture.all("title").map(\.text).contains("a\nmedian 4, quartiles 4 to 5\n5 values, 1 beyond the whiskers"))
    #expect(Picture(Chart { BoxMark(y: [3, 4, 4, 5, 12], reach: .infinity) }).all("circle").isEmpty)
  }

  @Test func namesOnTheVerticalAxisLayBoxesDown() throws {
    let bars = Picture(
      Chart { BoxMark(x: [0, 1, 2, 3, 10, 11, 12, 13], y: ["a", "a", "a", "a", "b", "b", "b", "b"]) }
    ).bars
    try #require(bars.count == 2)
    #expect((try #require(bars[0].number("x"))) < (try #require(bars[1].number("x"))))
    #expect((try #require(bars[0].number("y"))) < (try #require(bars[1].number("y"))))
  }

  @Test func coloursShareTheRoomOfAName() throws {
    let bars = Picture(
      Chart { BoxMark(x: ["a", "a", "a", "a"], y: [1, 2, 3, 4], color: ["p", "q", "p", "q"]) }
    ).bars.filter { $0.attributes["rx"] == nil }
    try #require(bars.count == 2)
    let (x, width) = (bars.compactMap { $0.number("x") }, try #require(bars[0].number("width")))
    #expect(x[1] >= x[0] + width)
  }

  @Test func quantitiesAreNeeded() {
    #expect(throws: ChartError.self) { try Chart(Columns(columns: [:])) { BoxMark(x: ["a"], y: ["b"]) } }
  }
}
