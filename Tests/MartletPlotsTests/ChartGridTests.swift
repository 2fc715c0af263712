import Foundation
import MartletDatasets
import MartletPlots
import Testing

/// Charts side by side, with their plots in line.
@Suite struct ChartGridTests {
  let small = Chart { PointMark(x: [0, 1], y: [0, 1]) }
  let large = Chart { PointMark(x: [0, 1], y: [0, 123_456_789]) }.yLabel("a title")

  /// The plots of a picture in a picture: the horizontal line below each, moved to its place.
  func plots(_ grid: ChartGrid) throws -> [(left: Double, bottom: Double)] {
    let picture = Picture(grid.svg)
    let charts = picture.elements.filter { $0.name == "svg" }.dropFirst()
    let lines = picture.elements.enumerated().filter { index, element in
      element.name == "g" && element.attributes["stroke-opacity"] == ".55"
    }.map { picture.elements[$0.offset + 1] }
    return try zip(charts, lines).map { chart, line in
      (
        try #require(chart.number("x")) + (try #require(line.number("x1"))),
        try #require(chart.number("y")) + (try #require(line.number("y1")))
      )
    }
  }

  @Test func whatACellThrowsIsThrown() throws {
    struct Broken: Error {}
    func chart(_ isBroken: Bool) throws -> Chart {
      if isBroken { throw Broken() }
      return Chart { LineMark(y: [1, 2]) }
    }
    #expect(throws: Broken.self) { try ChartGrid { try chart(true) } }
    #expect(
      try ChartGrid {
        try chart(false)
        try chart(false)
      }.svg.contains("<svg"))
  }

  @Test func plotsStandInLine() throws {
    let plots = try plots(ChartGrid([[small, small], [large, large.xLabel("x")]]))
    try #require(plots.count == 4)
    #expect(abs(plots[0].left - plots[2].left) < 0.02 && abs(plots[1].left - plots[3].left) < 0.02)
    #expect(abs(plots[0].bottom - plots[1].bottom) < 0.02 && abs(plots[2].bottom - plots[3].bottom) < 0.02)
  }

  @Test func equalChartsHaveNamesOfTheirOwn() {
    let picture = Picture(ChartGrid { [small, small, small, small] }.svg)
    #expect(picture.isWellFormed && picture.all("circle").count == 8)
    let identifiers = picture.elements.compactMap { $0.attributes["id"] }
    #expect(identifiers.count == 5 && Set(identifiers).count == 5)
  }

  @Test func sharedAxesAreLabelledOnce() {
    let grid = ChartGrid([[small, large], [small, large]]).sharingX().sharingY()
    let picture = Picture(grid.svg)
    let alone = Picture(ChartGrid([[small, large], [small, large]]).svg)
    #expect(picture.labels("x-tick").count * 2 == alone.labels("x-tick").count)
    #expect(picture.labels("y-tick").contains { $0.contains("10⁸") })
  }

  @Test func emptyPlacesStayEmpty() {
    let picture = Picture(ChartGrid([[small, nil], [small, small]]).svg)
    #expect(picture.isWellFormed && picture.all("svg").count == 4)
    #expect(Picture(ChartGrid([]).svg).isWellFormed)
  }

  @Test func describesItself() {
    let grid = ChartGrid {
      small
      large
    }.title("Two")
    #expect(grid.description == "\"Two\": 2 charts\nChart: 2 rows\nChart: 2 rows, y: a title")
    #expect(Picture(grid.svg).elements.first?.attributes["aria-label"] == "\"Two\": 2 charts")
  }

  @Test func jointAndPairs() throws {
    let iris = try Datasets.iris()
    let joint = Picture(
      try ChartGrid.joint(iris, x: "petalLength", y: "petalWidth", color: "species").svg)
    #expect(joint.all("circle").count == 150 && joint.all("svg").count == 4)
    #expect(joint.all("text").filter { $0.text == "setosa" }.count == 1)
    let columns = ["petalLength", "petalWidth", "sepalLength"]
    let pairs = Picture(try ChartGrid.pairs(iris, columns: columns, color: "species").svg)
    #expect(pairs.all("svg").count == 10 && pairs.all("circle").count == 150 * 6)
    for column in columns { #expect(pairs.all("text").filter { $0.text == column }.count == 2) }
    let error = #expect(throws: ChartError.self) { try ChartGrid.pairs(iris, columns: []) }
    #expect(error?.description == "Pairs are drawn of 1 to 12 columns; these are 0.")
  }
}
