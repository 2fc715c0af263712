import CVectorMath
import Dispatch
import Foundation
import Synchronization

/// Threads that do many short pieces of work together, one loop after the other.
///
/// A loop of a short text's layer takes some microseconds, and waking a thread takes longer than that. So the threads of a team stay
/// awake for as long as it exists, which should be milliseconds. No loop needs more than the thread that asks for it: the
/// others help where they come in time. Which thread does a piece changes nothing about the piece.
package final class WorkTeam: @unchecked Sendable {
  // Unchecked: `body` is set while no piece of it is there to be claimed.

  /// How many threads may work at once.
  package let threads: Int
  private var body: (_ piece: Int, _ thread: Int) -> Void = { _, _ in }
  /// The number of pieces that are claimed, that of all, and that of the loop, 21 bits each; `over` after the last loop.
  private let claims = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private static let (field, over): (UInt64, UInt64) = (21, .max)

  private init(threads: Int) { self.threads = threads }

  /// A team for the time of a call.
  ///
  /// - Parameters:
  ///   - threads: how many threads there are at most; 1 for the caller's alone.
  ///   - body: must neither poll nor trap, so that the others are let go.
  package static func with<Result>(threads: Int, _ body: (WorkTeam) -> Result) -> Result {
    let team = WorkTeam(threads: threads)
    guard threads > 1 else { return body(team) }
    var result: Result?
    withoutActuallyEscaping(body) { body in
      // Only the first piece, of which there is one, sets the result; all have ended when this returns.
      nonisolated(unsafe) let body = body
      withUnsafeMutablePointer(to: &result) { result in
        nonisolated(unsafe) let result = result
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          guard thread == 0 else { return team.help(as: thread) }
          result.pointee = body(team)
          team.claims.store(Self.over, ordering: .releasing)
        }
      }
    }
    return result!  // set by the first piece
  }

  /// Calls `body` with each number below `count`, which is below two million, and that of the thread it is called on. Returns when all
  /// have been done; to be called by the team's owner only.
  package func forEach(_ count: Int, _ body: (_ piece: Int, _ thread: Int) -> Void) {
    guard threads > 1, count > 1 else {
      for piece in 0..<count { body(piece, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      self.body = body
      finished.store(0, ordering: .relaxed)
      let loop = (claims.load(ordering: .relaxed) >> (2 * Self.field)) + 1
      claims.store(loop << (2 * Self.field) | UInt64(count) << Self.field, ordering: .releasing)
      while let piece = claim() { finish(piece, 0) }
      Self.spin { finished.load(ordering: .acquiring) == count }
      self.body = { _, _ in }
    }
  }

  private func help(as thread: Int) {
    while true {
      while let piece = claim() { finish(piece, thread) }
      var seen: UInt64 = 0
      Self.spin {
        seen = claims.load(ordering: .acquiring)
        return seen == Self.over || Self.isOpen(seen)
      }
      if seen == Self.over { return }
    }
  }

  /// The next piece of the loop that nobody has begun.
  private func claim() -> Int? {
    var seen = claims.load(ordering: .acquiring)
    while Self.isOpen(seen) {
      let (done, found) = claims.weakCompareExchange(
        expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if done { return Int(seen & Self.mask) }
      seen = found
    }
    return nil
  }

  private func finish(_ piece: Int, _ thread: Int) {
    body(piece, thread)
    finished.add(1, ordering: .releasing)
  }

  private static let mask: UInt64 = 1 << field - 1

  private static func isOpen(_ claims: UInt64) -> Bool {
    claims != over && claims & mask < claims >> field & mask
  }

  /// Waits without sleeping, and lets other threads go first when it takes long.
  private static func spin(until isDone: () -> Bool) {
    var turns = 0
    while !isDone() {
      turns += 1
      if turns > 2_000 { sched_yield() } else { martlet_spin_pause() }
    }
  }
}
