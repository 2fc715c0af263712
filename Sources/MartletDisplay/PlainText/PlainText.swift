/// The text a value is shown as: what `print` writes, with strings quoted and without the names of modules.
///
/// `print` names the module of every type inside a collection (`[Cell3.Point(x: 1)]`), and modules of cells are
/// nothing a reader has ever seen; so collections, structures, enumerations, tuples and optionals are walked here.
/// Types that describe themselves are asked, as `print` asks them.
func plainText(of value: Any, limit: Int = PlainTextWriter.defaultLimit) -> String {
  var writer = PlainTextWriter(limit: limit)
  writer.write(value, nested: false)
  return writer.finished
}

/// Writes values as text until `limit` bytes are full.
struct PlainTextWriter {
  /// A frontend becomes sluggish above this; nobody reads as far.
  static let defaultLimit = 1_000_000
  /// Deeper values (a long linked list made of enumeration cases) would overflow the stack.
  private static let deepest = 64

  private let limit: Int
  private var text = ""
  private var depth = 0

  init(limit: Int) { self.limit = limit }

  /// Whether there is no room left: containers stop walking their elements.
  var isFull: Bool { text.utf8.count >= limit }

  /// What was written, cut at the limit, with a note where it was.
  var finished: String { start + (text.utf8.count > limit ? " (cut at \(limit) bytes)" : "") }

  /// What was written, cut at the limit.
  var start: String {
    guard text.utf8.count > limit else { return text }
    return text.start(bytes: limit) + "…"
  }

  /// Appends text as it is.
  mutating func write(_ piece: String) { text += piece }

  /// Appends a value: `nested` ones as `debugPrint` would, the outermost as `print` would.
  mutating func write(_ value: Any, nested: Bool) {
    guard depth < Self.deepest else { return write("…") }
    depth += 1
    defer { depth -= 1 }
    if let container = value as? any PlainTextContainer {
      container.writePlainText(to: &self)
    } else if let quoted = value as? any PlainTextQuoted {
      write(quoted.quoted(bytes: limit - text.utf8.count))
    } else if let description = ownDescription(of: value, nested: nested) {
      write(description)
    } else {
      writeStructure(of: value)
    }
  }

  /// What the type says about itself; `nil` when it leaves that to reflection.
  private func ownDescription(of value: Any, nested: Bool) -> String? {
    if nested, let value = value as? any CustomDebugStringConvertible { return value.debugDescription }
    if value is any TextOutputStreamable || value is any CustomStringConvertible { return String(describing: value) }
    return (value as? any CustomDebugStringConvertible)?.debugDescription
  }
}
