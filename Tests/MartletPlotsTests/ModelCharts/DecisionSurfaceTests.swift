import MartletFrames
import MartletNumerics
import MartletPlots
import Testing

@Suite struct DecisionSurfaceTests {
  private let samples = Matrix([[0, 0], [1, 2], [4, 8]])

  @Test func samplesLieOnTheRegionsOfTheirClass() throws {
    let chart = try Chart.decisionSurface(samples, ["left", "left", "right"]) { places in
      (0..<places.shape[0]).map { places[$0, 0] < 2 ? "left" : "right" }
    }
    let picture = Picture(chart)
    #expect(picture.all("circle").count >= 3 && picture.all("path").count >= 2)
    let colours = Set(picture.all("circle").compactMap { $0.attributes["fill"] })
    #expect(colours.isSubset(of: Set(picture.all("path").compactMap { $0.attributes["fill"] })))
  }

  @Test func tablesAreAskedByTheirColumns() throws {
    let frame = try DataFrame(Column("a", [0.0, 1, 2]), Column("b", [5.0, 6, 9]), Column("kind", [1, 1, 2]))
    var asked: [String] = []
    _ = try Chart.decisionSurface(frame, x: "a", y: "b", label: "kind", resolution: 10) { places in
      asked = places.columnNames
      return [Int](repeating: 1, count: places.rowCount)
    }
    #expect(asked == ["a", "b"])
    #expect(throws: FrameError.self) {
      try Chart.decisionSurface(frame, x: "a", y: "c", label: "kind") { [Int](repeating: 1, count: $0.rowCount) }
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    #expect(throws: ChartError.self) { try Chart.decisionSurface(Matrix.zeros(3, 3), [1, 2, 3]) { _ in [1] } }
    #expect(throws: ChartError.self) { try Chart.decisionSurface(samples, [1]) { _ in [1] } }
    #expect(throws: ChartError.self) {
      try Chart.decisionSurface(Matrix([[0, .nan], [1, 1]]), [1, 1]) { [Int](repeating: 1, count: $0.shape[0]) }
    }
  }
}
