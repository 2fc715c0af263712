import MartletDisplay

extension JSON {
  /// One JSON value: what messages to a frontend are made of.
  ///
  ///     let state: JSON.Value = ["zoom": 1.5, "layers": ["roads", "rivers"]]
  ///     state["zoom"]?.number     // 1.5
  public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([Value])
    case object([String: Value])
  }
}

extension JSON.Value {
  /// A member of an object; `nil` where there is none, or the value is no object.
  public subscript(key: String) -> JSON.Value? {
    if case .object(let members) = self { members[key] } else { nil }
  }
  /// The truth of a boolean.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// A whole number, however it was written.
  public var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
  /// A number, whole or not.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  /// The text of a string.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The elements of an array.
  public var array: [JSON.Value]? { if case .array(let value) = self { value } else { nil } }
  /// The members of an object.
  public var object: [String: JSON.Value]? { if case .object(let value) = self { value } else { nil } }
}

extension JSON.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral,
  ExpressibleByStringInterpolation
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSON.Value...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON.Value)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}

extension JSON {
  /// The document of one value, members in alphabetical order.
  public init(_ value: Value) { self.init(value.description) }

  /// The document's value; `nil` where its text is not JSON.
  public var value: Value? { Value(parsing: source) }
}
