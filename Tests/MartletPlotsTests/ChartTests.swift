import Foundation
import MartletDisplay
import MartletPlots
import Testing

@Suite struct ChartTests {
  let penguins = Columns(columns: [
    "bill": PlotColumn(numbers: [39.1, 46.5, 50.0, nil]), "mass": PlotColumn(numbers: [3750, 3500, 5700, 4000]),
    "species": PlotColumn(categories: ["Adelie", "Chinstrap", "Gentoo", "Adelie"]),
  ])

  func chart() throws -> Chart {
    try Chart(penguins) { PointMark(x: "bill", y: "mass", color: "species") }.title("Penguins")
  }

  @Test func columnsNameAxesAndLegend() throws {
    let texts = Picture(try chart()).all("text").map(\.text)
    for text in ["Penguins", "bill", "mass", "species", "Adelie", "Chinstrap", "Gentoo"] {
      #expect(texts.contains(text))
    }
    let renamed = Picture(try chart().xLabel("bill length (mm)").yLabel("")).all("text").map(\.text)
    #expect(renamed.contains("bill length (mm)") && !renamed.contains("bill") && !renamed.contains("mass"))
  }

  @Test func displaysAsPictureAndText() throws {
    let bundle = try chart().displayBundle()
    #expect(bundle[.svg] == .text(try chart().svg))
    #expect(
      bundle[.plainText]
        == """
        Chart "Penguins": 4 rows, x: bill, y: mass, color: species
        1 value left out: missing or not finite
        """)
  }

  @Test func isAccessible() throws {
    let picture = Picture(try chart())
    let root = try #require(picture.elements.first)
    #expect(root.attributes["role"] == "img")
    #expect(root.attributes["aria-label"] == "Chart \"Penguins\": 4 rows, x: bill, y: mass, color: species")
    #expect(picture.all("desc").count == 1)
    #expect(picture.all("title").map(\.text).contains("bill: 39.1\nmass: 3750\nspecies: Adelie"))
  }

  /// Several charts on one page: the rules of one never reach another, and drawing again changes nothing.
  @Test func identifiersFollowFromTheContent() throws {
    let charts = [
      try chart(), try chart().title("Others"), try chart().theme(.dark), try chart().theme(.light),
      try chart().size(width: 500, height: 300), try chart().transparentBackground(),
    ]
    let identifiers = charts.map { Picture($0).elements.first?.attributes["id"] ?? "" }
    #expect(Set(identifiers).count == charts.count)
    #expect(try chart().svg == chart().svg)
    for (chart, identifier) in zip(charts, identifiers) {
      let style = Picture(chart).all("style").first?.text ?? ""
      let selectors = style.split(whereSeparator: { "{}".contains($0) }).filter {
        $0.hasPrefix("#") || $0.hasPrefix(".")
      }
      #expect(!selectors.isEmpty)
      #expect(selectors.allSatisfy { $0.hasPrefix("#\(identifier)") })
    }
  }

  @Test func legendsAppearWithMeaning() throws {
    #expect(Picture(try chart()).all("rect").filter { $0.attributes["rx"] != nil }.count == 3)
    #expect(Picture(try chart().hidingLegend()).all("rect").filter { $0.attributes["rx"] != nil }.isEmpty)
    #expect(Picture(Chart { PointMark(x: [1, 2], y: [1, 2]) }).all("rect").count == 1)
  }

  @Test func seriesWithoutColoursTakeDifferentOnes() {
    let paths = Picture(
      Chart {
        LineMark(y: [1, 2])
        LineMark(y: [2, 3])
        LineMark(y: [3, 4]).color(.gray)
      }
    ).all("path")
    #expect(Set(paths.map { $0.attributes["stroke"] ?? "" }).count == 3)
  }

  @Test func marksComeFromLoopsAndConditions() {
    let isShown = false
    let chart = Chart {
      for power in 1...3 { FunctionMark(0...1, label: "x^\(power)") { pow($0, Double(power)) } }
      if isShown { RuleMark(y: 0.5) }
    }
    #expect(Picture(chart).all("path").count == 3)
  }

  @Test func domainsCutTheMarks() throws {
    let picture = Picture(Chart { PointMark(x: [0, 100], y: [0, 100]) }.xDomain(0...10).yDomain(0...10))
    #expect(picture.all("clipPath").count == 1)
    #expect(picture.labels("x-tick").last == "10")
  }

  @Test func unknownColumns() {
    let error = #expect(throws: ChartError.self) { try Chart(penguins) { PointMark(x: "bil", y: "mass") } }
    #expect(error?.description == "No column 'bil'. Did you mean 'bill'? The frame has bill, mass, species.")
  }

  @Test func unequalLengths() {
    let error = #expect(throws: ChartError.self) { try Chart(penguins) { PointMark(x: [1, 2], y: [1, 2, 3]) } }
    #expect(error?.description == "PointMark needs one value for each row in every channel: x has 2, y has 3.")
  }

  @Test func namesWhereNumbersBelong() {
    let error = #expect(throws: ChartError.self) { try Chart(penguins) { HistogramMark("species") } }
    #expect(error?.description == "HistogramMark needs numbers for values; these are names.")
  }

  @Test func raggedMatrices() {
    let error = #expect(throws: ChartError.self) { try Chart(penguins) { HeatmapMark([[1, 2], [3]]) } }
    #expect(error?.description == "HeatmapMark needs rows of one length: the 2 rows have 2, 1 values.")
  }

  @Test func misshapenPictures() {
    let error = #expect(throws: ChartError.self) { try Chart(penguins) { ImageGrid([[1, 2, 3]], width: 2) } }
    #expect(error?.description == "Image 0 has 3 pixels, which is not a whole number of rows of 2 pixels.")
  }

  @Test func writesFiles() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("chart-\(UUID().uuidString).svg").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try chart().write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == chart().svg)
    let error = #expect(throws: ChartError.self) { try chart().write(to: "/nowhere/chart.svg") }
    #expect(error?.description == "Cannot write the chart to '/nowhere/chart.svg': No such file or directory.")
    let unknown = #expect(throws: ChartError.self) { try chart().write(to: "/tmp/chart.pdf") }
    #expect(
      unknown?.description == """
        Cannot write the chart to '/tmp/chart.pdf': a chart is written as SVG or PNG, so the name must end with .svg or .png.
        """)
  }
}
