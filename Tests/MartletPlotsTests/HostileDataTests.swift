import Foundation
import MartletDisplay
import MartletPlots
import Testing

/// Whatever the data are, the picture is well-formed, finite and never anything but a picture.
@Suite struct HostileDataTests {
  let attacks = [
    "<script>alert(1)</script>", "\"><image href=x onerror=alert(1)>", "' onload='alert(1)", "]]></style><b>&amp;",
    "a\u{0}b\u{8}\u{FFFF}", "&bogus;", "", " ", "日本語のラベル", "👩‍👩‍👧‍👦", "line\nbreak", "${x}{{y}}",
  ]

  @Test func textIsNeverMarkup() {
    let chart = Chart {
      BarMark(x: attacks, y: attacks.indices.map { Double($0) }, color: attacks)
      TextMark(x: attacks, y: attacks.indices.map { Double($0) }, text: attacks)
    }
    for attack in attacks {
      let picture = Picture(chart.title(attack).subtitle(attack).xLabel(attack).yLabel(attack).colorLabel(attack))
      #expect(picture.isWellFormed, "\(attack.debugDescription)")
      let names = Set(picture.elements.map(\.name))
      #expect(names.isSubset(of: ["svg", "title", "desc", "style", "rect", "text", "g", "line", "path", "clipPath"]))
      let attributes = picture.elements.flatMap(\.attributes.keys)
      #expect(!attributes.contains { $0.lowercased().hasPrefix("on") || $0.contains("href") })
    }
  }

  @Test func panelsAndGridsAreNeverMarkup() throws {
    let numbers = attacks.indices.map { Double($0) }
    let chart = Chart { PointMark(x: numbers, y: numbers, size: numbers, symbol: attacks, opacity: numbers) }
    for attack in attacks {
      let named = chart.caption(attack).sizeLabel(attack).symbolLabel(attack).opacityLabel(attack)
        .xFormat(.currency(attack))
      for placement in [LegendPlacement.top, .right, .bottom] {
        #expect(Picture(named.legend(placement)).isWellFormed, "\(attack.debugDescription)")
      }
      let charts = [named, try named.facet(wrap: attacks), try named.facet(row: attacks)]
      let grid = ChartGrid { charts }.title(attack).subtitle(attack)
      #expect(Picture(grid.svg).isWellFormed, "\(attack.debugDescription)")
    }
  }

  @Test func textSurvivesEscaping() {
    let picture = Picture(Chart { TextMark(x: [1], y: [1], text: ["<R&D> \"it's\""]) })
    #expect(picture.all("text").contains { $0.text == "<R&D> \"it's\"" })
  }

  @Test func columnNamesAreNotMarkup() throws {
    let table = Columns(columns: ["<b>": PlotColumn(numbers: [1, 2]), "\"": PlotColumn(numbers: [1, 2])])
    #expect(Picture(try Chart(table) { PointMark(x: "<b>", y: "\"") }).isWellFormed)
  }

  @Test(
    arguments: [
      [], [1], [5, 5, 5], [0, 0], [.nan], [.infinity, -.infinity], [.nan, 1, 2], [1e300, -1e300], [1e-300, 2e-300],
      [.greatestFiniteMagnitude, -.greatestFiniteMagnitude], [.leastNonzeroMagnitude, 0], [1, 1.0.nextUp],
      [1e15, 1e15 + 1],
      [-1e-5, 1e300],
    ] as [[Double]])
  func anyNumbers(_ values: [Double]) {
    let charts = [
      Chart { PointMark(x: values, y: values) }, Chart { PointMark(x: values, y: values, color: values) },
      Chart { LineMark(y: values) }, Chart { AreaMark(y: values) }, Chart { HistogramMark(values) },
      Chart { HistogramMark(values, bins: 4) }, Chart { BarMark(x: values.indices.map { "name \($0)" }, y: values) },
      Chart { BarMark(x: values.indices.map { "name \($0)" }, y: values, arrangement: .grouped) },
      Chart { RuleMark(x: values) },
      Chart { HeatmapMark([values]) }, Chart { ImageMark(values, width: 1) },
      Chart { TextMark(x: values, y: values, text: values) },
      Chart { PointMark(x: values, y: values) }.xScale(.log).yScale(.log),
      Chart { PointMark(x: values, y: values) }.xScale(.sqrt).yScale(.symmetricLog()),
      Chart { PointMark(x: values, y: values, size: values, opacity: values) }.legend(.right).reversingX(),
      Chart { AreaMark(y: values, color: values.indices.map { "\($0 % 2)" }, arrangement: .normalized) },
      Chart { AreaMark(y: values, arrangement: .stacked, interpolation: .monotone) },
      Chart { BarMark(x: values, y: values.indices.map { "\($0 % 2)" }, arrangement: .normalized) },
      Chart { HistogramMark(y: values) }.yFormat(.percent).xFormat(.compact),
    ]
    for chart in charts {
      let svg = chart.svg
      #expect(Picture(svg).isWellFormed)
      for word in ["nan", "inf", "NaN"] { #expect(!svg.contains("\"\(word)") && !svg.contains("-\(word)")) }
    }
  }

  @Test func missingRowsAreCounted() {
    let chart = Chart { PointMark(x: [1, .nan, 3, 4], y: [1, 2, .infinity, 4]) }
    #expect(Picture(chart).all("circle").count == 2)
    #expect(chart.notes == ["2 values left out: missing or not finite"])
    #expect(Picture(chart).all("text").contains { $0.text == "2 values left out: missing or not finite" })
  }

  @Test func nothingToShowIsSaid() {
    let empty = Chart { PointMark(x: [Double](), y: [Double]()) }
    #expect(Picture(empty).all("text").map(\.text) == ["No data to show"])
    #expect(Picture(Chart {}).all("text").map(\.text) == ["No data to show"])
    #expect(Picture(Chart { FunctionMark(0...1) { _ in .nan } }).all("text").map(\.text) == ["No data to show"])
    #expect(Picture(Chart { HeatmapMark([[Double]]()) }).all("text").map(\.text) == ["No data to show"])
    #expect(Picture(Chart { ImageGrid([], width: 8) }).all("text").map(\.text) == ["No data to show"])
  }

  @Test func coordinatesHaveTwoDecimalsAtMost() throws {
    let svg = Chart { PointMark(x: [0, 1.0 / 3, 1], y: [0, 2.0 / 7, 1]) }.svg
    let circles = Picture(svg).all("circle")
    for value in circles.flatMap({ [$0.attributes["cx"], $0.attributes["cy"]] }) {
      #expect((try #require(value).split(separator: ".").dropFirst().first?.count ?? 0) <= 2)
    }
  }
}

/// A table for tests.
struct Columns: PlotTable {
  var columns: [String: PlotColumn]
  var plotColumnNames: [String] { columns.keys.sorted() }
  func plotColumn(named name: String) -> PlotColumn? { columns[name] }
}
