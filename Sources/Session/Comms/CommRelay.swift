import Synchronization
import WorkerLink

/// The comms of one worker: which are open, and which messages of the frontend are being dealt with.
///
/// A message of the frontend has a number, its origin. What the worker shows and sends on its account carries that
/// number, and goes to who passed the message on.
final class CommRelay: Sendable {
  typealias Listener = @Sendable (SessionEvent) -> Void

  /// A message of the frontend that is being dealt with.
  struct Request: Sendable {
    let onEvent: Listener
    let completion: @Sendable (CellFailure?) -> Void
    /// How a callback for it ended that did not return.
    var report: CellReport?
  }

  fileprivate struct State {
    var targets: [String: String] = [:]
    var requests: [UInt32: Request] = [:]
    var listeners = CellListeners()
    var lastOrigin: UInt32 = 0
    var interrupts: UInt8 = 0
    var isOver = false
    /// The numbers by which messages call the cells, by the cells' sequence numbers.
    var cellNumbers: [Int: Int] = [:]
  }
  private let state = Mutex(State())

  /// The targets of the comms that are open, by the comms' identifiers.
  var targets: [String: String] { state.withLock { $0.targets } }

  /// Takes note of a message of the frontend; `nil` when it is too large, or the worker is gone.
  func accept(
    _ message: CommMessage, onEvent: @escaping Listener, completion: @escaping @Sendable (CellFailure?) -> Void
  ) -> WorkerComm? {
    state.withLock { state -> WorkerComm? in
      // Thirty bits, of which the highest says that it is no cell.
      state.lastOrigin = (state.lastOrigin + 1) & (WorkerComm.messageOrigin - 1)
      let origin = state.lastOrigin | WorkerComm.messageOrigin
      guard !state.isOver, let comm = message.encoded(origin: origin) else { return nil }
      state.requests[origin] = Request(onEvent: onEvent, completion: completion)
      // What its callbacks leave in the background goes on to be shown there.
      state.listeners.add(origin, onEvent)
      state.note(message)
      return comm
    }
  }

  /// Takes note of what happened to a comm on the worker's side.
  func note(_ message: CommMessage) { state.withLock { $0.note(message) } }

  /// Who hears what is shown on account of an origin; `nil` where that is no message of the frontend.
  func listener(of origin: UInt32) -> Listener? { state.withLock { $0.listeners.find(origin) } }

  func fail(_ report: CellReport) { state.withLock { $0.requests[report.cell]?.report = report } }

  /// A message is dealt with.
  func finish(_ origin: UInt32) -> Request? {
    state.withLock { state in
      state.interrupts = 0
      return state.requests.removeValue(forKey: origin)
    }
  }

  /// How often the user has wanted the callback that runs to stop, this time included; 0 when there is none.
  func countInterrupt() -> UInt8 {
    state.withLock { state in
      if state.requests.isEmpty { return 0 }
      state.interrupts += 1
      return state.interrupts
    }
  }

  /// Takes note of a cell, whose code may become that of a callback.
  func note(_ sequence: Int, number: Int) { state.withLock { $0.cellNumbers[sequence] = number } }

  func number(ofSequence sequence: Int) -> Int? { state.withLock { $0.cellNumbers[sequence] } }

  /// The worker is gone, and with it every comm.
  ///
  /// - Returns: the comms that were open, and who waits for an answer.
  func end() -> (open: [String], waiting: [Request]) {
    state.withLock { state in
      defer { (state.targets, state.requests, state.isOver) = ([:], [:], true) }
      return (state.targets.keys.sorted(), Array(state.requests.values))
    }
  }
}

extension CommRelay.State {
  fileprivate mutating func note(_ message: CommMessage) {
    switch message.kind {
    case .open: targets[message.identifier] = message.target
    case .message: break
    case .close: targets[message.identifier] = nil
    }
  }
}
