import CMartletRuntime

/// The bar of work that may be over in a moment, such as a fit: shown after two seconds, and gone when the work has ended.
///
/// Nobody has asked for it, so it must not be in the way: where the work is short nothing is shown at all, and a notebook
/// that is stored has no trace of it. Work that is interrupted leaves its bar as stopped. Several threads may count.
package final class PassingProgress: Sendable {
  private let line: ProgressLine
  private let board: ProgressBoard

  /// - Parameters:
  ///   - label: a text in front of the bar.
  ///   - total: how much there is to do, where that is known.
  package init(_ label: String, total: Int?) {
    line = ProgressLine(label: label, total: total, isPassing: true)
    // A loop has asked for its first item when nothing is done yet.
    martlet_tally_add(line.tally, 1)
    board = ProgressBoard.current()
    board.add(line)
  }

  deinit { board.end(line, .finished) }

  /// Some of the work is done.
  package func advance(by count: Int = 1) { martlet_tally_add(line.tally, Int64(count)) }
}
