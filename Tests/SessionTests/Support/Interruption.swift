import Foundation
import Session
import Synchronization

/// Interrupts a cell once it has printed `go`, and measures how long the cell took to end.
final class Interruption: Sendable {
  private let requested = Mutex<ContinuousClock.Instant?>(nil)
  private let forced = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  /// Whether a single interrupt was not enough within five seconds.
  var neededForce: Bool { forced.load(ordering: .sequentiallyConsistent) }

  /// Runs a cell that prints `go` when it has begun and would not end by itself; waits `pause` seconds, then
  /// interrupts.
  ///
  /// - Returns: the run, and the time from the interrupt to the end of the cell.
  func run(_ code: String, after pause: Double, on driver: CellDriver, input: (any InputSource)? = nil) -> (
    CellDriver.Run, Duration
  ) {
    let session = driver.session
    let log = EventLog()
    Thread.detachNewThread { [self] in
      guard log.waitForOutput(containing: "go") else { return session.interrupt() }
      Thread.sleep(forTimeInterval: pause)
      requested.withLock { $0 = .now }
      session.interrupt()
      if ended.wait(timeout: .now() + 5) == .timedOut {
        forced.store(true, ordering: .sequentiallyConsistent)
        session.interrupt()
      }
    }
    let run = driver.run(code, input: input, log: log)
    let end = ContinuousClock.now
    ended.signal()
    return (run, requested.withLock { $0 }.map { $0.duration(to: end) } ?? .seconds(60))
  }
}
