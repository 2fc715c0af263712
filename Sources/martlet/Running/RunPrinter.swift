import Foundation
import Notebook
import Session

/// Prints a notebook as it runs: each cell's source, then its outputs; on a terminal also what is running and for how
/// long.
final class RunPrinter {
  private let document: NotebookDocument
  private let console: Console
  private let appearance: CellAppearance
  private let status: StatusLine
  private let start = Date()
  private var shown = 0
  private var ran = 0

  init(document: NotebookDocument, name: String, console: Console) {
    self.document = document
    self.console = console
    appearance = CellAppearance(hasColours: console.hasColours)
    status = StatusLine(console: console)
    console.write(appearance.title(name) + "\n")
  }

  func show(_ progress: RunProgress) {
    switch progress {
    case .started(let index, let cell, let number, let total):
      showText(before: index)
      console.write("\n" + appearance.source(of: cell, number: number) + "\n")
      status.start("cell \(number) of \(total)")
    case .ended(let index, let cell, _):
      status.stop()
      ran += 1
      shown = index + 1
      console.write(cell.outputs.map(appearance.text(of:)).joined())
    }
  }

  /// Prints what follows the last cell that ran, and how long all took.
  func finish() {
    status.stop()
    showText(before: document.cells.count)
    let cells = ran == 1 ? "1 cell" : "\(ran) cells"
    console.write("\n" + appearance.faint("\(cells) in \(SecondsText.text(of: -start.timeIntervalSinceNow))") + "\n")
  }

  private func showText(before index: Int) {
    for cell in document.cells[min(shown, index)..<index] where cell.kind == .markdown {
      console.write("\n" + appearance.markdown(cell.source) + "\n")
    }
    shown = max(shown, index)
  }
}
