import CMartletRuntime

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

/// One loop's line on a board. The loop only counts; a thread of the board's looks from time to time how far it is.
///
/// `@unchecked Sendable`: the tally is used with atomic operations only, and `end` under the board's lock.
final class ProgressLine: @unchecked Sendable {
  private let label: String
  private let total: Int?
  private let start = Clock.seconds()
  /// How often the loop has asked for an item; the last one asked for is not done.
  let tally = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
  private var end: (seconds: Double, status: ProgressState.Status)?

  init(label: String, total: Int?) {
    self.label = label
    self.total = total
    tally.initialize(to: 0)
  }

  deinit { tally.deallocate() }

  var isRunning: Bool { end == nil }

  func end(_ status: ProgressState.Status) { end = (Clock.seconds() - start, status) }

  var state: ProgressState {
    let asked = Int(martlet_tally_read(tally))
    return ProgressState(
      label: label, done: max(0, asked - 1), total: total, seconds: end?.seconds ?? Clock.seconds() - start,
      status: end?.status ?? .running)
  }
}
