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
