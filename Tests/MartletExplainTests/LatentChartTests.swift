import MartletDatasets
import MartletExplain
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

/// Pictures of topics and loadings.
@Suite struct LatentChartTests {
  private func counts() -> SparseMatrix {
    let rows: [[Double]] = (0..<20).map { text in text % 2 == 0 ? [1, 2, 3, 0, 0, 0] : [0, 0, 0, 4, 5, 6] }
    return SparseMatrix(Matrix(rows))
  }

  @Test func topicsShowTheirLikeliestWords() throws {
    let model = try LatentDirichletAllocation(topics: 2, maximumIterations: 20, seed: 0).fit(counts())
    let words = ["sun", "moon", "star", "goal", "team", "ball"]
    let grid = try ChartGrid.topics(model, words: words, count: 2)
    #expect(grid.svg.contains("Topic 0") && grid.svg.contains("Topic 1"))
    for word in model.topWords(words, count: 2).flatMap({ $0 }) { #expect(grid.svg.contains(">\(word)<"), "\(word)") }
    #expect(!grid.svg.contains(">sun<") && !grid.svg.contains(">goal<"), "the least of each topic")
    #expect(throws: FitError.self) { try ChartGrid.topics(model, words: ["sun"]) }
    #expect(throws: FitError.self) { try ChartGrid.topics(model, words: words, count: 0) }
  }

  @Test func loadingsAreATableOfColours() throws {
    let names = ["sepalLength", "sepalWidth", "petalLength", "petalWidth"]
    let x = try Datasets.iris().matrix(of: names)
    let model = try FactorAnalysis(components: 2, rotation: .varimax).fit(x)
    let chart = try Chart.loadings(model.components, names: names)
    #expect((names + ["factor 0", "factor 1"]).allSatisfy(chart.svg.contains))
    #expect(throws: FitError.self) { try Chart.loadings(model.components, names: ["one"]) }
    #expect(throws: FitError.self) { try Chart.loadings(Matrix([1, 2])) }
  }
}
