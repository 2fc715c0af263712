import MartletDatasets
import MartletDisplay
import MartletExplain
import MartletModels
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
