import CMartletRuntime

/// One loop's line on a board. The loop only counts; a thread of the board's looks from time to time how far it is.
///
/// `@unchecked Sendable`: the tally is used with atomic operations only, and `end` under the board's lock.
final class ProgressLine: @unchecked Sendable {
  private let label: String
  private let total: Int?
  /// Whether it is shown only while the loop is long, and gone when that has ended.
  let isPassing: Bool
  private let start = Clock.seconds()
  /// After how many seconds a loop is long.
  private static let patience = 2.0
  /// How often the loop has asked for an item; the last one asked for is not done.
  let tally = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
  private var end: (seconds: Double, status: ProgressState.Status)?

  init(label: String, total: Int?, isPassing: Bool = false) {
    self.label = label
    self.total = total
    self.isPassing = isPassing
    tally.initialize(to: 0)
  }

  deinit { tally.deallocate() }

  var isRunning: Bool { end == nil }

  /// Whether there is something to see of it.
  var isShown: Bool {
    guard isPassing else { return true }
    return end?.status != .finished && state.seconds >= Self.patience
  }

  func end(_ status: ProgressState.Status) { end = (Clock.seconds() - start, status) }

  var state: ProgressState {
    let asked = Int(martlet_tally_read(tally))
    return ProgressState(
      label: label, done: max(0, asked - 1), total: total, seconds: end?.seconds ?? Clock.seconds() - start,
      status: end?.status ?? .running)
  }
}
