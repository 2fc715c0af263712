import Foundation
import MartletPlots
import Testing

@Suite struct FieldMarkTests {
  /// From where to where the shafts go.
  private func shafts(_ picture: Picture) -> [(dx: Double, dy: Double)] {
    picture.all("path").map { path in
      let shaft = stretches(path.attributes["d"])[0]
      return (shaft[1].x - shaft[0].x, shaft[1].y - shaft[0].y)
    }
  }

  @Test func arrowsPointAlongTheField() {
    let right = shafts(Picture(Chart { VectorFieldMark(x: 0...1, y: 0...1, columns: 8) { _, _ in (2, 0) } }))
    #expect(right.count == 8 * 5)
    #expect(right.allSatisfy { $0.dx > 1 && abs($0.dy) < 0.02 && abs($0.dx - right[0].dx) < 0.02 })
    let up = shafts(Picture(Chart { VectorFieldMark(x: 0...1, y: 0...1, columns: 8) { _, _ in (0, 1) } }))
    #expect(up.allSatisfy { $0.dy < -1 && abs($0.dx) < 0.02 })
  }

  @Test func lengthsAreInProportion() {
    let arrows = shafts(Picture(Chart { VectorFieldMark(x: [0, 1, 2], y: [0, 1, 0], u: [1, 2, 4], v: [0, 0, 0]) }))
    #expect(abs(arrows[1].dx / arrows[0].dx - 2) < 0.01 && abs(arrows[2].dx / arrows[0].dx - 4) < 0.01)
  }

  @Test func whatIsNotFiniteHasNoArrow() {
    let chart = Chart { VectorFieldMark(x: [0, 1], y: [0, 1], u: [1, .nan], v: [0, 0]) }
    #expect(shafts(Picture(chart)).count == 1)
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }

  @Test func arrowsReachFromEndToEnd() throws {
    let chart = Chart { ArrowMark(x: [0, 1], y: [0, 1], toX: [4, 1], toY: [0, 3]) }.equalUnits()
    let picture = Picture(chart)
    let shafts = picture.all("path").filter {
      $0.attributes["fill"] == "none" && $0.attributes["stroke-linecap"] == "round"
    }
    .map { stretches($0.attributes["d"])[0] }
    let tips = picture.all("path").filter { $0.attributes["d"]?.hasSuffix("Z") == true }.map {
      stretches($0.attributes["d"])[0][1]
    }
    #expect(shafts.count == 2 && tips.count == 2)
    let (first, second) = (tips[0].x - shafts[0][0].x, shafts[1][0].y - tips[1].y)
    #expect(abs(tips[0].y - shafts[0][0].y) < 0.02 && abs(tips[1].x - shafts[1][0].x) < 0.02)
    #expect(abs(first / 4 - second / 2) < 0.5, "four to the right and two up have the same unit: \(first), \(second)")
  }

  @Test func arrowsWithoutAPlaceAreCounted() {
    let chart = Chart { ArrowMark(x: [0, 0], y: [0, 0], toX: [1, .nan], toY: [1, 1]) }
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }

  @Test func slopesHaveOneLengthOnTheScreen() throws {
    let chart = Chart { SlopeFieldMark(x: 0...1, y: 0...1, columns: 4) { x, _ in x < 0.5 ? 0 : .infinity } }
    let lines = stretches(try #require(Picture(chart).all("path").first?.attributes["d"]))
    #expect(lines.count == 8)
    for (index, line) in lines.enumerated() {
      let (dx, dy) = (line[1].x - line[0].x, line[1].y - line[0].y)
      #expect(index % 4 < 2 ? abs(dy) < 0.02 : abs(dx) < 0.02)
      #expect(abs(hypot(dx, dy) - hypot(lines[0][1].x - lines[0][0].x, 0)) < 0.03)
    }
  }
}
