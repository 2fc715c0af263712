import MartletDatasets
import MartletDisplay
import MartletExplain
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

/// Charts that take what models give.
@Suite struct ModelChartsTests {
  @Test func confusionMatricesAreDrawnAsTheyAre() throws {
    let confusion = ConfusionMatrix(predicted: ["cat", "dog", "dog", "cat"], actual: ["cat", "dog", "cat", "cat"])
    let chart = try Chart.confusionMatrix(confusion)
    #expect(chart.svg == (try Chart.confusionMatrix([[2, 1], [0, 1]], labels: ["cat", "dog"])).svg)
    #expect(chart.svg.contains("3 of 4 right"))
    let numbers = ConfusionMatrix(predicted: [1, 0], actual: [1, 1])
    #expect(try Chart.confusionMatrix(numbers, isNormalized: true).svg.contains("1 of 2 right"))
  }

  @Test func curvesOfQualityAreDrawnAsTheyAre() throws {
    let (x, y) = (try Datasets.iris().matrix(except: "species"), try Datasets.iris()["species", String.self].values())
    let (model, folds) = (KNeighborsClassifier<String>(), StratifiedKFold(3, seed: 0))
    let growing = try learningCurve(model, x, y, fractions: [0.5, 1], folds: folds, scoring: .accuracy)
    func scores(_ table: Matrix) -> [[Double]] { [table.row(0).scalars, table.row(1).scalars] }
    #expect(
      try Chart.learningCurve(growing).svg
        == Chart.learningCurve(
          sizes: [50, 100], training: scores(growing.trainScores), validation: scores(growing.testScores),
          score: "accuracy"
        ).svg)
    let turned = try validationCurve(model, x, y, varying: \.neighbors, over: [1, 9], folds: folds, scoring: .accuracy)
    #expect(
      try Chart.validationCurve(turned, isLogarithmic: true).svg
        == Chart.validationCurve(
          "neighbors", values: [1, 9], training: scores(turned.trainScores), validation: scores(turned.testScores),
          isLogarithmic: true, score: "accuracy"
        ).svg)
  }

  @Test func linkagesAreTrees() throws {
    let tree = try Linkage(Datasets.iris().head(12).matrix(except: "species"), method: .average)
    let joins = tree.merges.map { [Double($0.first), Double($0.second), $0.distance, Double($0.size)] }
    #expect(try Chart.dendrogram(tree, cutAt: 0.5).svg == Chart.dendrogram(joins, cutAt: 0.5).svg)
    #expect(Chart { DendrogramMark(tree) }.svg == Chart { DendrogramMark(joins) }.svg)
  }

  @Test func tablesSetNumbersAtTheRightAndTextAtTheLeft() {
    let table = ModelTable(
      title: "T", facts: [], header: ["name", "value", "kind"],
      rows: [["a", "0.5", "long text"], ["b", "12.25 ± 0.1", "x"], ["c", "—", ""]])
    #expect(
      table.text == """
        T
        name        value  kind
        a             0.5  long text
        b     12.25 ± 0.1  x
        c               —
        """)
    guard case .text(let html)? = table.displayBundle()[.html] else { return #expect(Bool(false), "no HTML") }
    #expect(html.contains("text-align: right; padding: 0.2em 0.8em\">value"))
    #expect(html.contains("text-align: left; padding: 0.2em 0.8em\">long text"))
  }
}
