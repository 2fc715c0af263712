import MartletDatasets
import MartletPlots
import Testing

@Suite struct TableChartTests {
  @Test func correlationsAreThoseOfIris() throws {
    // numpy.corrcoef of scikit-learn's iris: sepal length with sepal width −0.1176, with petal length 0.8718.
    let texts = Picture(try Chart.correlations(Datasets.iris())).all("text").map(\.text)
    #expect(texts.filter { $0 == "1.00" }.count == 4)
    #expect(texts.filter { $0 == "−0.12" }.count == 2 && texts.filter { $0 == "0.87" }.count == 2)
  }

  @Test func coloursOfCorrelationsAreCentredAtZero() throws {
    let table = Columns(columns: ["a": PlotColumn(numbers: [1, 2, 3, 4]), "b": PlotColumn(numbers: [1, -1, -1, 1])])
    let cells = Picture(try Chart.correlations(table)).bars
    #expect(cells[1].attributes["fill"] == "#f5f5f3")  // correlation 0: the middle of the ramp
  }

  @Test func parallelCoordinatesHaveALineForEveryRow() throws {
    let picture = Picture(try Chart.parallelCoordinates(Datasets.iris(), color: "species"))
    #expect(picture.all("path").count == 150)
    #expect(picture.labels("x-tick") == ["sepalLength", "sepalWidth", "petalLength", "petalWidth"])
    let texts = picture.all("text").map(\.text)
    for end in ["7.9", "4.3", "4.4", "2", "6.9", "1", "2.5", "0.1"] { #expect(texts.contains(end)) }
  }

  @Test func columnsAreChecked() {
    let table = Columns(columns: ["a": PlotColumn(numbers: [1, 2]), "name": PlotColumn(categories: ["x", "y"])])
    #expect(throws: ChartError.self) { try Chart.correlations(table) }
    #expect(throws: ChartError.self) { try Chart.correlations(table, columns: ["a", "name"]) }
    #expect(throws: ChartError.self) { try Chart.parallelCoordinates(table, columns: ["a", "nope"]) }
  }
}
