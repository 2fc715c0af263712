/// One loop's bar: what the loop holds on to. When the loop lets go of it before its end, the bar stays as stopped.
@usableFromInline
final class ProgressBar: Sendable {
  private let line: ProgressLine
  private let board: ProgressBoard

  @usableFromInline
  init(label: String, total: Int?) {
    line = ProgressLine(label: label, total: total)
    board = ProgressBoard.current()
    board.add(line)
  }

  deinit { board.end(line, .stopped) }

  @usableFromInline var tally: UnsafeMutablePointer<Int64> { line.tally }

  /// The loop has come to its end.
  @usableFromInline
  func finish() { board.end(line, .finished) }
}
