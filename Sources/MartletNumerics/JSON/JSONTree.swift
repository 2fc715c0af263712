/// A JSON value whose objects keep the order of their members and tell keys apart by their bytes.
///
/// A Swift dictionary takes `é` and `e` with an accent after it for one key; the vocabulary of a tokeniser has both.
package indirect enum JSONTree: Sendable {
  /// A value without parts.
  case null
  case bool(Bool)
  case whole(Int)
  case number(Double)
  case text(String)
  /// A value with parts.
  case list([JSONTree])
  case members([(key: String, value: JSONTree)])

  /// A member of an object, by the bytes of its key; `nil` where there is none, or the value is no object.
  package subscript(key: String) -> JSONTree? {
    guard case .members(let members) = self else { return nil }
    return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  package var isNull: Bool { if case .null = self { true } else { false } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var text: String? { if case .text(let value) = self { value } else { nil } }
  package var list: [JSONTree]? { if case .list(let value) = self { value } else { nil } }
  package var members: [(key: String, value: JSONTree)]? { if case .members(let value) = self { value } else { nil } }
  /// A whole number, however it was written.
  package var whole: Int? {
    switch self {
    case .whole(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
  /// A number, whole or not.
  package var number: Double? {
    switch self {
    case .whole(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  /// What kind of value it is, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .whole, .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .members: "an object"
    }
  }
}

extension JSONTree {
  /// The value as JSON text; a number that JSON does not have, such as NaN, is `null`.
  package var json: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .whole(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .text(let value): Self.quoted(value)
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .members(let members):
      "{" + members.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }

  /// A text as JSON writes it, in quotes.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ": quoted += "\\u" + String(String(scalar.value + 0x10000, radix: 16).suffix(4))
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

/// Why bytes are not JSON, and where.
package struct JSONTreeError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String
}
