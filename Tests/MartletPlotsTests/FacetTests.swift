import Foundation
import MartletPlots
import Testing

/// Every row appears in its panel, at the place that its values have in all of them.
@Suite struct FacetTests {
  let table = Columns(columns: [
    "x": PlotColumn(numbers: [1, 2, 3, 4, 5, 6]), "y": PlotColumn(numbers: [1, 1, 1, 2, 2, 9]),
    "kind": PlotColumn(categories: ["b", "a", "b", "a", "c", nil]),
    "level": PlotColumn(numbers: [10, 2, 10, 2, 2, 10]),
  ])

  func chart() throws -> Chart { try Chart(table) { PointMark(x: "x", y: "y", color: "kind") } }

  @Test func everyRowHasItsPanel() throws {
    let chart = try Chart(table) { PointMark(x: "x", y: "y") }.facet(column: "level")
    #expect(Picture(chart).all("circle").count == 6)
    #expect(Picture(chart).all("text", class: "strip").map(\.text) == ["level: 2", "level: 10"])
    #expect(chart.description == "Chart: 6 rows, x: x, y: y, 2 panels")
  }

  @Test func namesStandInOrderOfAppearance() throws {
    let chart = try Chart(table) { PointMark(x: "x", y: "y") }.facet(wrap: "kind")
    #expect(Picture(chart).all("text", class: "strip").map(\.text) == ["b", "a", "c"])
    #expect(Picture(chart).all("circle").count == 5)
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }

  @Test func sharedAxesPutEqualValuesAtEqualPlaces() throws {
    let both = ["left", "left", "right", "right"]
    let chart = try Chart { PointMark(x: [1, 5, 1, 5], y: [1, 3, 1, 2]) }.facet(column: both)
    let circles = Picture(chart).all("circle")
    let (x, y) = (circles.compactMap { $0.number("cx") }, circles.compactMap { $0.number("cy") })
    try #require(x.count == 4)
    #expect(abs((x[1] - x[0]) - (x[3] - x[2])) < 0.02 && x[2] > x[1])
    #expect(abs(y[0] - y[2]) < 0.02)
    #expect(abs((y[0] - y[1]) / (y[2] - y[3]) - 2) < 0.01)
  }

  @Test func onlyTheEdgesHaveLabels() throws {
    let chart = try Chart(table) { PointMark(x: "x", y: "y") }
    let whole = Picture(try chart.facet(row: "level", column: "kind"))
    let x = whole.all("text", class: "x-tick")
    // Below the lowest row of panels only: all at one height.
    #expect(Set(x.compactMap { $0.attributes["y"] }).count == 1)
    #expect(Set(whole.all("text", class: "y-tick").compactMap { $0.attributes["x"] }).count == 1)
    #expect(whole.all("text").filter { $0.text == "x" || $0.text == "y" }.count == 2)
  }

  @Test func freeAxesShowTheirOwnRange() throws {
    let groups = ["a", "a", "b", "b"]
    let chart = try Chart { PointMark(x: [0, 1, 0, 1000], y: [0, 1, 0, 1]) }.facet(column: groups, scales: .freeX)
    let labels = Picture(chart).labels("x-tick")
    #expect(labels.contains("1000") && labels.contains { $0.hasPrefix("0.") || $0 == "1.0" || $0 == "1" })
  }

  @Test func arraysFollowTheirRowsAndRulesAppearEverywhere() throws {
    let chart = try Chart(table) {
      PointMark(x: [1, 2, 3, 4, 5, 6], y: "y")
      RuleMark(y: 5.0, label: "limit")
    }.facet(column: "level")
    let picture = Picture(chart)
    #expect(picture.all("circle").count == 6)
    #expect(picture.all("text").filter { $0.text == "limit" }.count == 2)
  }

  @Test func colorsAreThoseOfTheWhole() throws {
    let chart = try chart().facet(column: "kind")
    let fills = Picture(chart).all("circle").compactMap { $0.attributes["fill"] }
    #expect(fills == ["#0072b2", "#0072b2", "#e69f00", "#e69f00", "#009e73"])
  }

  @Test func stacksArePerPanel() throws {
    let chart = try Chart { BarMark(x: ["p", "p"], y: [3, 3]) }.facet(column: ["l", "r"])
    let bars = Picture(chart).bars
    try #require(bars.count == 2)
    #expect(bars[0].attributes["y"] == bars[1].attributes["y"])
  }

  @Test func panelsDoNotTouch() throws {
    for count in [2, 3, 5, 8, 13] {
      let names = (0..<count).map { "panel \($0)" }
      let chart = try Chart { PointMark(x: names.indices.map { Double($0) * 1000 }, y: names.indices) }.facet(
        wrap: names)
      let picture = Picture(chart)
      for height in Set(picture.all("text", class: "x-tick").compactMap { $0.attributes["y"] }) {
        let line = picture.all("text", class: "x-tick").filter { $0.attributes["y"] == height }
        let boxes = boxes(of: line).sorted { $0.lowerBound < $1.lowerBound }
        #expect(zip(boxes, boxes.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }, "\(count) panels")
      }
      let strips = picture.all("text", class: "strip")
      #expect(strips.count == count)
      #expect(Set(strips.map { "\($0.attributes["x"] ?? "") \($0.attributes["y"] ?? "")" }).count == count)
    }
  }

  @Test func histogramsCountInTheSameIntervals() throws {
    let chart = try Chart { HistogramMark([0, 1, 2, 9, 9.5, 10], bins: 5) }
      .facet(column: ["low", "low", "low", "high", "high", "high"])
    let tooltips = Picture(chart).all("title").map(\.text)
    #expect(tooltips == ["0 to 2: 2", "2 to 4: 1", "8 to 10: 3"])
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 2), (6, 3), (8, 4), (12, 4), (25, 5)])
  func linesOfPanelsAreFilled(_ count: Int, _ columns: Int) throws {
    let names = (0..<count).map { "panel \($0)" }
    let chart = try Chart { PointMark(x: names.indices, y: names.indices) }.facet(wrap: names)
    let strips = Picture(chart).all("text", class: "strip")
    #expect(Set(strips.compactMap { $0.attributes["x"] }).count == columns)
  }

  @Test func clipsArePerPanel() throws {
    let picture = Picture(try chart().facet(column: "level").xDomain(2...4))
    #expect(picture.all("clipPath").count == 2)
    #expect(Set(picture.all("clipPath").compactMap { $0.attributes["id"] }).count == 2)
  }

  @Test func mistakesAreNamed() throws {
    let unknown = #expect(throws: ChartError.self) { try chart().facet(column: "knd") }
    #expect(unknown?.description.hasPrefix("No column 'knd'. Did you mean 'kind'?") == true)
    let many = (0..<401).map { "\($0)" }
    let error = #expect(throws: ChartError.self) { try Chart { PointMark(x: 0..<401, y: 0..<401) }.facet(wrap: many) }
    #expect(
      error?.description
        == "The chart would have 401 panels; 400 can be drawn. Group the values first, or filter them.")
    let lengths = #expect(throws: ChartError.self) { try chart().facet(row: ["a"], column: "kind") }
    #expect(
      lengths?.description == "facet needs one value for each row in every channel: row has 1, column has 6.")
  }
}
