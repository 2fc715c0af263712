import MartletNumerics
import MartletPlots
import Testing

@Suite struct ExplanationChartTests {
  @Test func theMostImportantIsAtTheTop() throws {
    let picture = Picture(
      try Chart.featureImportance(["a", "b", "c"], [0.1, 0.7, 0.2], errors: [0, 0, 0.1], limit: 2))
    #expect(picture.labels("y-tick") == ["b", "c"])
    #expect(picture.all("text").map(\.text).contains("1 less important ones are not shown"))
    #expect(throws: ChartError.self) { try Chart.featureImportance(["a"], [1, 2]) }
  }

  @Test func beeswarmsHaveADotForEveryContribution() throws {
    let values = Matrix([0.1, -2, 0.3, 1, -0.2, 3], shape: [3, 2])
    let picture = Picture(try Chart.shapBeeswarm(values: values, features: values, names: ["weak", "strong"]))
    #expect(picture.all("circle").count == 6)
    #expect(picture.labels("y-tick") == ["strong", "weak"])
    #expect(throws: ChartError.self) { try Chart.shapBeeswarm(values: values, features: values, names: ["one"]) }
  }

  @Test func waterfallsAddUp() throws {
    let picture = Picture(
      try Chart.shapWaterfall(values: [0.5, -1, 0.25, 0.125], base: 2, names: ["a", "b", "c", "d"], limit: 2))
    #expect(picture.labels("y-tick") == ["b", "a", "2 others"])
    let texts = picture.all("text").map(\.text)
    #expect(texts.contains("from the mean 2 to 1.88") && texts.contains("+0.375"))
  }
}
