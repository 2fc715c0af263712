import Foundation
import MartletPlots
import Testing

@Suite struct ContourMarkTests {
  let places = (0...20).map { Double($0) / 10 - 1 }

  @Test func planesHaveExactLines() throws {
    // x + 2y = 0.5 crosses the square's border at (−1, 0.75) and (1, −0.25).
    let values = places.map { y in places.map { x in x + 2 * y } }
    let lines = ContourLines.lines(values, x: places, y: places, level: 0.5)
    try #require(lines.count == 1)
    #expect(lines[0].allSatisfy { abs($0.x + 2 * $0.y - 0.5) < 1e-12 })
    let ends = [try #require(lines[0].first), try #require(lines[0].last)].sorted { $0.x < $1.x }
    #expect(agree([ends[0].x, ends[0].y, ends[1].x, ends[1].y], [-1, 0.75, 1, -0.25], within: 1e-12))
  }

  @Test func circlesAreClosedAndRound() throws {
    let values = places.map { y in places.map { x in x * x + y * y } }
    let lines = ContourLines.lines(values, x: places, y: places, level: 0.36)
    try #require(lines.count == 1)
    #expect(lines[0].first == lines[0].last)
    // Linear interpolation between places h apart is off by h²/4 at most in x², so by that over 2r in the radius.
    #expect(lines[0].allSatisfy { abs(hypot($0.x, $0.y) - 0.6) < 0.01 / 4 / 1.2 * 1.01 })
  }

  @Test func saddlesAreDecidedByTheirMiddle() {
    // The middle of 1, 0, 1, 0 is 0.5: at 0.4 it belongs to the high corners, at 0.6 to the low ones.
    for (level, cornersCutOff) in [(0.4, [(1.0, 0.0), (0.0, 1.0)]), (0.6, [(0.0, 0.0), (1.0, 1.0)])] {
      let lines = ContourLines.lines([[1, 0], [0, 1]], x: [0, 1], y: [0, 1], level: level)
      #expect(lines.count == 2)
      for corner in cornersCutOff {
        #expect(lines.contains { $0.allSatisfy { abs($0.x - corner.0) < 0.5 || abs($0.y - corner.1) < 0.5 } })
      }
    }
  }

  @Test func fillingsCoverWhatIsAbove() {
    // x ≥ 0.5 covers a quarter of the square from −1 to 1: an area of 1.
    let values = places.map { _ in places }
    let rings = ContourLines.lines(values, x: places, y: places, level: 0.5, isClosed: true)
    #expect(rings.count == 1)
    let area = rings.reduce(0) { sum, ring in
      sum + zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    }
    #expect(abs(abs(area) - 1) < 1e-12)
    // Everything is above −2: the whole square, of area 4.
    let whole = ContourLines.lines(values, x: places, y: places, level: -2, isClosed: true)
    #expect(
      abs(abs(zip(whole[0], whole[0].dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2) - 4) < 1e-12
    )
  }

  @Test func levelsAreRoundAndDrawn() {
    let picture = Picture(Chart { ContourMark(x: 0...1, y: 0...1, levels: 5) { x, y in x } })
    #expect(picture.all("path").count == 4)  // 0.2, 0.4, 0.6 and 0.8
    #expect(picture.all("title").map(\.text).filter { Double($0) != nil } == ["0.2", "0.4", "0.6", "0.8"])
    let filled = Picture(Chart { ContourMark(x: 0...1, y: 0...1, levels: [0.25, 0.5], isFilled: true) { x, y in x } })
    #expect(filled.all("path").count == 3)
  }

  @Test func whatIsNotFiniteHasNoLine() {
    let chart = Chart { ContourMark(x: -1...1, y: -1...1, levels: [0.5], isFilled: true) { x, y in x < 0 ? .nan : x } }
    #expect(Picture(chart).isWellFormed)
    #expect(Picture(Chart { ContourMark(x: 0...1, y: 0...1) { _, _ in 7 } }).isWellFormed)
  }

  @Test func rowsOfDifferentLengthsAreRefused() {
    #expect(throws: ChartError.self) {
      try Chart(Columns(columns: [:])) { ContourMark([[1, 2], [1]], x: 0...1, y: 0...1) }
    }
  }
}
