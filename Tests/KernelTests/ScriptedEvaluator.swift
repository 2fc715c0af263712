import Foundation
import Intelligence
import Kernel
import Session
import Synchronization

/// An evaluator that plays what a test tells it: each line of a cell is one event.
///
/// `print x`, `warn x`, `display x`, `update x`, `result x`, `clear`, `sleep ms`, `spam count`, `late x` (after the
/// cell),
/// `ask prompt` (prints the answer), `askLater prompt` (after the cell), `block` (until interrupted), `fail name`,
/// `identifier`, `number`, `page x`, `next x` (a new cell), `edit x` (this cell), `latePage x` (after the cell).
final class ScriptedEvaluator: KernelEvaluator {
  private let interrupts = Mutex(0)
  /// What the cell that runs waits for; there from the cell's first line on, so that no interrupt after it is lost.
  private let awaited = Mutex<DispatchSemaphore?>(nil)
  let cells = Mutex<[CellRequest]>([])
  let isShutDown = Mutex(false)

  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome {
    cells.withLock { $0.append(cell) }
    awaited.withLock { $0 = DispatchSemaphore(value: 0) }
    defer { awaited.withLock { $0 = nil } }
    for line in cell.code.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      if let failure = perform(parts[0], parts.count > 1 ? parts[1] : "", cell, input, onEvent) {
        return .failed(failure)
      }
    }
    return .succeeded
  }

  private func perform(
    _ verb: String, _ text: String, _ cell: CellRequest, _ input: (any InputSource)?,
    _ onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellFailure? {
    let output = DisplayOutput(data: ["text/plain": .string(text)], identifier: "id")
    switch verb {
    case "print": onEvent(.stream(.standardOutput, text + "\n"))
    case "warn": onEvent(.stream(.standardError, text + "\n"))
    case "display": onEvent(.display(output))
    case "update": onEvent(.updateDisplay(output))
    case "result": onEvent(.result(DisplayOutput(data: ["text/plain": .string(text)])))
    case "clear": onEvent(.clearOutput(wait: true))
    case "number": onEvent(.stream(.standardOutput, "\(cell.number)"))
    case "identifier": onEvent(.stream(.standardOutput, cell.identifier ?? "none"))
    case "gate": gate.wait()
    case "spam": for index in 0..<Int(text)! { onEvent(.stream(.standardOutput, "line \(index)\n")) }
    case "late": later { onEvent(.stream(.standardOutput, text)) }
    case "askLater":
      later { input?.requestLine(prompt: text, isPassword: false) { onEvent(.stream(.standardOutput, "\($0)")) } }
    case "page": onEvent(.page(DisplayOutput(text: text)))
    case "next": onEvent(.setNextInput(text, replace: false))
    case "edit": onEvent(.setNextInput(text, replace: true))
    case "latePage": later { onEvent(.page(DisplayOutput(text: text))) }
    case "awaitLate": awaitLate()
    case "ask": return ask(text, input, onEvent)
    case "block": return block()
    case "fail": return failure(named: text)
    default: return failure(named: "CompileError")
    }
    return nil
  }

  /// Work in the background of a cell, done when a later cell says `awaitLate`.
  private func later(_ work: @escaping @Sendable () -> Void) {
    background.enter()
    waiting.withLock { $0 += 1 }
    Thread.detachNewThread { [mayBegin, background] in
      mayBegin.wait()
      work()
      background.leave()
    }
  }

  private func awaitLate() {
    let count = waiting.withLock { count in
      defer { count = 0 }
      return count
    }
    for _ in 0..<count { mayBegin.signal() }
    background.wait()
  }

  private func failure(named name: String) -> CellFailure {
    CellFailure(kind: .uncaughtError, name: name, message: "it failed", traceback: ["line 1", "line 2"], line: 1)
  }

  private func ask(
    _ prompt: String, _ input: (any InputSource)?, _ onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellFailure? {
    guard let input else { return failure(named: "NoInput") }
    guard let answered = awaited.withLock({ $0 }) else { return failure(named: "NotRunning") }
    let box = AnswerBox()
    input.requestLine(prompt: prompt, isPassword: prompt == "password") { reply in
      box.reply.withLock { $0 = reply }
      answered.signal()
    }
    answered.wait()
    switch box.reply.withLock({ $0 }) {
    case .line(let line): onEvent(.stream(.standardOutput, "got \(line)"))
    case .endOfFile: onEvent(.stream(.standardOutput, "end"))
    case nil:
      input.cancelRequest()
      return failure(named: "Interrupted")
    }
    return nil
  }

  private final class AnswerBox: Sendable { let reply = Mutex<InputReply?>(nil) }

  private func block() -> CellFailure? {
    awaited.withLock { $0 }?.wait()
    return failure(named: "Interrupted")
  }

  func value(of expression: String) -> Result<DisplayOutput, CellFailure> {
    expression == "bad" ? .failure(failure(named: "Bad")) : .success(DisplayOutput(data: ["text/plain": "value"]))
  }

  func interrupt() {
    interrupts.withLock { $0 += 1 }
    _ = awaited.withLock { $0?.signal() }
  }

  func completeness(of code: String) -> Completeness? {
    switch code {
    case "{": .incomplete(indent: "  ")
    case "}": .invalid
    case "?": nil
    default: .complete
    }
  }

  /// What questions about the code `slow` wait for.
  let slowQuestions = DispatchSemaphore(value: 0)
  /// What a cell waits for at the verb `gate`: the test opens it once all that should have arrived has.
  let gate = DispatchSemaphore(value: 0)
  private let mayBegin = DispatchSemaphore(value: 0)
  private let background = DispatchGroup()
  private let waiting = Mutex(0)

  /// Knows how `poi` goes on, and nothing else.
  func complete(_ code: String, at offset: Int) -> CodeCompletions {
    if code == "slow" { slowQuestions.wait() }
    let typed = String(String.UnicodeScalarView(code.unicodeScalars.prefix(offset)))
    guard typed.hasSuffix("poi") else { return CodeCompletions(replaced: offset..<offset) }
    let completions = [
      Completion(
        text: "point", label: "point", kind: .variable, typeName: "Point", signature: "point: Point", documentation: ""),
      Completion(
        text: "pointed(", label: "pointed(at: Point)", kind: .function, typeName: "", signature: "pointed(at: Point)",
        documentation: ""),
    ]
    return CodeCompletions(completions: completions, replaced: offset - 3..<offset)
  }

  func inspect(_ code: String, at offset: Int) -> CodeDescription? {
    guard code.hasSuffix("point") else { return nil }
    return CodeDescription(plainText: "var point: Point, asked at \(offset)", markdown: "`point`")
  }

  /// Plays what a comm's message tells it: `say` comes back, with its buffers, after `milliseconds`; `fail` names a
  /// failure. Comms to anything but `script` are closed.
  func deliver(
    _ message: CommMessage, onEvent: @escaping @Sendable (SessionEvent) -> Void,
    completion: @escaping @Sendable (CellFailure?) -> Void
  ) {
    if message.kind == .open && message.target != "script" {
      onEvent(.comm(CommMessage(.close, identifier: message.identifier)))
      return completion(nil)
    }
    Thread.detachNewThread { [self] in
      usleep(UInt32(message.data["milliseconds"]?.integer ?? 0) * 1000)
      if let said = message.data["say"] {
        onEvent(
          .comm(
            CommMessage(
              .message, identifier: message.identifier, data: said, metadata: message.metadata,
              buffers: message.buffers)))
      }
      completion(message.data["fail"]?.string.map { failure(named: $0) })
    }
  }

  var commTargets: [String: String] { ["one": "script", "two": "script", "three": "other"] }

  let history = CellHistory(file: nil) { _ in }

  func history(_ query: HistoryQuery) -> [HistoryEntry] { history.entries(query) }

  /// One variable with 1,000 parts, and one with none.
  func variables() -> [VariableDescription] {
    [
      VariableDescription(
        name: "xs", type: "[Int]", shape: [1000], value: "[0, 1, …", childCount: 1000, reference: 1001, cell: 1,
        expression: "xs"),
      VariableDescription(
        name: "n", type: "Int", value: "3", childCount: 0, reference: 0, cell: 2, expression: "n"),
    ]
  }

  func children(ofVariable reference: Int, range: Range<Int>) -> [VariableDescription]? {
    guard reference == 1001 else { return nil }
    return range.clamped(to: 0..<1000).map { place in
      VariableDescription(
        name: "[\(place)]", type: "Int", value: "\(place)", childCount: 0, reference: 0, cell: nil,
        expression: "xs[\(place)]")
    }
  }

  func richDescription(of name: String) -> DisplayOutput? {
    name == "xs" ? DisplayOutput(data: ["text/plain": "text", "text/html": "<b>"], metadata: ["k": 1]) : nil
  }

  func shutdown() {
    slowQuestions.signal()
    gate.signal()
    isShutDown.withLock { $0 = true }
    interrupt()
  }
}
