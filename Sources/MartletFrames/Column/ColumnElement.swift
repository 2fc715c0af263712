/// What a column may hold: `Double`, `Int`, `Bool` or `String`.
public protocol ColumnElement: Hashable, Sendable {
  /// How the values are laid out in memory.
  associatedtype Storage: ColumnStorage where Storage.Element == Self
  /// The type's name, as tables show it.
  static var columnType: ColumnType { get }
  /// Puts a typed column where any column may be.
  static func _erase(_ column: Column<Self>) -> AnyColumn
  /// Gives a column of this type back; `nil` when it is of another.
  static func _restore(_ column: AnyColumn) -> Column<Self>?
  /// Whether a value comes first in an ascending order.
  static func _isOrdered(_ a: Self, _ b: Self) -> Bool
}

/// How the values of a column are laid out in memory.
public protocol ColumnStorage: Sendable {
  /// The type of a value.
  associatedtype Element
  /// Lays the values out.
  init(_ values: [Element])
  /// How many there are.
  var count: Int { get }
  /// The value of a row; of a missing one, anything.
  subscript(row: Int) -> Element { get }
}

/// The type of a column's values.
public struct ColumnType: Hashable, Sendable, CustomStringConvertible {
  /// The name, as tables show it.
  public let description: String
  /// Numbers with a fraction.
  public static let double = ColumnType(description: "Double")
  /// Whole numbers.
  public static let int = ColumnType(description: "Int")
  /// True or false.
  public static let bool = ColumnType(description: "Bool")
  /// Text.
  public static let string = ColumnType(description: "String")
}

/// Values one after the other.
public struct PlainColumnStorage<Element: Sendable>: ColumnStorage {
  /// The values.
  package let values: [Element]
  public init(_ values: [Element]) { self.values = values }
  public var count: Int { values.count }
  public subscript(row: Int) -> Element { values[row] }
}

/// Each different text once, and for each row its number: what repeats takes four bytes a row.
public struct DictionaryColumnStorage: ColumnStorage {
  /// For each row, the place of its text in the dictionary.
  package let codes: [Int32]
  /// Each different text once, in order of appearance.
  package let dictionary: [String]

  public init(_ values: [String]) {
    var known: [String: Int32] = [:]
    var dictionary: [String] = []
    codes = values.map { value in
      if let code = known[value] { return code }
      let code = Int32(dictionary.count)
      known[value] = code
      dictionary.append(value)
      return code
    }
    self.dictionary = dictionary
  }

  public var count: Int { codes.count }
  public subscript(row: Int) -> String { dictionary[Int(codes[row])] }
}

extension Double: ColumnElement {
  public static var columnType: ColumnType { .double }
  public static func _erase(_ column: Column<Double>) -> AnyColumn { AnyColumn(.double(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Double>? {
    if case .double(let column) = column.content { return column }
    return nil
  }
  /// NaN comes after every number.
  public static func _isOrdered(_ a: Double, _ b: Double) -> Bool { a < b || (b.isNaN && !a.isNaN) }
  public typealias Storage = PlainColumnStorage<Double>
}

extension Int: ColumnElement {
  public static var columnType: ColumnType { .int }
  public static func _erase(_ column: Column<Int>) -> AnyColumn { AnyColumn(.int(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Int>? {
    if case .int(let column) = column.content { return column }
    return nil
  }
  public static func _isOrdered(_ a: Int, _ b: Int) -> Bool { a < b }
  public typealias Storage = PlainColumnStorage<Int>
}

extension Bool: ColumnElement {
  public static var columnType: ColumnType { .bool }
  public static func _erase(_ column: Column<Bool>) -> AnyColumn { AnyColumn(.bool(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Bool>? {
    if case .bool(let column) = column.content { return column }
    return nil
  }
  /// False comes before true.
  public static func _isOrdered(_ a: Bool, _ b: Bool) -> Bool { !a && b }
  public typealias Storage = PlainColumnStorage<Bool>
}

extension String: ColumnElement {
  public static var columnType: ColumnType { .string }
  public static func _erase(_ column: Column<String>) -> AnyColumn { AnyColumn(.string(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<String>? {
    if case .string(let column) = column.content { return column }
    return nil
  }
  public static func _isOrdered(_ a: String, _ b: String) -> Bool { a < b }
  public typealias Storage = DictionaryColumnStorage
}
