import Foundation

/// The cells of earlier sessions and of this one, oldest first, kept in a file that only its owner can read.
package struct History {
  private static let limit = 2000

  /// The cells.
  package private(set) var entries: [String] = []
  private let file: URL?
  private var position = 0
  /// What was being typed when the walk through the history began.
  private var draft = ""

  /// - Parameter file: where the cells are kept; `nil` to forget them.
  package init(file: URL?) {
    self.file = file
    if let file, let text = try? String(contentsOf: file, encoding: .utf8) {
      entries = text.split(separator: "\n").suffix(Self.limit).map { Self.unescaped($0) }
    }
    position = entries.count
  }

  /// The file's usual place, by the rules for state that is worth keeping.
  package static func usualFile(environment: [String: String], home: String) -> URL {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/state"
    return URL(fileURLWithPath: state).appendingPathComponent("martlet/history")
  }

  /// Adds a cell, unless it is the same as the last.
  package mutating func add(_ entry: String) {
    defer { position = entries.count }
    if entry.allSatisfy(\.isWhitespace) || entry == entries.last { return }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    save()
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

  /// A file that cannot be written costs the history, never the session.
  private func save() {
    guard let file else { return }
    let folder = file.deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let text = entries.map { Self.escaped($0) + "\n" }.joined()
    guard (try? Data(text.utf8).write(to: file, options: .atomic)) != nil else { return }
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  private static func escaped(_ entry: String) -> String {
    entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func unescaped(_ line: Substring) -> String {
    var entry = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        entry.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.append(character)
      }
    }
    return entry
  }
}
