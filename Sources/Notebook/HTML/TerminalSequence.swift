/// A piece of what a program writes to a terminal.
enum TerminalSequence {
  case text(String)
  /// Colours and weights: the numbers of an `ESC [ … m`.
  case style([Int])
  case other

  /// The text cut at its control sequences.
  static func pieces(of text: String) -> [TerminalSequence] {
    var pieces: [TerminalSequence] = []
    let scalars = Array(text.unicodeScalars)
    var start = 0
    var index = 0
    func flush() {
      if start < index { pieces.append(.text(string(scalars[start..<index]))) }
    }
    while index < scalars.count {
      guard scalars[index] == "\u{1B}", let end = end(in: scalars, at: index) else {
        index += 1
        continue
      }
      flush()
      pieces.append(sequence(scalars[index..<end]))
      index = end
      start = end
    }
    flush()
    return pieces
  }

  /// Where the control sequence that starts at `start` ends; `nil` when there is none.
  static func end(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
    guard start + 1 < scalars.count else { return start + 1 }
    switch scalars[start + 1] {
    case "[":
      var index = start + 2
      while index < scalars.count, (0x20...0x3F).contains(scalars[index].value) { index += 1 }
      return min(index + 1, scalars.count)
    case "]":
      // An operating-system command ends with BEL or ESC \.
      var index = start + 2
      while index < scalars.count, scalars[index] != "\u{7}", scalars[index] != "\n" {
        if scalars[index] == "\u{1B}" { return min(index + 2, scalars.count) }
        index += 1
      }
      return min(index + 1, scalars.count)
    default: return start + 2
    }
  }

  private static func sequence(_ scalars: ArraySlice<Unicode.Scalar>) -> TerminalSequence {
    guard scalars.last == "m", scalars.dropFirst().first == "[" else { return .other }
    let numbers = string(scalars.dropFirst(2).dropLast())
    return .style(numbers.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }.map { Int($0) ?? 0 })
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
