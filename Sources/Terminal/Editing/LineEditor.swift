import Glibc
import Session

/// Reads cells from a terminal, with editing over several lines.
final class LineEditor {
  /// What came of reading a cell.
  enum Outcome {
    case text(String)
    case interrupted
    case endOfFile
  }

  private let input: StandardInput
  private let output: TerminalOutput
  private let complete: (String, Int) -> CodeCompletions
  private var decoder = KeyDecoder()
  private var waiting: [Key] = []
  var history: History

  /// - Parameter complete: the ways to go on in a cell at a code point.
  init(
    input: StandardInput, output: TerminalOutput, history: History, complete: @escaping (String, Int) -> CodeCompletions
  ) {
    self.input = input
    self.output = output
    self.complete = complete
    self.history = history
  }

  /// Reads one cell; the terminal is in raw mode meanwhile and no longer.
  ///
  /// - Parameter text: what stands there to begin with, as if it had been typed.
  func read(prompt: Prompt, text: String = "", completeness: @escaping (String) -> Completeness) -> Outcome {
    let mode = RawMode()
    // Pasted text comes marked as such, so that a line break in it runs nothing.
    output.write("\u{1B}[?2004h", isControl: true)
    defer {
      output.write("\u{1B}[?2004l", isControl: true)
      mode.restore()
    }
    takeTypedAhead()
    var session = EditSession(text: text, completeness: completeness)
    var screen = EditScreen()
    var choices: ChoiceList?
    while true {
      let below = choices?.lines(width: output.width, hasColours: output.hasColours) ?? []
      output.write(
        screen.drawing(session.buffer, prompt: self.prompt(prompt, session), width: output.width, below: below))
      guard let key = nextKey() else { return .endOfFile }
      let step = session.press(key, history: &history)
      if step == .complete {
        choices = nextChoices(after: choices, in: &session)
        continue
      }
      choices = nil
      switch step {
      case .goOn, .complete: continue
      case .clearScreen: output.write(screen.clearing())
      case .suspend:
        mode.suspend()
        screen = EditScreen()
      case .submit(let text):
        output.write(screen.leaving(session.buffer, prompt: prompt, width: output.width))
        history.add(text)
        return .text(text)
      case .interrupted:
        output.write(screen.leaving(session.buffer, prompt: prompt, width: output.width))
        return .interrupted
      case .endOfFile:
        output.write(screen.leaving(session.buffer, prompt: prompt, width: output.width))
        return .endOfFile
      }
    }
  }

  /// Goes on with what is typed as far as there is no choice; where there is one, it is shown, and each further Tab turns
  /// its page.
  private func nextChoices(after shown: ChoiceList?, in session: inout EditSession) -> ChoiceList? {
    if var shown {
      shown.turnPage()
      return shown
    }
    let text = session.buffer.text
    let found = TabCompletion(complete(text, session.buffer.cursorInCodePoints), in: text)
    if let replacement = found.replacement { session.apply(replacement) }
    return found.choices.isEmpty ? nil : ChoiceList(found.choices, rows: min(12, max(3, output.height / 2)))
  }

  private func prompt(_ prompt: Prompt, _ session: EditSession) -> Prompt {
    guard let query = session.query else { return prompt }
    return Prompt(first: "(search '\(query)') ", further: prompt.further, colour: prompt.colour)
  }

  /// Takes what was typed before the terminal came into raw mode. A Ctrl-D of that time ended the input for whoever would
  /// have read it line by line, and now stands as a zero byte among what is read.
  private func takeTypedAhead() {
    guard waiting.isEmpty, let bytes = input.bytes(timeoutMilliseconds: 0) else { return }
    let endOfTransmission: UInt8 = 4
    waiting = decoder.keys(from: bytes.map { $0 == 0 ? endOfTransmission : $0 })
  }

  private func nextKey() -> Key? {
    while waiting.isEmpty {
      // The rest of an escape sequence follows at once, or was never meant to.
      guard let bytes = input.bytes(timeoutMilliseconds: decoder.isWaiting ? 50 : -1) else { return nil }
      waiting = bytes.isEmpty ? decoder.flush() : decoder.keys(from: bytes)
    }
    return waiting.removeFirst()
  }
}
