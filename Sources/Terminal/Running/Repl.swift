import Dispatch
import Foundation
import Session

/// Reads Swift from the terminal, runs it and shows what comes of it, until the input ends.
package final class Repl {
  private let session: any ReplSession
  private let version: String
  private let input = StandardInput()
  private let output = TerminalOutput()
  private var number = 1
  private var hasFailed = false
  /// Somebody types, and may want to call a cell back another day.
  private var isTyped: Bool { input.isTerminal && output.isTerminal }

  package init(session: any ReplSession, version: String) {
    self.session = session
    self.version = version
  }

  /// Runs to the end of the input.
  ///
  /// - Returns: the exit status: 0, or 1 when input that was not typed had a cell that failed.
  package func run() -> Int32 {
    // The cell is interrupted, never this process.
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global(qos: .userInitiated))
    source.setEventHandler { [session] in session.interrupt() }
    source.activate()
    defer { source.cancel() }
    if isTyped {
      runTyped()
      return 0
    }
    runPiped()
    return hasFailed ? 1 : 0
  }

  private func runTyped() {
    output.write("Martlet \(version), Swift. Ctrl-D ends the session.\n")
    let editor = LineEditor(
      input: input, output: output, history: History(session.recentCells(2000)),
      complete: { [session] in session.complete($0, at: $1) })
    var proposal: String?
    while true {
      output.endLine()
      let prompt = Prompt.cell(number, colour: output.hasColours ? "32" : "")
      let text = proposal ?? ""
      proposal = nil
      switch editor.read(prompt: prompt, text: text, completeness: { [session] in session.completeness(of: $0) }) {
      case .text(let text): proposal = evaluate(text)
      case .interrupted: continue
      case .endOfFile: return
      }
    }
  }

  /// Input from a file or a pipe: each cell is run as soon as it is whole.
  private func runPiped() {
    var text = ""
    while let line = input.line() {
      text += text.isEmpty ? line : "\n" + line
      if case .incomplete = session.completeness(of: text) { continue }
      evaluate(text)
      text = ""
    }
    evaluate(text)
    output.endLine()
  }

  /// - Returns: what the cell wants to stand at the next prompt.
  @discardableResult
  private func evaluate(_ text: String) -> String? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    let shown = ShownOutput(output: output, number: number)
    let outcome = session.evaluate(
      CellRequest(code: text, number: number, isRecorded: true), input: TerminalInput(input: input, output: output)
    ) { shown.show($0) }
    number += 1
    if let failure = outcome.failure {
      hasFailed = true
      output.endLine()
      output.write(ReplText.failure(failure, hasColours: output.hasColours) + "\n", toError: !output.isTerminal)
    }
    return shown.nextInput
  }
}
