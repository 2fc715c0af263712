import Session
import Synchronization

/// Shows what a cell shows as a terminal can: text as it comes, values after `Out[n]:`, pictures by name.
final class ShownOutput: Sendable {
  /// The display that stands at the bottom of the terminal and can be drawn over.
  private struct Last {
    var identifier: String
    var rows: Int
  }

  private let output: TerminalOutput
  private let number: Int
  private let last = Mutex<Last?>(nil)
  private let proposal = Mutex<String?>(nil)

  /// What the cell wants to stand at the next prompt.
  var nextInput: String? { proposal.withLock { $0 } }

  init(output: TerminalOutput, number: Int) {
    self.output = output
    self.number = number
  }

  func show(_ event: SessionEvent) {
    switch event {
    case .stream(let stream, let text):
      last.withLock { $0 = nil }
      output.write(text, toError: stream == .standardError)
    case .display(let display): show(display)
    case .updateDisplay(let display): update(display)
    case .result(let value):
      last.withLock { $0 = nil }
      output.endLine()
      output.write(ReplText.result(value, number: number, hasColours: output.hasColours) + "\n")
    // What has been shown stays: a terminal keeps its past.
    case .clearOutput: break
    case .page(let page): show(page)
    case .setNextInput(let text, _): proposal.withLock { $0 = text }
    }
  }

  private func show(_ display: DisplayOutput) {
    let text = ReplText.display(display)
    output.endLine()
    output.write(text + "\n")
    last.withLock { $0 = display.identifier.map { Last(identifier: $0, rows: rows(of: text)) } }
  }

  /// Draws over what the update replaces when it is still at the bottom; else a later line shows the new content.
  private func update(_ display: DisplayOutput) {
    guard output.isTerminal else { return }
    let rows = last.withLock { $0?.identifier == display.identifier ? $0?.rows : nil }
    if let rows { output.write("\u{1B}[\(rows)A\r\u{1B}[J") }
    show(display)
  }

  private func rows(of text: String) -> Int {
    let width = output.width
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(0) { $0 + max(1, (ColumnWidth.of($1) + width - 1) / width) }
  }
}
