import MartletPlots
import Testing

@Suite struct RasterMarkTests {
  @Test func equalNeighboursAreOneShape() {
    let paths = Picture(Chart { RasterMark([[0, 0, 1], [1, 1, .nan]], x: 0...3, y: 0...2) }).all("path")
    // The first row is the lowest; what is not finite is empty.
    #expect(paths.map { $0.attributes["d"] } == ["M0 1h2v1h-2z", "M2 1h1v1h-1zM0 0h2v1h-2z"])
  }

  @Test func functionsAreAskedInTheMiddleOfCells() {
    var places: [[Double]] = []
    _ = RasterMark(x: 0...16, y: 0...10, resolution: 16) { x, y in
      places.append([x, y])
      return x
    }
    #expect(places.count == 160)
    #expect(places[0] == [0.5, 0.5] && places[159] == [15.5, 9.5])
  }

  @Test func rowsOfDifferentLengthsAreRefused() {
    #expect(throws: ChartError.self) {
      try Chart(Columns(columns: [:])) { RasterMark([[1, 2], [1]], x: 0...1, y: 0...1) }
    }
  }
}
