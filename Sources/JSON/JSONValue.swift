/// Any JSON value: what messages, notebooks and display bundles are made of.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  /// A member of an object; `nil` where there is none, or the value is no object.
  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }
  /// The text of a string; `nil` for any other kind of value.
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The truth of a boolean.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The number, if it was written without point and exponent, and fits.
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The elements of an array.
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The members of an object.
  package var object: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }
}
