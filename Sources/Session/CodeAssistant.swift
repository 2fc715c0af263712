import Cells
import Intelligence
import Synchronization

/// Answers a session's questions about code that is being typed, whether a cell runs or not.
///
/// The first question starts the helper process that knows the language, so a session in which nobody asks has none.
final class CodeAssistant: Sendable {
  private struct State {
    var surroundings: CellSurroundings?
    var service: IntelligenceService?
    var isShutDown = false
  }

  /// Enough for the first question on a busy machine; later answers take milliseconds.
  private static let timeLimit = Duration.seconds(5)

  private let toolchain: Toolchain
  private let installation: Installation
  private let state = Mutex(State())

  init(toolchain: Toolchain, installation: Installation) {
    self.toolchain = toolchain
    self.installation = installation
  }

  /// Takes note of what the next cell would see.
  func update(_ surroundings: CellSurroundings) {
    let service = state.withLock { state -> IntelligenceService? in
      // One more cell is read in no time when it is asked for.
      let isRead = state.surroundings.map { surroundings.isAsRead(for: $0) } ?? false
      state.surroundings = surroundings
      return state.isShutDown || isRead ? nil : state.service
    }
    service?.prepare(for: CompletionContext(surroundings, code: ""))
  }

  func complete(_ code: String, at offset: Int) -> CodeCompletions {
    guard let (service, surroundings) = ready() else { return CodeCompletions(replaced: offset..<offset) }
    let utf8Offset = TextOffset.utf8(ofCodePoint: offset, in: code)
    let list = service.complete(
      code: code, offset: utf8Offset, in: CompletionContext(surroundings, code: code, completedOffset: utf8Offset))
    let start = TextOffset.codePoint(ofUTF8: list.replaced.lowerBound, in: code)
    let end = TextOffset.codePoint(ofUTF8: list.replaced.upperBound, in: code)
    return CodeCompletions(completions: list.completions, replaced: start..<max(start, end))
  }

  func inspect(_ code: String, at offset: Int) -> CodeDescription? {
    guard let (service, surroundings) = ready() else { return nil }
    let inspection = service.inspect(
      code: code, offset: TextOffset.utf8(ofCodePoint: offset, in: code),
      in: CompletionContext(surroundings, code: code))
    guard let inspection else { return nil }
    let origin = inspection.cell.flatMap(surroundings.number(ofSequence:)).map { "In[\($0)]" }
    return CodeDescription(
      plainText: inspection.plainText(origin: origin), markdown: inspection.markdown(origin: origin),
      source: inspection.cell.flatMap { surroundings.source(of: inspection.name, inSequence: $0) })
  }

  /// The type of an expression, which is not run; `nil` when it has none.
  func type(of expression: String) -> String? {
    guard let (service, surroundings) = ready() else { return nil }
    let code = "let martletTyped = \(expression)\n"
    let inspection = service.inspect(
      code: code, offset: "let martletT".utf8.count, in: CompletionContext(surroundings, code: code))
    guard let type = inspection?.type, !type.isEmpty, !type.contains("<<error type>>"), type != "_" else { return nil }
    return type == "()" ? "Void" : type
  }

  /// Ends the helper; later questions are not answered.
  func shutdown() {
    let service = state.withLock { state in
      state.isShutDown = true
      return state.service
    }
    service?.shutdown()
  }

  /// The service, made when it is asked for first.
  private func ready() -> (IntelligenceService, CellSurroundings)? {
    state.withLock { state in
      guard !state.isShutDown, let surroundings = state.surroundings else { return nil }
      let service =
        state.service
        ?? IntelligenceService(toolchain: toolchain, installation: installation, timeLimit: Self.timeLimit)
      state.service = service
      return (service, surroundings)
    }
  }
}
