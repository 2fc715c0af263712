import Foundation
import MartletDatasets
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletTracking
import Testing

/// What the toolkit finds out, logged in one line; and the view that compares runs.
struct RunResultsTests {
  @Test func crossValidationsAndSearches() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    let iris = try Datasets.iris()
    let x = try iris.matrix(except: "species")
    let y = try iris["species", String.self].values()
    let method = LogisticRegression<String>()
    let result = try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy])
    try store.run("validated") { try $0.log(result) }
    let run = try store.record(1)
    #expect(run.metric("accuracy") == result.mean("accuracy"))
    #expect(run.metric("accuracy error") == result.standardError("accuracy"))
    #expect(try store.open(1).history("accuracy by fold")["value", Double.self].values() == result["accuracy"])

    // The last fold's value would say nothing in a table of runs; the folds are there to be drawn.
    let comparison = try store.compare("validated")
    #expect(comparison.frame.columnNames == ["run", "accuracy", "accuracy error"])
    #expect(try comparison.chart("accuracy by fold").svg.contains("<path"))

    let search = try GridSearch(method).varying(\.inverseRegularization, over: [0.01, 1, 100]).fit(x, y)
    try store.run("searched") { try $0.log(search) }
    let trials = try store.runs("searched", .parent(2))
    #expect(trials.count == 3 && trials.allSatisfy { $0.status == .finished })
    #expect(trials.compactMap { $0.metric(search.metric) }.max() == search.bestScore)
    let values = try store.search("searched", .parent(2)).columns.filter { $0.name.hasPrefix("parameters.") }
    #expect(values.count == 1)
    #expect(try values[0].numbers() == [0.01, 1, 100])

    let model = try method.fit(x, y)
    try store.open(1).log(model: model)
    let again = try LogisticRegression<String>.Model.load(from: store.open(1).artifact("model.json"))
    #expect(try again.predict(x) == model.predict(x))
  }

  private static func compared(_ folder: Folder, curves: Bool) throws -> RunComparison {
    let store = try RunStore(folder("runs.sqlite"))
    for depth in 1...3 {
      try store.run("trees", name: depth < 3 ? "same" : "<b>deep</b>") { run in
        try run.log(parameter: "depth", depth)
        for step in 0..<(curves ? 4 : 1) { try run.log(metric: "loss", 1 / Double(depth + step), step: step) }
        if depth == 3 { try run.log(metric: "extra", 7) }
      }
    }
    return try store.compare("trees")
  }

  @Test(arguments: [true, false]) func comparing(_ curves: Bool) throws {
    let folder = try Folder()
    let comparison = try Self.compared(folder, curves: curves)
    #expect(try comparison.frame["run", String.self].values() == ["same (1)", "same (2)", "<b>deep</b>"])
    #expect(try comparison.frame["depth", Int.self].values() == [1, 2, 3])
    #expect(comparison.frame["extra"].missingCount == 2)
    let last = curves ? 3.0 : 0
    #expect(try comparison.frame["loss", Double.self].values() == [1 / (1 + last), 1 / (2 + last), 1 / (3 + last)])
    guard case .text(let html)? = comparison.displayBundle()[.html] else {
      Issue.record("There is no HTML.")
      return
    }
    #expect(html.contains("<svg") && html.contains("&lt;b&gt;deep&lt;/b&gt;") && !html.contains("<b>deep"))
    #expect(html.components(separatedBy: "<svg").count == (curves ? 3 : 2))
    #expect(try comparison.parallelCoordinates().svg.contains("depth"))
    // Steps are whole numbers, also on the axis.
    #expect(try !comparison.chart("loss").svg.contains(">1.5<"))
    #expect(throws: RunStoreError.self) { try comparison.chart("nothing") }
    #expect(comparison.description.contains("3 runs"))
  }

  @Test func comparingChosenRuns() throws {
    let folder = try Folder()
    _ = try Self.compared(folder, curves: false)
    let store = try RunStore(folder("runs.sqlite"))
    #expect(try store.compare(runs: [3, 1]).frame["depth", Int.self].values() == [3, 1])
    #expect(throws: RunStoreError.self) { try store.compare(runs: [3, 9]) }
    #expect { try store.compare("tree") } throws: { "\($0)".contains("The experiments are: trees.") }
    #expect(store.description.contains("trees"))
  }
}
