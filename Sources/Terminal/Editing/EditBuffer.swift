/// The text being typed and the place in it where typing goes on.
package struct EditBuffer: Equatable, Sendable {
  /// The text, one element for each character as people see it.
  package private(set) var characters: [Character] = []
  /// The number of characters before the cursor.
  package private(set) var cursor = 0
  private var killed: [Character] = []

  package init(_ text: String = "") { replace(with: text) }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }
  package var isAtEnd: Bool { cursor == characters.count }
  package var isOnFirstLine: Bool { lineStart == 0 }
  package var isOnLastLine: Bool { !characters[cursor...].contains("\n") }

  private var lineStart: Int { characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }
  private var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }

  /// Replaces all of the text; the cursor goes to its end.
  package mutating func replace(with text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  /// The cursor in Unicode code points.
  package var cursorInCodePoints: Int { String(characters[..<cursor]).unicodeScalars.count }
  /// Whether only white space is before the cursor on its line.
  package var isAtIndent: Bool { characters[lineStart..<cursor].allSatisfy { $0 == " " } }

  /// Puts text in the place of a range, counted in code points; the cursor goes behind it.
  package mutating func replace(_ range: Range<Int>, with text: String) {
    let scalars = Array(self.text.unicodeScalars)
    let range = range.clamped(to: 0..<scalars.count)
    let before = String(String.UnicodeScalarView(scalars[..<range.lowerBound])) + text
    cursor = Array(before).count
    characters = Array(before + String(String.UnicodeScalarView(scalars[range.upperBound...])))
  }

  package mutating func insert(_ text: String) {
    // By way of a string, so that an accent joins the letter before it.
    let before = Array(String(characters[..<cursor]) + text)
    characters = before + characters[cursor...]
    cursor = before.count
  }

  /// Inserts a closing brace; on a line that is still empty it moves out by one step of indent.
  package mutating func insertClosing(_ brace: Character) {
    let line = characters[lineStart..<cursor]
    if line.count >= 2, line.allSatisfy({ $0 == " " }) { remove((cursor - 2)..<cursor) }
    insert(String(brace))
  }

  package mutating func deleteBackward() { if cursor > 0 { remove((cursor - 1)..<cursor) } }
  package mutating func deleteForward() { if !isAtEnd { remove(cursor..<(cursor + 1)) } }
  package mutating func moveLeft() { cursor = max(0, cursor - 1) }
  package mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  package mutating func moveToLineStart() { cursor = lineStart }
  package mutating func moveToLineEnd() { cursor = lineEnd }
  package mutating func moveToEnd() { cursor = characters.count }

  /// Moves to the same column of the line above.
  package mutating func moveUp() {
    guard !isOnFirstLine else { return }
    let column = cursor - lineStart
    cursor = lineStart - 1
    cursor = min(lineStart + column, cursor)
  }

  /// Moves to the same column of the line below.
  package mutating func moveDown() {
    guard !isOnLastLine else { return }
    let column = cursor - lineStart
    cursor = lineEnd + 1
    cursor = min(cursor + column, lineEnd)
  }

  package mutating func moveWordLeft() { cursor = wordStart }

  package mutating func moveWordRight() {
    while !isAtEnd, !Self.isWord(characters[cursor]) { cursor += 1 }
    while !isAtEnd, Self.isWord(characters[cursor]) { cursor += 1 }
  }

  package mutating func killToLineEnd() { kill(cursor..<(lineEnd == cursor && !isAtEnd ? cursor + 1 : lineEnd)) }
  package mutating func killToLineStart() { kill(lineStart..<cursor) }
  package mutating func killWord() { kill(wordStart..<cursor) }

  /// Inserts what was killed last.
  package mutating func yank() { insert(String(killed)) }

  private var wordStart: Int {
    var start = cursor
    while start > 0, !Self.isWord(characters[start - 1]) { start -= 1 }
    while start > 0, Self.isWord(characters[start - 1]) { start -= 1 }
    return start
  }

  private mutating func kill(_ range: Range<Int>) {
    if range.isEmpty { return }
    killed = Array(characters[range])
    remove(range)
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
