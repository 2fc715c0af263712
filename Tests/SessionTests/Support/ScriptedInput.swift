import Session
import Synchronization

/// Answers `readLine()` with prepared lines, then with the end of input.
final class ScriptedInput: InputSource {
  private let remaining: Mutex<[String]>

  init(_ lines: [String]) { remaining = Mutex(lines) }

  func requestLine(prompt: String, isPassword: Bool, reply: @escaping @Sendable (InputReply) -> Void) {
    let next = remaining.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    reply(next.map { .line($0) } ?? .endOfFile)
  }

  func cancelRequest() {}
}

/// Never answers, as a person who has left.
final class SilentInput: InputSource {
  let wasAsked = Atomic<Bool>(false)

  func requestLine(prompt: String, isPassword: Bool, reply: @escaping @Sendable (InputReply) -> Void) {
    wasAsked.store(true, ordering: .sequentiallyConsistent)
  }

  func cancelRequest() {}
}
