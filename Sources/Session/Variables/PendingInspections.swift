import Synchronization
import WorkerLink

/// Questions about variables that the worker has yet to answer.
final class PendingInspections: Sendable {
  typealias Handler = @Sendable ([InspectionAnswer]?) -> Void

  private struct State {
    var newest: UInt32 = 0
    var handlers: [UInt32: Handler] = [:]
  }
  private let state = Mutex(State())

  /// Remembers who waits; returns the identifier to ask with.
  func begin(_ handler: @escaping Handler) -> UInt32 {
    state.withLock { state in
      state.newest &+= 1
      state.handlers[state.newest] = handler
      return state.newest
    }
  }

  func conclude(_ identifier: UInt32, _ answers: [InspectionAnswer]) {
    let handler = state.withLock { $0.handlers.removeValue(forKey: identifier) }
    handler?(answers)
  }

  /// There will be no more answers.
  func concludeAll() {
    let handlers = state.withLock { state in
      defer { state.handlers = [:] }
      return state.handlers.values
    }
    for handler in handlers { handler(nil) }
  }
}
