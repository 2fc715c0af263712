import Foundation
import Synchronization

/// Shows a build as one line that changes, and in the end says what came of it.
final class BuildProgress: Sendable {
  private let name: String
  private let identifier = "martlet-build-" + UUID().uuidString
  private let onEvent: @Sendable (SessionEvent) -> Void
  private let state = Mutex<(isShown: Bool, rest: String)>((false, ""))

  init(name: String, onEvent: @escaping @Sendable (SessionEvent) -> Void) {
    self.name = name
    self.onEvent = onEvent
  }

  /// Shows the last whole line of what a tool writes.
  func tell(_ text: String) {
    let line = state.withLock { state -> String? in
      state.rest += text
      let lines = state.rest.split(omittingEmptySubsequences: false) { $0.isNewline }
      state.rest = String(lines.last ?? "")
      return lines.dropLast().last { !$0.isEmpty }.map(String.init)
    }
    show("Building \(name) … \(line ?? "")")
  }

  /// Shows the end.
  func finish(_ text: String) { show(text) }

  private func show(_ text: String) {
    let output = DisplayOutput(data: ["text/plain": .string(text)], identifier: identifier)
    let wasShown = state.withLock { state in
      defer { state.isShown = true }
      return state.isShown
    }
    onEvent(wasShown ? .updateDisplay(output) : .display(output))
  }
}
