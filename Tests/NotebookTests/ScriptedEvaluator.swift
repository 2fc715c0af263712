import Foundation
import Notebook
import Session
import Synchronization

/// Stands in for a session: each cell's source names what the cell does.
final class ScriptedEvaluator: CellEvaluating {
  typealias Script = @Sendable (_ show: @escaping @Sendable (SessionEvent) -> Void) -> CellOutcome

  private let scripts: [String: Script]
  private let isInterrupted = Mutex(false)
  let requests = Mutex<[Int]>([])

  init(_ scripts: [String: Script]) { self.scripts = scripts }

  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome {
    requests.withLock { $0.append(cell.number) }
    if cell.code == "hang" {
      while !isInterrupted.withLock({ $0 }) { usleep(1000) }
      return .failed(
        CellFailure(kind: .interrupted, name: "Interrupted", message: "stopped", traceback: ["Interrupted"]))
    }
    return scripts[cell.code]?(onEvent) ?? .succeeded
  }

  func interrupt() { isInterrupted.withLock { $0 = true } }

  static let failing: Script = { _ in
    .failed(CellFailure(kind: .trap, name: "Trap", message: "bad", traceback: ["Trap: bad"], line: 2))
  }
}

func notebook(_ sources: [String], tags: [[String]] = []) -> NotebookDocument {
  NotebookDocument(
    cells: sources.enumerated().map { index, source in
      let given = index < tags.count ? tags[index] : []
      return NotebookCell(
        kind: .code, identifier: "c\(index)", source: source,
        metadata: given.isEmpty ? [:] : ["tags": .array(given.map { .string($0) })])
    })
}
