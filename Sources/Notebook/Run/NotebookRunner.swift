import Foundation
import JSON
import Session

/// Runs the code cells of a notebook in order and gives back the notebook with what they have shown.
///
/// Cells of white space are passed over, as are those tagged `skip-execution`, which keep their outputs; a cell tagged
/// `raises-exception` may fail. These are the conventions of nbclient.
package struct NotebookRunner: Sendable {
  /// How a notebook is run.
  package struct Options: Sendable {
    /// The seconds a cell may take; `nil` for no limit.
    package var timeout: Double?
    /// Whether the cells after one that failed are run.
    package var allowsErrors = false
    /// Whether each cell's metadata gets the times at which it began and ended.
    package var recordsTiming = false

    package init(timeout: Double? = nil, allowsErrors: Bool = false, recordsTiming: Bool = false) {
      self.timeout = timeout
      self.allowsErrors = allowsErrors
      self.recordsTiming = recordsTiming
    }
  }

  private let evaluator: any CellEvaluating
  private let options: Options

  package init(evaluator: any CellEvaluating, options: Options = Options()) {
    self.evaluator = evaluator
    self.options = options
  }

  /// Runs the notebook; blocks until it is done or has failed.
  ///
  /// - Parameter progress: told of each cell before and after it runs, on the caller's thread.
  package func run(_ document: NotebookDocument, progress: (RunProgress) -> Void = { _ in }) -> NotebookRun {
    var run = NotebookRun(document: document)
    let collector = OutputCollector()
    let indices = document.cells.indices.filter { isRun(document.cells[$0]) }
    for index in indices { run.document.cells[index].clear() }
    for (position, index) in indices.enumerated() {
      progress(.started(index: index, cell: run.document.cells[index], number: position + 1, total: indices.count))
      let next = position + 1 < indices.count ? run.document.cells[indices[position + 1]] : nil
      let failure = execute(index, number: position + 1, next: next, in: &run, collector: collector)
      run.document.cells[index].outputs = collector.outputs(of: index)
      progress(.ended(index: index, cell: run.document.cells[index], failure: failure))
      if let failure, failure.isStop || !allowsFailure(of: run.document.cells[index]) {
        run.failure = FailedCell(index: index, number: position + 1, failure: failure)
        break
      }
    }
    // Displays updated by later cells, and what background work has shown meanwhile.
    for index in indices { run.document.cells[index].outputs = collector.outputs(of: index) }
    return run
  }

  private func execute(
    _ index: Int, number: Int, next: NotebookCell?, in run: inout NotebookRun, collector: OutputCollector
  ) -> CellFailure? {
    let cell = run.document.cells[index]
    var request = CellRequest(code: cell.source, number: number, identifier: cell.identifier, isRecorded: true)
    if let next {
      request.upcoming = { CellRequest(code: next.source, number: number + 1, identifier: next.identifier) }
    }
    let start = Date()
    let timer = options.timeout.map { CellTimer(limit: $0, evaluator: evaluator) }
    let outcome = evaluator.evaluate(request, input: nil) { event in
      collector.receive(event, cell: index, executionCount: number)
    }
    let expired = timer?.finish() ?? false
    run.document.cells[index].executionCount = number
    if options.recordsTiming { run.document.cells[index].record(start: start, end: Date()) }
    guard var failure = outcome.failure else { return nil }
    if expired, let limit = options.timeout { failure = failure.asTimeout(limit: limit) }
    collector.receive(failure, cell: index)
    return failure
  }

  private func isRun(_ cell: NotebookCell) -> Bool {
    cell.kind == .code && !cell.tags.contains("skip-execution") && !cell.source.allSatisfy(\.isWhitespace)
  }

  private func allowsFailure(of cell: NotebookCell) -> Bool {
    options.allowsErrors || cell.tags.contains("raises-exception")
  }
}

/// What the runner tells as it goes.
package enum RunProgress: Sendable {
  /// A cell is about to run: the `number`-th of `total`.
  case started(index: Int, cell: NotebookCell, number: Int, total: Int)
  /// A cell has ended; its outputs are in it.
  case ended(index: Int, cell: NotebookCell, failure: CellFailure?)
}

/// What came of running a notebook.
package struct NotebookRun: Sendable {
  /// The notebook with its new outputs; cells that were not reached have none.
  package var document: NotebookDocument
  /// The cell at which the run ended early.
  package var failure: FailedCell?
}

/// The cell that ended a run.
package struct FailedCell: Sendable {
  /// Its place among all cells, from 0.
  package var index: Int
  /// Its place among the cells that run, from 1.
  package var number: Int
  /// What went wrong.
  package var failure: CellFailure

  package init(index: Int, number: Int, failure: CellFailure) {
    self.index = index
    self.number = number
    self.failure = failure
  }
}

extension CellFailure {
  private static let timeoutName = "CellTimeout"

  /// Whether the run was stopped from outside, which ends it whatever else is allowed.
  package var isStop: Bool { kind == .interrupted && name != Self.timeoutName }

  fileprivate func asTimeout(limit: Double) -> CellFailure {
    var failure = self
    failure.name = Self.timeoutName
    failure.message = "The cell was interrupted because it took longer than \(SecondsText.text(of: limit))."
    failure.traceback = ["\u{1B}[31mCellTimeout\u{1B}[0m: " + failure.message] + traceback
    return failure
  }
}

extension NotebookCell {
  fileprivate mutating func clear() {
    outputs = []
    executionCount = nil
    metadata["execution"] = nil
  }

  /// Notes the times under the names that nbclient gives them.
  fileprivate mutating func record(start: Date, end: Date) {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let (start, end) = (JSONValue.string(start.formatted(style)), JSONValue.string(end.formatted(style)))
    metadata["execution"] = [
      "iopub.status.busy": start, "iopub.execute_input": start, "shell.execute_reply": end, "iopub.status.idle": end,
    ]
  }
}
