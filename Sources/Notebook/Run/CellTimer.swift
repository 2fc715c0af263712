import Dispatch
import Session
import Synchronization

/// Interrupts a cell that runs for too long, again every two seconds until it has ended.
///
/// The session answers a second interrupt with force, so that a cell that ignores the first still ends.
final class CellTimer: Sendable {
  private struct State {
    var running = true
    var expired = false
  }

  private let state = Mutex(State())
  // A dispatch source may be used from any thread; only its declaration does not say so.
  nonisolated(unsafe) private let source: any DispatchSourceTimer

  init(limit: Double, evaluator: any CellEvaluating) {
    source = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    source.schedule(deadline: .now() + limit, repeating: 2)
    source.setEventHandler { [self] in
      // Under the lock, so that an interrupt never reaches the cell after this one.
      state.withLock { state in
        guard state.running else { return }
        state.expired = true
        evaluator.interrupt()
      }
    }
    source.activate()
  }

  /// Stops watching, and says whether the cell had to be interrupted.
  func finish() -> Bool {
    source.cancel()
    return state.withLock { state in
      state.running = false
      return state.expired
    }
  }
}
