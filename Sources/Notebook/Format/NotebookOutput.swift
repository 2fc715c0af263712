import JSON
import Session

/// Something that a code cell has shown, as a notebook stores it.
package enum NotebookOutput: Sendable, Equatable {
  /// Text written to a stream: `stdout` or `stderr`.
  case stream(name: String, text: String)
  /// Something shown on the way. Its display identifier lives only while the notebook runs.
  case display(DisplayOutput)
  /// The value of the last expression.
  case result(DisplayOutput, executionCount: Int?)
  /// How the cell failed; the traceback's lines have terminal colours.
  case error(name: String, message: String, traceback: [String])
}
