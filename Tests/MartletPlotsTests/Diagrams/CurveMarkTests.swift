import Foundation
import MartletPlots
import Testing

@Suite struct CurveMarkTests {
  @Test func circlesAreRound() throws {
    let charts = [
      Chart { ParametricCurveMark(0...2 * .pi, samples: 101) { (3 * cos($0), 3 * sin($0)) } },
      Chart { PolarCurveMark(samples: 101) { _ in 2 } },
    ]
    for chart in charts {
      let points = stretches(try #require(Picture(chart).all("path").first?.attributes["d"]))[0]
      #expect(points.count == 101)
      let (x, y) = (points.map(\.x), points.map(\.y))
      let (width, height) = (try #require(x.max()) - (x.min() ?? 0), try #require(y.max()) - (y.min() ?? 0))
      #expect(abs(width - height) < 0.1)
      let middle = (x: ((x.max() ?? 0) + (x.min() ?? 0)) / 2, y: ((y.max() ?? 0) + (y.min() ?? 0)) / 2)
      #expect(points.allSatisfy { abs(hypot($0.x - middle.x, $0.y - middle.y) - width / 2) < 0.1 })
    }
  }

  @Test func negativeDistancesLieOnTheOtherSide() throws {
    let one = stretches(
      Picture(Chart { PolarCurveMark(0...1, samples: 3) { _ in 1 } }).all("path").first?.attributes["d"])
    let other = stretches(
      Picture(Chart { PolarCurveMark(.pi...(.pi + 1), samples: 3) { _ in -1 } }).all("path").first?.attributes["d"])
    for (a, b) in zip(one[0], other[0]) { #expect(abs(a.x - b.x) < 0.02 && abs(a.y - b.y) < 0.02) }
  }

  @Test func gapsAreNoLostRows() {
    let chart = Chart { ParametricCurveMark(-1...1, samples: 11) { ($0, $0 == 0 ? .nan : $0) } }
    #expect(stretches(Picture(chart).all("path").first?.attributes["d"]).count == 2)
    #expect(chart.notes.isEmpty)
  }
}
