import Kernel
import Session
import Synchronization
import Testing

@Suite struct SessionStarterTests {
  private struct NoToolchain: Error, CustomStringConvertible {
    var description: String { "There is no Swift toolchain." }
  }
  private final class Attempts: Sendable { let count = Mutex(0) }

  /// A session that cannot start is the cell's error, and every cell tries again.
  @Test func failingToStartIsTheCellsError() {
    let attempts = Attempts()
    let starter = SessionStarter {
      attempts.count.withLock { $0 += 1 }
      throw NoToolchain()
    }
    for _ in 0..<3 {
      let failure = starter.evaluate(CellRequest(code: "1", number: 1), input: nil) { _ in }.failure
      #expect(failure?.kind == .unavailable)
      #expect(failure?.name == "SessionUnavailable")
      #expect(failure?.message == "There is no Swift toolchain.")
    }
    #expect(starter.completeness(of: "1") == nil)
    #expect(attempts.count.withLock { $0 } >= 3)
    starter.interrupt()
    starter.shutdown()
  }

  @Test func afterShutdownNothingStarts() {
    let starter = SessionStarter { throw NoToolchain() }
    starter.shutdown()
    let failure = starter.evaluate(CellRequest(code: "1", number: 1), input: nil) { _ in }.failure
    #expect(failure?.message == "The kernel is shutting down.")
  }
}
