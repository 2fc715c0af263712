import Dispatch
import Synchronization
import WorkerLink

/// Brings the worker's answer about its surroundings to the thread that asked; one question at a time.
final class SurroundingsAnswer: Sendable {
  /// A worker answers in microseconds; one that is stopped or dead never does.
  private static let patience = DispatchTimeInterval.seconds(5)

  private let answer = Mutex<WorkerSurroundings?>(nil)
  private let arrived = DispatchSemaphore(value: 0)

  func put(_ surroundings: WorkerSurroundings) {
    answer.withLock { $0 = surroundings }
    arrived.signal()
  }

  /// Asks, and waits for the answer; `nil` when none comes.
  func wait(asking: () -> Void) -> WorkerSurroundings? {
    asking()
    guard arrived.wait(timeout: .now() + Self.patience) == .success else { return nil }
    return answer.withLock { $0 }
  }
}
