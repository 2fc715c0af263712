import JSON
import Notebook
import Session
import Testing

@Suite("Running notebooks")
struct NotebookRunnerTests {
  @Test func cellsAreNumberedInOrderAndBlankOnesPassedOver() {
    let evaluator = ScriptedEvaluator([
      "a": { show in
        show(.result(DisplayOutput(data: ["text/plain": "1"])))
        return .succeeded
      }
    ])
    let run = NotebookRunner(evaluator: evaluator).run(notebook(["a", " \n", "a"]))
    #expect(run.document.cells.map(\.executionCount) == [1, nil, 2])
    #expect(run.document.cells[2].outputs == [.result(DisplayOutput(data: ["text/plain": "1"]), executionCount: 2)])
    #expect(evaluator.requests.withLock { $0 } == [1, 2])
  }

  @Test func aFailureEndsTheRunAndIsStored() {
    let evaluator = ScriptedEvaluator(["bad": ScriptedEvaluator.failing])
    var document = notebook(["ok", "bad", "after"])
    document.cells[2].outputs = [.stream(name: "stdout", text: "stale")]
    let run = NotebookRunner(evaluator: evaluator).run(document)
    #expect(run.failure?.index == 1)
    #expect(run.failure?.failure.message == "bad")
    #expect(run.document.cells[1].outputs == [.error(name: "Trap", message: "bad", traceback: ["Trap: bad"])])
    #expect(run.document.cells[2].outputs.isEmpty)
    #expect(evaluator.requests.withLock { $0.count } == 2)
  }

  @Test func failuresMayBeAllowedForAllOrOne() {
    let scripts = ["bad": ScriptedEvaluator.failing]
    let all = NotebookRunner(evaluator: ScriptedEvaluator(scripts), options: .init(allowsErrors: true))
    #expect(all.run(notebook(["bad", "ok"])).failure == nil)
    let tagged = NotebookRunner(evaluator: ScriptedEvaluator(scripts)).run(
      notebook(["bad", "ok"], tags: [["raises-exception"]]))
    #expect(tagged.failure == nil)
    #expect(tagged.document.cells[1].executionCount == 2)
  }

  @Test func skippedCellsKeepTheirOutputs() {
    var document = notebook(["bad"], tags: [["skip-execution"]])
    document.cells[0].outputs = [.stream(name: "stdout", text: "kept")]
    let evaluator = ScriptedEvaluator(["bad": ScriptedEvaluator.failing])
    #expect(NotebookRunner(evaluator: evaluator).run(document).document == document)
  }

  @Test func aCellThatTakesTooLongIsInterrupted() throws {
    let runner = NotebookRunner(evaluator: ScriptedEvaluator([:]), options: .init(timeout: 0.1))
    let failed = try #require(runner.run(notebook(["hang", "ok"])).failure)
    #expect(failed.failure.name == "CellTimeout")
    #expect(failed.failure.message == "The cell was interrupted because it took longer than 0.1 s.")
  }

  @Test func aRunThatIsStoppedDoesNotGoOnEvenIfErrorsAreAllowed() {
    let evaluator = ScriptedEvaluator([
      "stop": { _ in
        .failed(CellFailure(kind: .interrupted, name: "Interrupted", message: "", traceback: []))
      }
    ])
    let run = NotebookRunner(evaluator: evaluator, options: .init(allowsErrors: true)).run(notebook(["stop", "ok"]))
    #expect(run.failure?.index == 0)
  }

  @Test func timesAreStoredWhenAskedFor() {
    let runner = NotebookRunner(evaluator: ScriptedEvaluator([:]), options: .init(recordsTiming: true))
    let times = runner.run(notebook(["a"])).document.cells[0].metadata["execution"]?.object
    #expect(
      times?.keys.sorted() == ["iopub.execute_input", "iopub.status.busy", "iopub.status.idle", "shell.execute_reply"])
  }

  @Test func laterCellsUpdateWhatEarlierOnesShow() {
    let evaluator = ScriptedEvaluator([
      "show": { show in
        show(.display(DisplayOutput(data: ["text/plain": "0 %"], identifier: "p")))
        return .succeeded
      },
      "update": { show in
        show(.updateDisplay(DisplayOutput(data: ["text/plain": "100 %"], identifier: "p")))
        return .succeeded
      },
    ])
    let run = NotebookRunner(evaluator: evaluator).run(notebook(["show", "update"]))
    #expect(run.document.cells[0].outputs == [.display(DisplayOutput(data: ["text/plain": "100 %"]))])
    #expect(run.document.cells[1].outputs.isEmpty)
  }
}
