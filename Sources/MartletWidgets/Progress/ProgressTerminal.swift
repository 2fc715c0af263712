import Glibc

/// The last line of a terminal, for programs that use the toolkit without a worker.
struct ProgressTerminal {
  private var isDrawn = false

  mutating func draw(_ states: [ProgressState]) {
    guard isatty(STDERR_FILENO) == 1 || states.allSatisfy({ $0.status != .running }) else { return }
    write("\r" + states.map(\.text).joined(separator: "  ") + "\u{1B}[K")
    isDrawn = true
  }

  mutating func erase() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }

  mutating func end() {
    if isDrawn { write("\n") }
    isDrawn = false
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
