import JupyterWire
import Synchronization

/// Where a frontend's messages are answered side by side: the main shell, the control channel, and the subshells that
/// frontends have made.
///
/// What takes time is done on a thread for each, so that nobody waits for a question that somebody else has asked. Cells
/// are no part of this: there is one worker, and ``JobQueue`` says whose turn it is.
final class Subshells: Sendable {
  /// More are refused: a frontend that has lost count should not fill the system with threads.
  static let most = 256

  /// Answers what comes to the main shell.
  let main = Lane(named: "martlet-code")
  /// Answers what comes on control.
  let control = Lane(named: "martlet-service")
  private struct State {
    var lanes: [String: Lane] = [:]
    /// In the order in which they were made.
    var identifiers: [String] = []
  }
  private let state = Mutex(State())

  /// The identifiers of those that there are, the oldest first.
  var identifiers: [String] { state.withLock { $0.identifiers } }

  /// The thread of a subshell, or of the main shell with `nil`; `nil` where there is no such subshell.
  func lane(_ identifier: String?) -> Lane? {
    guard let identifier else { return main }
    return state.withLock { $0.lanes[identifier] }
  }

  /// Makes a subshell; `nil` when there are too many.
  func create() -> String? {
    state.withLock { state in
      guard state.identifiers.count < Self.most else { return nil }
      let identifier = MessageHeader.randomIdentifier()
      state.lanes[identifier] = Lane(named: "martlet-subshell")
      state.identifiers.append(identifier)
      return identifier
    }
  }

  /// Ends a subshell once it has answered what it was asked so far; `false` where there is none.
  func delete(_ identifier: String) -> Bool {
    let lane = state.withLock { state in
      state.identifiers.removeAll { $0 == identifier }
      return state.lanes.removeValue(forKey: identifier)
    }
    lane?.finish()
    return lane != nil
  }

  /// Ends all threads; questions that wait are not answered any more. Takes half a second at most.
  func close() {
    let lanes = state.withLock { state in
      defer { state = State() }
      return Array(state.lanes.values) + [main, control]
    }
    for lane in lanes { lane.close() }
    let end = ContinuousClock.now + .milliseconds(500)
    for lane in lanes { lane.join(within: max(0, Int(ContinuousClock.now.duration(to: end) / .milliseconds(1)))) }
  }
}
