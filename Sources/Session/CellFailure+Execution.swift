import Cells
import Foundation
import Glibc
import WorkerLink

/// Explains how a cell ended when it did not run to its end.
struct ExecutionFailure {
  let report: CellReport
  /// The whole cell as the user wrote it.
  let code: String
  let cell: CellRequest
  /// Where it happened, innermost first.
  let places: [Symbolizer.Place]
  /// The number of the cell with a sequence number.
  let numberOfSequence: (Int) -> Int?

  /// What the compiler calls the reason of a trap in its debug information.
  private static let trapReason = "Swift runtime failure: "

  var failure: CellFailure {
    let (kind, name, message) = explanation
    let steps = self.steps
    return CellFailure(
      kind: kind, name: name, message: message,
      traceback: [CellFailure.heading(name, message)] + traceback(steps),
      line: steps.first { $0.cell == cell.number }?.line)
  }

  private var explanation: (CellFailure.Kind, name: String, message: String) {
    switch report.status {
    case .finished, .uncaughtError:
      return (.uncaughtError, report.name.isEmpty ? "Error" : report.name, readable(report.message))
    case .interrupted:
      return (.interrupted, "Interrupted", "The cell was interrupted; every variable is as it was left.")
    case .loadFailure: return (.loadError, "LoadError", report.message)
    case .exitCalled:
      return (
        .exitCalled, "Exit",
        "The cell called exit(\(report.code)). The session goes on, and every variable is still there."
      )
    case .trap:
      if report.isStackOverflow {
        return (
          .trap, "StackOverflow",
          "Stack overflow: the calls nested too deeply; does a function call itself without end?"
        )
      }
      return (.trap, "Trap", trapMessage)
    }
  }

  private var trapMessage: String {
    if !report.message.isEmpty { return readable(report.message) }
    if let reason = places.first(where: { $0.function.hasPrefix(Self.trapReason) }) {
      let text = reason.function.dropFirst(Self.trapReason.count)
      return text.prefix(1).uppercased() + text.dropFirst()
    }
    switch report.code {
    case SIGSEGV, SIGBUS: return "Bad memory access."
    case SIGFPE: return "Bad arithmetic, such as a division by zero."
    case SIGABRT: return "The process asked to be aborted."
    default: return "The program trapped: a precondition of the operation did not hold."
    }
  }

  /// The message without the names of the cells' modules: `Cell7.Broken()` becomes `Broken()`.
  private func readable(_ message: String) -> String {
    message.replacing(/\bCell[0-9]+\./, with: "")
  }

  private struct Step: Equatable {
    var cell: Int
    var line: Int
  }

  /// The cells' lines that led here, innermost first, each named once.
  private var steps: [Step] {
    var result: [Step] = []
    for place in places where !place.function.hasPrefix(Self.trapReason) && place.line > 0 {
      guard let number = place.cell ?? numberOfSequence(place.image) else { continue }
      let step = Step(cell: number, line: place.line)
      if result.last != step { result.append(step) }
    }
    return result
  }

  private func traceback(_ steps: [Step]) -> [String] {
    let source = code.split(separator: "\n", omittingEmptySubsequences: false)
    return steps.prefix(20).enumerated().flatMap { index, step -> [String] in
      var lines = ["  \(index == 0 ? "at" : "called from") \u{1b}[36mIn[\(step.cell)], line \(step.line)\u{1b}[0m"]
      if step.cell == cell.number, source.indices.contains(step.line - 1) {
        lines.append("    " + source[step.line - 1].trimmingCharacters(in: .whitespaces))
      }
      return lines
    }
  }
}
