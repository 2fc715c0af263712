import Foundation

/// A value that a statement is given in the place of a question mark, or of $1, $2, ….
///
///     try database.query("select * from orders where city = ? and price > ?", ["Oslo", 10])
///
/// Values are never put into the statement's text, so that data cannot become SQL.
public enum DatabaseValue: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// A whole number.
  case int(Int)
  /// A number.
  case double(Double)
  /// A text.
  case string(String)
  /// A truth value.
  case bool(Bool)
  /// An instant.
  case date(Date)
  /// No value.
  case missing

  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// No value.
  public init(nilLiteral: ()) { self = .missing }
}

/// A value of your own that a statement may be given: a variable that holds a text, a number, a truth value or a date.
///
///     let (city, limit) = ("Oslo", 10)
///     try database.query("select * from orders where city = ? and price > ?", [city, limit])
public protocol DatabaseConvertible: Sendable {
  /// The value as a statement takes it.
  var databaseValue: DatabaseValue { get }
}

extension DatabaseValue: DatabaseConvertible {
  /// The value itself.
  public var databaseValue: DatabaseValue { self }

  /// The value of a variable; ``missing`` for `nil`.
  ///
  ///     DatabaseValue(city)
  public init(_ value: (any DatabaseConvertible)?) { self = value?.databaseValue ?? .missing }
}

extension Int: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .int(self) }
}

extension Double: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .double(self) }
}

extension String: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .string(self) }
}

extension Bool: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .bool(self) }
}

extension Date: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .date(self) }
}

/// What to do when a table is there already.
public enum ExistingTable: Sendable {
  /// Leave it as it is and throw ``DatabaseError``.
  case fail
  /// Remove it first, in one step with the writing.
  case replace
  /// Add the rows to it.
  case append
}

enum SQLText {
  /// A name as SQL takes it, whatever it holds.
  static func identifier(_ name: String) -> String {
    "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
