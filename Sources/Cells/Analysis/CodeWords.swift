/// The identifiers and operators in code that is being typed, wherever they stand: half a line tells no tree where names
/// are and where texts.
enum CodeWords {
  static func all(in code: String) -> Set<String> {
    var words: Set<String> = []
    var word = String.UnicodeScalarView()
    var kind = Kind.other
    for scalar in code.unicodeScalars {
      let next = Kind(scalar)
      if next != kind {
        add(String(word), kind, to: &words)
        word = String.UnicodeScalarView()
        kind = next
      }
      word.append(scalar)
    }
    add(String(word), kind, to: &words)
    return words
  }

  private static func add(_ word: String, _ kind: Kind, to words: inout Set<String>) {
    if kind == .other || word.isEmpty { return }
    words.insert(word)
    if kind == .symbol { return }
    // Where a declaration needs backticks, its name has them.
    words.insert("`\(word)`")
    // A wrapped variable is named by `$x` and `_x` too.
    if let first = word.first, first == "$" || first == "_" { words.insert(String(word.dropFirst())) }
  }

  private enum Kind {
    case identifier, symbol, other

    init(_ scalar: Unicode.Scalar) {
      let properties = scalar.properties
      if properties.isAlphabetic || properties.numericType != nil || scalar == "_" || scalar == "$"
        || properties.isEmoji
      {
        self = .identifier
      } else if properties.isWhitespace || "()[]{},;:\"'`#@\\".unicodeScalars.contains(scalar) {
        self = .other
      } else {
        self = .symbol
      }
    }
  }
}
