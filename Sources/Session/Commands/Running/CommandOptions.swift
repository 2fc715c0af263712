/// The options at the beginning of a command's argument: `-n 10`.
struct CommandOptions {
  private let text: CellText
  /// What follows the options.
  private(set) var rest: Range<Int>

  init(_ text: CellText, _ argument: Range<Int>) { (self.text, rest) = (text, argument) }

  /// Takes `-name` away, if it is there and stands alone.
  mutating func take(_ name: String) -> Bool {
    let option = "-" + name
    let word = firstWord
    guard text.text(word) == option else { return false }
    rest = text.trimmed(word.upperBound..<rest.upperBound)
    return true
  }

  /// Takes `-name` and the number behind it away; `nil` when the option is not there.
  mutating func takeNumber(_ name: String, of line: CommandLine) throws(CellFailure) -> Int? {
    let word = text.text(firstWord)
    // `-n10` as well as `-n 10`.
    if word.hasPrefix("-" + name), let number = Int(word.dropFirst(1 + name.count)), number > 0 {
      rest = text.trimmed(firstWord.upperBound..<rest.upperBound)
      return number
    }
    guard take(name) else { return nil }
    guard let number = Int(text.text(firstWord)), number > 0 else {
      throw .usage(line, "-\(name) needs a number of at least 1, and not '\(text.text(firstWord))'.")
    }
    rest = text.trimmed(firstWord.upperBound..<rest.upperBound)
    return number
  }

  private var firstWord: Range<Int> {
    let end = rest.first { CellText.isSpace(text.bytes[$0]) || text.bytes[$0] == 0x0A } ?? rest.upperBound
    return rest.lowerBound..<end
  }
}
