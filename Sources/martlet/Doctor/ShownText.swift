import Session
import Synchronization

/// Keeps the text of what a cell shows as its value.
final class ShownText: Sendable {
  private let text = Mutex("")

  func add(_ event: SessionEvent) {
    if case .result(let value) = event { text.withLock { $0 += value.plainText } }
  }

  var result: String { text.withLock { $0 } }
}
