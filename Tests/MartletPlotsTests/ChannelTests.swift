import Foundation
import MartletPlots
import Testing

/// Sizes, symbols, opacities and colours mean what the data say, and legends say so.
@Suite struct ChannelTests {
  @Test func areasAreProportionalToSizes() throws {
    let chart = Chart { PointMark(x: [1, 2, 3, 4], y: [1, 1, 1, 1], size: [4, 1, 9, 0]) }.hidingLegend()
    // The largest are drawn first.
    let radii = Picture(chart).all("circle").compactMap { $0.number("r") }
    try #require(radii.count == 4)
    for (radius, size) in zip(radii, [9.0, 4, 1, 0]) {
      #expect(abs(radius - radii[0] * (size / 9).squareRoot()) < 0.01)
    }
  }

  @Test func negativeSizesAreLeftOut() {
    let chart = Chart { PointMark(x: [1, 2], y: [1, 2], size: [-1, 1]) }
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }

  @Test func legendsOfSizesShowRoundQuantities() {
    let chart = Chart { PointMark(x: 0..<4, y: 0..<4, size: [12, 150, 900, 2300]) }.sizeLabel("people")
    let texts = Picture(chart).all("text").map(\.text)
    for text in ["people", "100", "500", "2000"] { #expect(texts.contains(text), "\(texts)") }
  }

  /// The area inside a closed path of straight lines, by the shoelace formula.
  func area(of path: Picture.Element) throws -> Double {
    let numbers = try #require(path.attributes["d"]).split { "MLZ ".contains($0) }.compactMap { Double($0) }
    let points = stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    return abs(zip(points, points.dropFirst() + points.prefix(1)).reduce(0) { $0 + $1.0.0 * $1.1.1 - $1.1.0 * $1.0.1 })
      / 2
  }

  @Test func symbolsHaveEqualAreasAndDifferentShapes() throws {
    let names = (0..<8).map { "group \($0)" }
    let picture = Picture(Chart { PointMark(x: 0..<8, y: 0..<8, size: 20, symbol: names) }.hidingLegend())
    #expect(picture.all("circle").count == 1)
    let paths = picture.all("path")
    #expect(paths.count == 7)
    for path in paths { #expect(abs(try area(of: path) - .pi * 100) < 1) }
  }

  @Test func oneColumnHasOneLegend() throws {
    let names = ["a", "b", "a"]
    let table = Columns(columns: [
      "n": PlotColumn(numbers: [1, 2, 3]), "kind": PlotColumn(categories: names),
      "other": PlotColumn(categories: names),
    ])
    let merged = Picture(try Chart(table) { PointMark(x: "n", y: "n", color: "kind", symbol: "kind") })
    #expect(merged.all("text").filter { $0.text == "kind" }.count == 1)
    let separate = Picture(try Chart(table) { PointMark(x: "n", y: "n", color: "kind", symbol: "other") })
    #expect(separate.all("text").filter { ["kind", "other"].contains($0.text) }.count == 2)
  }

  @Test func legendsStandWhereTheyAreAsked() throws {
    let chart = Chart { PointMark(x: [1, 2], y: [1, 2], color: ["left", "right"]) }
    func place(_ placement: LegendPlacement) throws -> (x: Double, y: Double) {
      let text = try #require(Picture(chart.legend(placement)).all("text").first { $0.text == "left" })
      return (try #require(text.number("x")), try #require(text.number("y")))
    }
    let (top, right, bottom) = (try place(.top), try place(.right), try place(.bottom))
    #expect(top.x < 100 && top.y < 60 && right.x > 500 && bottom.y > 350)
    #expect(!Picture(chart.legend(.hidden)).all("text").map(\.text).contains("left"))
  }

  @Test func opacityGrowsWithItsQuantity() {
    let circles = Picture(Chart { PointMark(x: [1, 2, 3], y: [1, 2, 3], opacity: [0, 5, 10]) }.hidingLegend())
      .all("circle").compactMap { $0.number("fill-opacity") }
    #expect(circles.count == 3 && circles[0] < circles[1] && circles[1] < circles[2] && circles[2] == 1)
  }

  @Test func colorsOfGroupsFollowTheGivenOrder() {
    let chart = Chart { PointMark(x: [1, 2], y: [1, 2], color: ["b", "a"]) }
    let fills = { (chart: Chart) in Picture(chart).all("circle").compactMap { $0.attributes["fill"] } }
    // Okabe and Ito's blue and orange.
    #expect(fills(chart) == ["#0072b2", "#e69f00"])
    #expect(fills(chart.colorDomain(["a", "b"])) == ["#e69f00", "#0072b2"])
  }

  @Test func middlesOfColorsTakeTheMiddleOfTheRamp() {
    let ramp = ColorRamp([Color(hex: 0x000000), Color(hex: 0xFFFFFF), Color(hex: 0xFF0000)])
    let chart = Chart { PointMark(x: [1, 2, 3], y: [1, 2, 3], color: [5, 10, 35]) }.colorRamp(ramp).colorMiddle(10)
    let fills = Picture(chart).all("circle").compactMap { $0.attributes["fill"] }
    // 25 away on both sides: 5 is a fifth of the way from white to black.
    #expect(fills == ["#cccccc", "#ffffff", "#ff0000"])
  }

  @Test func logarithmicColors() {
    let ramp = ColorRamp([Color(hex: 0x000000), Color(hex: 0xFF0000)])
    let chart = Chart { PointMark(x: [1, 2, 3], y: [1, 2, 3], color: [1, 10, 100]) }.colorRamp(ramp).colorScale(.log)
    #expect(Picture(chart).all("circle").compactMap { $0.attributes["fill"] } == ["#000000", "#800000", "#ff0000"])
  }

  @Test func namesWhereSizesBelong() {
    let table = Columns(columns: ["n": PlotColumn(numbers: [1]), "kind": PlotColumn(categories: ["a"])])
    let error = #expect(throws: ChartError.self) { try Chart(table) { PointMark(x: "n", y: "n", size: "kind") } }
    #expect(error?.description == "PointMark needs numbers for size; these are names.")
  }
}
