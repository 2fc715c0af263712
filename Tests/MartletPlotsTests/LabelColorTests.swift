import MartletFrames
import MartletPlots
import Testing

/// Which colour stands for which name: in legends, in grids, and in the order of categories.
@Suite struct LabelColorTests {
  /// The legend's names with the colours of the squares before them.
  func legend(_ chart: Chart) -> [String: String] {
    let elements = Picture(chart).elements
    let squares = elements.filter { $0.name == "rect" && $0.number("width") == 11 }
    let names = elements.filter { $0.name == "text" && $0.has(class: "legend") }
    return Dictionary(
      zip(names.map(\.text), squares.compactMap { $0.attributes["fill"] }), uniquingKeysWith: { a, _ in a })
  }

  @Test func aMarksColourIsThatOfItsLabel() {
    let chart = Chart {
      LineMark(y: [1, 2], label: "true").color(.black)
      LineMark(y: [2, 3], label: "fitted").color(Color(hex: 0x123456))
      LineMark(y: [3, 4], label: "next")
    }
    let picture = Picture(chart)
    let lines = picture.all("path").compactMap { $0.attributes["stroke"] }.filter { $0.hasPrefix("#") }
    #expect(lines.contains("#000000") && lines.contains("#123456"))
    let squares = picture.all("rect").filter { $0.number("width") == 11 }.compactMap { $0.attributes["fill"] }
    #expect(squares == ["#000000", "#123456", lines.last ?? ""])
  }

  @Test func gridsGiveANameOneColour() {
    let first = Chart { PointMark(x: [1, 2], y: [1, 2], color: ["cats", "dogs"]) }
    let second = Chart { PointMark(x: [1, 2, 3], y: [1, 2, 3], color: ["dogs", "birds", "cats"]) }
    let other = Chart { PointMark(x: [1, 2], y: [1, 2], color: ["low", "high"]) }
    let fills = Picture(ChartGrid { [first, second, other] }.svg).all("circle").compactMap { $0.attributes["fill"] }
    #expect(fills.count == 7)
    #expect(fills[0] == fills[4] && fills[1] == fills[2], "cats are cats, dogs are dogs")
    #expect(Set(fills[2...4]).count == 3)
    #expect(Array(fills[5...6]) == Array(fills[0...1]), "names of their own begin the palette anew")
  }

  @Test func categoriesKeepTheirOrder() throws {
    let sizes = ["L", "S", "M", "S"]
    let frame = try DataFrame(
      Column("size", sizes, categories: ["S", "M", "L", "XL"]), Column("y", [1, 2, 3, 4]))
    let axis = Picture(try Chart(frame) { BarMark(x: "size", y: "y") }).labels("x-tick")
    #expect(axis == ["S", "M", "L"], "in their order; those that do not occur have no place")
    let points = try Chart(frame) { PointMark(x: "y", y: "y", color: "size") }
    let fills = Picture(points).all("circle").compactMap { $0.attributes["fill"] }
    let squares = Picture(points).all("rect").filter { $0.number("width") == 11 }.compactMap { $0.attributes["fill"] }
    #expect(squares == [fills[1], fills[2], fills[0]])
    let panels = try Chart(frame) { PointMark(x: "y", y: "y") }.facet(column: "size")
    let titles = Picture(panels).all("text").map(\.text).filter { ["S", "M", "L"].contains($0) }
    #expect(titles == ["S", "M", "L"])
    let texts = try Chart(frame.converting("size", to: .string)) { BarMark(x: "size", y: "y") }
    #expect(Picture(texts).labels("x-tick") == ["L", "S", "M"], "plain text stands in order of appearance")
  }

  @Test func textHasColours() {
    let chart = Chart { TextMark(x: [1, 2, 3], y: [1, 2, 3], text: ["a", "b", "c"], color: ["p", "q", "p"]) }
    let texts = Picture(chart).all("text").filter { ["a", "b", "c"].contains($0.text) }
    let fills = texts.compactMap { $0.attributes["fill"] }
    #expect(fills.count == 3 && fills[0] == fills[2] && fills[0] != fills[1])
    let plain = Chart { TextMark(x: 1, y: 1, text: ["a"]).color(.red) }
    #expect(Picture(plain).all("text").first { $0.text == "a" }?.attributes["fill"] == "#cc3311")
  }

  @Test func ringsAreHollow() {
    let chart = Chart { PointMark(x: [1, 2], y: [1, 2], size: 10).symbol(.ring).color(.navy) }
    let rings = Picture(chart).all("circle")
    #expect(
      rings.count == 2 && rings.allSatisfy { $0.attributes["fill"] == "none" && $0.attributes["stroke"] == "#332288" })
    for ring in rings { #expect(abs((ring.number("r") ?? 0) * 2 + (ring.number("stroke-width") ?? 0) - 10) < 0.05) }
  }
}
