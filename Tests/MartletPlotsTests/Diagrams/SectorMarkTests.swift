import Foundation
import MartletPlots
import Testing

@Suite struct SectorMarkTests {
  @Test func sectorsGoClockwiseFromTheTop() throws {
    let paths = Picture(Chart { SectorMark(["a", "b", "c"], values: [1, 1, 2]) }).all("path").compactMap {
      $0.attributes["d"]
    }
    try #require(paths.count == 3)
    // M top A … right, L middle: a quarter; the last is the half from the bottom to the top.
    let numbers = paths.map { path in
      path.split(whereSeparator: { "MLAZ ".contains($0) }).compactMap { Double($0) }
    }
    let (top, right, middle) = (numbers[0][0..<2], numbers[0][7..<9], numbers[0][9..<11])
    #expect(abs(top[0] - middle[9]) < 0.02 && top[1] < middle[10])
    #expect(abs(right[8] - middle[10]) < 0.02 && right[7] > middle[9])
    #expect(abs((right[7] - middle[9]) - (middle[10] - top[1])) < 0.02)  // round
    #expect(abs(numbers[2][7] - top[0]) < 0.02 && abs(numbers[2][8] - top[1]) < 0.02)
  }

  @Test func sharesAreWritten() {
    let picture = Picture(Chart { SectorMark(["a", "b", "b"], values: [1, 1, 2]) })
    #expect(picture.all("path").count == 2)  // rows of one name are added up
    #expect(picture.all("title").map(\.text) == ["a: 1 (25 %)", "b: 3 (75 %)"])
    #expect(picture.all("text").map(\.text).filter { $0.hasSuffix("%") } == ["25 %", "75 %"])
  }

  @Test func oneSectorIsAWholeDisc() throws {
    for hole in [0, 0.5] {
      let path = try #require(Picture(Chart { SectorMark(["all"], values: [3], innerRadius: hole) }).all("path").first)
      #expect(try #require(path.attributes["d"]).filter { $0 == "M" }.count == 2)
    }
  }

  @Test func negativeValuesAreRefused() throws {
    let error = #expect(throws: ChartError.self) {
      try Chart(Columns(columns: [:])) { SectorMark(["a", "b"], values: [1, -2]) }
    }
    #expect(error?.description == "SectorMark needs values of at least 0; row 1 has −2.")
    #expect(Picture(Chart { SectorMark(["a"], values: [0]) }).all("path").isEmpty)
  }
}
