import MartletNumerics
import MartletPlots
import Testing

@Suite struct MathematicsChartTests {
  @Test func aTransformationShowsBothGridsAndItsDirections() throws {
    let chart = try Chart.linearTransformation(Matrix([[2, 1], [1, 2]]))
    let picture = Picture(chart)
    #expect(picture.isWellFormed)
    // Two grids of seven lines each way, and two directions.
    #expect(picture.all("path").filter { $0.attributes["stroke-opacity"] != nil }.count == 28)
    let legend = picture.all("text").map(\.text)
    #expect(legend.contains("stretched by 3") && legend.contains("stretched by 1") && legend.contains("determinant 3"))
    #expect(legend.contains("(1, 0) lands here") && legend.contains("(0, 1) lands here"))
    let turn = Picture(try Chart.linearTransformation(Matrix([[0, -1], [1, 0]]), reach: 2))
    #expect(turn.isWellFormed && !turn.all("text").contains { $0.text.hasPrefix("stretched") })
    #expect(turn.all("path").filter { $0.attributes["stroke-opacity"] != nil }.count == 20)
  }

  @Test func aTransformationNeedsAFiniteMatrixOfThePlane() {
    #expect(throws: ChartError.self) { try Chart.linearTransformation(Matrix.eye(3)) }
    #expect(throws: ChartError.self) { try Chart.linearTransformation(Matrix([[1, .nan], [0, 1]])) }
    #expect(throws: ChartError.self) { try Chart.linearTransformation(Matrix.eye(2), reach: 0) }
    #expect(throws: Never.self) { try Chart.linearTransformation(Matrix.zeros(2, 2)).svg }
  }

  @Test func upliftShowsTheChanceThatTheSecondIsBetter() {
    let picture = Picture(Chart.uplift(ABTest(successes: (120, 150), trials: (1000, 1000))))
    let texts = picture.all("text").map(\.text)
    #expect(picture.isWellFormed && texts.contains("The second is better with a chance of 97.5 %"))
    #expect(texts.contains("first is better") && texts.contains("second is better") && texts.contains("seen"))
    #expect(texts.contains { $0.contains("from 0 to 6 points") })
    #expect(Picture(Chart.uplift(ABTest(successes: (0, 20), trials: (20, 20)))).isWellFormed)
  }
}
