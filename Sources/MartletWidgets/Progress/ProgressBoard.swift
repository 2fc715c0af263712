import CMartletRuntime
import Glibc
import MartletDisplay

/// The bars of a cell, shown together: a loop within a loop has its line below, and gives it up at its end.
///
/// `@unchecked Sendable`: everything is used under `lock` only.
final class ProgressBoard: @unchecked Sendable {
  /// Milliseconds between two pictures.
  private static let pause = 100

  /// What the board shows: a cell's loops, or those of a callback.
  private let origin: UInt32
  private let lock = Lock()
  private var lines: [ProgressLine] = []
  private var handle: DisplayHandle?
  private var isWatching = false
  private var terminal = ProgressTerminal()
  private var last: (tallies: [Int], second: Int) = ([], 0)

  private init(origin: UInt32) { self.origin = origin }

  // MARK: Boards

  /// `@unchecked Sendable`: the members are used under `lock` only.
  private final class Boards: @unchecked Sendable {
    let lock = Lock()
    var boards: [UInt32: ProgressBoard] = [:]
  }
  private static let all = Boards()

  /// The board of what the calling thread works for.
  static func current() -> ProgressBoard {
    let origin = martlet_origin()
    return all.lock {
      if let board = all.boards[origin] { return board }
      let board = ProgressBoard(origin: origin)
      all.boards[origin] = board
      return board
    }
  }

  /// The boards of a cell, or a callback, that was left: its loops have no end of their own.
  static func stop(_ origin: UInt32) {
    for board in all.lock({ Array(all.boards.values) }) where martlet_origin_behind(board.origin) == origin {
      martlet_work_for(board.origin)
      board.stop()
    }
    martlet_work_for(0)
  }

  // MARK: Lines

  func add(_ line: ProgressLine) {
    let startsWatching = lock {
      lines.append(line)
      if lines.count == 1 { draw() }
      defer { isWatching = true }
      return !isWatching
    }
    if startsWatching { watch() }
  }

  /// A loop has ended; nothing when it had before.
  func end(_ line: ProgressLine, _ status: ProgressState.Status) {
    lock {
      guard line.isRunning else { return }
      line.end(status)
      if lines.first !== line { lines.removeAll { $0 === line } }
      finishIfDone()
    }
  }

  private func stop() {
    lock {
      for line in lines where line.isRunning { line.end(.stopped) }
      finishIfDone()
    }
  }

  /// The outermost loop's last picture stays, unless it is passing. With the lock held.
  private func finishIfDone() {
    guard let first = lines.first, !lines.contains(where: \.isRunning) else { return }
    lines = [first]
    draw()
    terminal.end()
    (lines, handle) = ([], nil)
  }

  // MARK: Pictures

  /// Looks from time to time, on a thread that works for the cell, until there is no loop left.
  private func watch() {
    var thread = pthread_t()
    let board = Unmanaged.passRetained(self).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { board in
        // The pointer that was given.
        let board = Unmanaged<ProgressBoard>.fromOpaque(board!).takeRetainedValue()
        repeat { Clock.sleep(milliseconds: ProgressBoard.pause) } while board.look()
        return nil
      }, board)
    if code == 0 { pthread_detach(thread) } else { Unmanaged<ProgressBoard>.fromOpaque(board).release() }
  }

  /// Draws what has changed; false when there is nothing more to look at.
  private func look() -> Bool {
    lock {
      if lines.isEmpty {
        isWatching = false
        Self.all.lock { if Self.all.boards[origin] === self { Self.all.boards[origin] = nil } }
        return false
      }
      let now = (lines.map { Int(martlet_tally_read($0.tally)) }, Int(Clock.seconds()))
      if now != last { draw() }
      last = now
      return true
    }
  }

  /// With the lock held.
  private func draw() {
    let states = lines.filter(\.isShown).map(\.state)
    let picture = ProgressPicture(states: states)
    if states.isEmpty {
      erase()
    } else if martlet_has_comms() == 0 {
      terminal.draw(states)
    } else if let handle {
      handle.update(picture)
    } else {
      handle = display(picture)
    }
  }

  /// Takes away what was shown of passing loops. With the lock held.
  private func erase() {
    if let handle { _DisplayMessage.update([:], identifier: handle.id).send() }
    handle = nil
    terminal.erase()
  }
}

/// Called by the worker when a cell or a callback has ended; with `wasLeft`, by a trap or an interrupt.
@_cdecl("martlet_cell_ended")
public func _martletCellEnded(_ origin: UInt32, _ wasLeft: Bool) { if wasLeft { ProgressBoard.stop(origin) } }
