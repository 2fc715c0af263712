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
    if input.isTerminal && output.isTerminal {
      runTyped()
      return 0
    }
    runPiped()
    return hasFailed ? 1 : 0
  }

  private func runTyped() {
    output.write("Martlet \(version), Swift. Ctrl-D ends the session.\n")
    let environment = ProcessInfo.processInfo.environment
    let file = History.usualFile(environment: environment, home: environment["HOME"] ?? NSHomeDirectory())
    let editor = LineEditor(input: input, output: output, history: History(file: file))
    while true {
      output.endLine()
      let prompt = Prompt.cell(number, colour: output.hasColours ? "32" : "")
      switch editor.read(prompt: prompt, completeness: { [session] in session.completeness(of: $0) }) {
      case .text(let text): evaluate(text)
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

  private func evaluate(_ text: String) {
    if text.allSatisfy(\.isWhitespace) { return }
    let shown = ShownOutput(output: output, number: number)
    let outcome = session.evaluate(
      CellRequest(code: text, number: number), input: TerminalInput(input: input, output: output)
    ) { shown.show($0) }
    shown.finish()
    number += 1
    guard let failure = outcome.failure else { return }
    hasFailed = true
    output.endLine()
    output.write(ReplText.failure(failure, hasColours: output.hasColours) + "\n", toError: !output.isTerminal)
  }
}
