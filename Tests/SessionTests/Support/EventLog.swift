import Glibc
import Session
import Synchronization

/// What a cell has shown so far, with the moment at which each piece arrived.
final class EventLog: Sendable {
  struct Entry: Sendable {
    var event: SessionEvent
    var time: ContinuousClock.Instant
  }

  private let recorded = Mutex<[Entry]>([])

  var entries: [Entry] { recorded.withLock { $0 } }
  var events: [SessionEvent] { entries.map(\.event) }

  func record(_ event: SessionEvent) {
    let entry = Entry(event: event, time: .now)
    recorded.withLock { $0.append(entry) }
  }

  func text(of wanted: OutputStream) -> String {
    events.map { if case .stream(wanted, let text) = $0 { text } else { "" } }.joined()
  }

  var displays: [String] {
    events.compactMap { if case .display(let output) = $0 { output.plainText } else { nil } }
  }

  var results: [String] {
    events.compactMap { if case .result(let output) = $0 { output.plainText } else { nil } }
  }

  /// Waits until standard output contains a text; `false` when it did not come in time.
  func waitForOutput(containing text: String, within limit: Duration = .seconds(10)) -> Bool {
    wait(within: limit) { $0.text(of: .standardOutput).contains(text) }
  }

  func wait(within limit: Duration = .seconds(10), until condition: (EventLog) -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while !condition(self) {
      if ContinuousClock.now > end { return false }
      usleep(1_000)
    }
    return true
  }
}
