import Foundation
import Glibc
import Session
import Synchronization

/// Lets a cell's `readLine()` read from the terminal.
final class TerminalInput: InputSource {
  private let input: StandardInput
  private let output: TerminalOutput
  /// The writing end of the pipe that wakes the read that is under way.
  private let waker = Mutex<Int32?>(nil)

  init(input: StandardInput, output: TerminalOutput) {
    self.input = input
    self.output = output
  }

  func requestLine(prompt: String, isPassword: Bool, reply: @escaping @Sendable (InputReply) -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return reply(.endOfFile) }
    let (reading, writing) = (ends[0], ends[1])
    waker.withLock { $0 = writing }
    output.write(prompt)
    // A thread of its own: the read may last for ever.
    Thread.detachNewThread { [self] in
      let echo = isPassword && input.isTerminal ? EchoOff() : nil
      let line = input.line(wake: reading)
      if let echo {
        echo.restore()
        output.write("\n")
      } else if line != nil && input.isTerminal {
        output.noteTypedLine()
      }
      let wasCancelled = waker.withLock { waker in
        defer { waker = nil }
        return waker == nil
      }
      close(reading)
      close(writing)
      if !wasCancelled { reply(line.map(InputReply.line) ?? .endOfFile) }
    }
  }

  func cancelRequest() {
    waker.withLock { waker in
      guard let descriptor = waker else { return }
      var byte: UInt8 = 0
      _ = Glibc.write(descriptor, &byte, 1)
      waker = nil
    }
  }
}

/// The terminal not showing what is typed.
private struct EchoOff {
  private let saved: termios

  init() {
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    saved = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  func restore() {
    var settings = saved
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }
}
