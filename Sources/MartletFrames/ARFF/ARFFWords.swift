/// The words of one line: what is between separators, with quotes taken off.
struct ARFFWords {
  private var rest: Substring
  private let line: Int

  init(_ text: Substring, _ line: Int) {
    rest = text
    self.line = line
    skipSpaces()
  }

  /// The character that comes next; `nil` at the end.
  var peek: Character? { rest.first }

  func problem(_ message: String) -> ARFFError { ARFFError(line: line, message: message) }

  private mutating func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\t" } }

  /// Takes a character that has to be there.
  mutating func skip(_ character: Character) throws(ARFFError) {
    guard rest.first == character else {
      throw problem("expected '\(character)'; found \(rest.first.map { "'\($0)'" } ?? "the end of the line").")
    }
    rest.removeFirst()
    skipSpaces()
  }

  /// A word without quotes: a keyword, a type or a number.
  mutating func bareWord() throws(ARFFError) -> String {
    let word = rest.prefix { !" \t,{}".contains($0) }
    guard !word.isEmpty else {
      throw problem("expected a word; found \(rest.first.map { "'\($0)'" } ?? "the end of the line").")
    }
    rest = rest[word.endIndex...]
    skipSpaces()
    return String(word)
  }

  /// A value, in quotes or not; `nil` for a bare `?`, which is a missing one.
  mutating func value() throws(ARFFError) -> String? {
    guard let quote = rest.first, quote == "'" || quote == "\"" else {
      let word = rest.prefix { !",{}".contains($0) && !($0 == " " || $0 == "\t") }
      guard !word.isEmpty else {
        throw problem("expected a value; found \(rest.first.map { "'\($0)'" } ?? "the end of the line").")
      }
      rest = rest[word.endIndex...]
      skipSpaces()
      return word == "?" ? nil : String(word)
    }
    var text = ""
    var place = rest.index(after: rest.startIndex)
    while place < rest.endIndex, rest[place] != quote {
      if rest[place] == "\\", rest.index(after: place) < rest.endIndex { place = rest.index(after: place) }
      text.append(rest[place])
      place = rest.index(after: place)
    }
    guard place < rest.endIndex else { throw problem("a quoted value starts here and never ends.") }
    rest = rest[rest.index(after: place)...]
    skipSpaces()
    return text
  }
}
