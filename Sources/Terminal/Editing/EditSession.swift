import Session

/// The typing of one cell: what each key does to it.
///
/// Knows nothing of terminals: keys go in, and the buffer or what the person decided comes out.
package struct EditSession {
  /// What a key led to.
  package enum Step: Equatable, Sendable {
    case goOn
    case submit(String)
    case interrupted
    case endOfFile
    case suspend
    case clearScreen
    /// The ways to go on at the cursor are wanted.
    case complete
  }

  /// The text as it stands.
  package private(set) var buffer = EditBuffer()
  /// What is searched for in the history, while it is.
  package private(set) var query: String?
  private var found: Int?
  private let completeness: (String) -> Completeness

  /// - Parameters:
  ///   - text: what stands there to begin with.
  ///   - completeness: says whether a text is a whole cell.
  package init(text: String = "", completeness: @escaping (String) -> Completeness) {
    self.completeness = completeness
    buffer.insert(text)
  }

  /// Takes a key in.
  package mutating func press(_ key: Key, history: inout History) -> Step {
    if query != nil, search(key, history: history) { return .goOn }
    switch key {
    case .enter: return enter()
    case .interrupt: return .interrupted
    case .endOfFile:
      if buffer.isEmpty { return .endOfFile }
      buffer.deleteForward()
    case .suspend: return .suspend
    case .clearScreen: return .clearScreen
    case .search: (query, found) = ("", nil)
    case .tab where !buffer.isAtIndent: return .complete
    case .up where buffer.isOnFirstLine:
      if let entry = history.previous(current: buffer.text) { buffer.replace(with: entry) }
    case .down where buffer.isOnLastLine:
      if let entry = history.next() { buffer.replace(with: entry) }
    default: edit(key)
    }
    return .goOn
  }

  /// Puts in what Tab found.
  package mutating func apply(_ replacement: TabCompletion.Replacement) {
    buffer.replace(replacement.range, with: replacement.text)
  }

  private mutating func edit(_ key: Key) {
    switch key {
    case .character("}"): buffer.insertClosing("}")
    case .character(let character): buffer.insert(String(character))
    case .paste(let text): buffer.insert(text)
    case .newLine: buffer.insert("\n")
    case .tab: buffer.insert("  ")
    case .backspace: buffer.deleteBackward()
    case .delete: buffer.deleteForward()
    case .left: buffer.moveLeft()
    case .right: buffer.moveRight()
    case .up: buffer.moveUp()
    case .down: buffer.moveDown()
    case .home: buffer.moveToLineStart()
    case .end: buffer.moveToLineEnd()
    case .wordLeft: buffer.moveWordLeft()
    case .wordRight: buffer.moveWordRight()
    case .killToEnd: buffer.killToLineEnd()
    case .killToStart: buffer.killToLineStart()
    case .killWord: buffer.killWord()
    case .yank: buffer.yank()
    default: break
    }
  }

  /// A whole cell is run; the start of one gets a new line. So does a line in the middle, which is still being worked
  /// on.
  private mutating func enter() -> Step {
    guard buffer.isOnLastLine else {
      buffer.insert("\n")
      return .goOn
    }
    if buffer.text.allSatisfy(\.isWhitespace) { return .submit("") }
    switch completeness(buffer.text) {
    case .complete, .invalid: return .submit(buffer.text)
    case .incomplete(let indent):
      buffer.moveToEnd()
      buffer.insert("\n" + indent)
      return .goOn
    }
  }

  /// Takes a key of a search in; `false` when the key ends the search and means what it always does.
  private mutating func search(_ key: Key, history: History) -> Bool {
    guard let text = query else { return false }
    switch key {
    case .character(let character): look(for: text + String(character), in: history, before: nil)
    case .backspace: look(for: String(text.dropLast()), in: history, before: nil)
    case .search: look(for: text, in: history, before: found)
    case .escape: query = nil
    case .interrupt:
      query = nil
      buffer.replace(with: "")
    default:
      query = nil
      return false
    }
    return true
  }

  private mutating func look(for text: String, in history: History, before limit: Int?) {
    query = text
    guard !text.isEmpty, let index = history.search(text, before: limit) else { return }
    found = index
    buffer.replace(with: history.entries[index])
  }
}
