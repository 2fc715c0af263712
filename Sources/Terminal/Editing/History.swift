/// The cells that can be called back while typing, oldest first: those of earlier sessions and of this one.
package struct History {
  /// The cells.
  package private(set) var entries: [String] = []
  private var position = 0
  /// What was being typed when the walk through the history began.
  private var draft = ""

  /// - Parameter entries: the cells of earlier sessions; of several equal ones in a row one is kept.
  package init(_ entries: [String] = []) { for entry in entries { add(entry) } }

  /// Adds a cell, unless it is the same as the last.
  package mutating func add(_ entry: String) {
    defer { position = entries.count }
    if entry.allSatisfy(\.isWhitespace) || entry == entries.last { return }
    entries.append(entry)
  }

  /// The cell before the one shown; `current` is what stands there now.
  package mutating func previous(current: String) -> String? {
    guard position > 0 else { return nil }
    if position == entries.count { draft = current }
    position -= 1
    return entries[position]
  }

  /// The cell after the one shown; at the end, what was being typed.
  package mutating func next() -> String? {
    guard position < entries.count else { return nil }
    position += 1
    return position == entries.count ? draft : entries[position]
  }

  /// The newest cell that contains the text and is older than entry `limit`.
  package func search(_ text: String, before limit: Int? = nil) -> Int? {
    entries[..<min(limit ?? entries.count, entries.count)].lastIndex { $0.contains(text) }
  }
}
