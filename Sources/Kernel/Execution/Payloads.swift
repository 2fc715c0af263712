import JSON
import Session
import Synchronization

/// What a cell asks of the frontend that runs it, to be sent with the cell's reply.
///
/// As in IPython, only the last text for the next cell counts, while every page is kept.
final class Payloads: Sendable {
  private struct State {
    var payloads: [JSONValue] = []
    var isClosed = false
  }
  private let state = Mutex(State())

  /// Keeps what belongs into the reply; `false` when the event is none of that, or when the reply has been made.
  func take(_ event: SessionEvent) -> Bool {
    switch event {
    case .page(let output): add(["source": "page", "data": .object(output.data), "start": 0])
    case .setNextInput(let text, let replace):
      add(["source": "set_next_input", "text": .string(text), "replace": .bool(replace)], isOnlyOne: true)
    default: false
    }
  }

  /// All of them, in order; what comes later is not kept.
  func close() -> JSONValue {
    state.withLock { state in
      state.isClosed = true
      return .array(state.payloads)
    }
  }

  private func add(_ payload: JSONValue, isOnlyOne: Bool = false) -> Bool {
    state.withLock { state in
      if state.isClosed { return false }
      if isOnlyOne { state.payloads.removeAll { $0["source"] == payload["source"] } }
      state.payloads.append(payload)
      return true
    }
  }
}
