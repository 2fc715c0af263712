import Foundation
import MartletDatasets
import MartletFrames
import MartletNumerics
import MartletPlots
import Testing

/// Frames, columns and tensors go into charts as they are.
@Suite struct DataFrameTests {
  @Test func columnsByName() throws {
    let iris = try Datasets.iris()
    let chart = try Chart(iris) { PointMark(x: "petalLength", y: "petalWidth", color: "species") }
    let picture = Picture(chart)
    #expect(picture.all("circle").count == 150)
    #expect(Set(picture.all("circle").compactMap { $0.attributes["fill"] }).count == 3)
    for text in ["petalLength", "petalWidth", "species"] { #expect(picture.all("text").map(\.text).contains(text)) }
    #expect(chart.notes.isEmpty)
  }

  @Test func unknownColumnsAreNamed() throws {
    let iris = try Datasets.iris()
    let error = #expect(throws: ChartError.self) { try Chart(iris) { HistogramMark("petalLenght") } }
    #expect(error?.description.hasPrefix("No column 'petalLenght'. Did you mean 'petalLength'?") == true)
  }

  @Test func missingValuesAreLeftOut() throws {
    let frame = try DataFrame([
      AnyColumn(Column("age", [22, nil, 26.5])), AnyColumn(Column("alive", [true, false, nil] as [Bool?])),
      AnyColumn(Column("count", [1, 2, 3])),
    ])
    let chart = try Chart(frame) { PointMark(x: "age", y: "count", color: "alive") }
    #expect(Picture(chart).all("circle").count == 1)
    #expect(chart.notes == ["2 values left out: missing or not finite"])
  }

  @Test func datesStandOnATimeAxis() throws {
    let dates = [0.0, 366, 731].map { Date(timeIntervalSince1970: 1_704_067_200 + $0 * 86_400) }  // from 1 January 2024
    let frame = try DataFrame([
      AnyColumn(Column("when", [dates[0], dates[1], nil, dates[2]])), AnyColumn(Column("value", [1, 2, 3, 4])),
      AnyColumn(Column("kind", ["a", "b", "a", "b"])),
    ])
    let chart = try Chart(frame) { PointMark(x: "when", y: "value") }
    let x = Picture(chart).all("circle").compactMap { $0.number("cx") }
    try #require(x.count == 3)
    #expect(abs((x[1] - x[0]) / (x[2] - x[0]) - 366.0 / 731) < 1e-4)
    let picture = Picture(try chart.facet(column: "kind"))
    #expect(picture.all("circle").count == 3)
    #expect(Picture(chart).labels("x-context").first == "2024")
  }

  @Test func columnsWithoutTheirFrame() throws {
    let age = Column("age", [22, nil, 26.5])
    let picture = Picture(Chart { HistogramMark(age) })
    #expect(picture.all("text").map(\.text).contains("age"))
  }

  @Test func tensors() throws {
    let x = Matrix([1, 2, 3])
    #expect(Picture(Chart { PointMark(x: x, y: x) }).all("circle").count == 3)
    let matrix = Matrix([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let picture = Picture(Chart { HeatmapMark(matrix) })
    #expect(picture.bars.count == 6)
    #expect(picture.labels("y-tick") == ["0", "1"])
  }

  @Test func digits() throws {
    let digits = try Datasets.digits()
    let picture = Picture(Chart { ImageGrid(digits.images[0..<20], labels: digits.labels.prefix(20)) })
    let grids = picture.all("g").filter { $0.attributes["transform"] != nil }
    #expect(grids.count == 20)
    #expect(picture.all("text").map(\.text) == digits.labels.prefix(20).map { "\($0)" })
  }
}
