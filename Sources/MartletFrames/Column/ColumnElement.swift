import Foundation

/// What a column may hold: `Double`, `Float`, `Int`, `Int32`, `Bool`, `String`, `Date`, ``Category``, arrays of `Double`,
/// `Int` or `String`, and `Tensor<Float>`.
public protocol ColumnElement: Hashable, Sendable {
  /// How the values are laid out in memory.
  associatedtype Storage: ColumnStorage where Storage.Element == Self
  /// The type's name, as tables show it.
  static var columnType: ColumnType { get }
  /// Puts a typed column where any column may be.
  static func _erase(_ column: Column<Self>) -> AnyColumn
  /// Gives a column of this type back; `nil` when it is of another.
  static func _restore(_ column: AnyColumn) -> Column<Self>?
}

/// How the values of a column are laid out in memory.
public protocol ColumnStorage: Sendable {
  /// The type of a value.
  associatedtype Element
  /// Lays the values out.
  init(_ values: [Element])
  /// Lays the values out, with anything in the place of those that are missing.
  init(filling values: [Element?])
  /// How many there are.
  var count: Int { get }
  /// The value of a row; of a missing one, anything.
  subscript(row: Int) -> Element { get }
  /// The values of all rows; of missing ones, anything.
  var array: [Element] { get }
}

extension Double: ColumnElement {
  public typealias Storage = PlainColumnStorage<Double>
  public static var columnType: ColumnType { .double }
  public static func _erase(_ column: Column<Double>) -> AnyColumn { AnyColumn(.double(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Double>? {
    if case .double(let column) = column.content { return column }
    return nil
  }
}

extension Float: ColumnElement {
  public typealias Storage = PlainColumnStorage<Float>
  public static var columnType: ColumnType { .float }
  public static func _erase(_ column: Column<Float>) -> AnyColumn { AnyColumn(.float(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Float>? {
    if case .float(let column) = column.content { return column }
    return nil
  }
}

extension Int: ColumnElement {
  public typealias Storage = PlainColumnStorage<Int>
  public static var columnType: ColumnType { .int }
  public static func _erase(_ column: Column<Int>) -> AnyColumn { AnyColumn(.int(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Int>? {
    if case .int(let column) = column.content { return column }
    return nil
  }
}

extension Int32: ColumnElement {
  public typealias Storage = PlainColumnStorage<Int32>
  public static var columnType: ColumnType { .int32 }
  public static func _erase(_ column: Column<Int32>) -> AnyColumn { AnyColumn(.int32(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Int32>? {
    if case .int32(let column) = column.content { return column }
    return nil
  }
}

extension Bool: ColumnElement {
  public typealias Storage = PlainColumnStorage<Bool>
  public static var columnType: ColumnType { .bool }
  public static func _erase(_ column: Column<Bool>) -> AnyColumn { AnyColumn(.bool(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Bool>? {
    if case .bool(let column) = column.content { return column }
    return nil
  }
}

extension String: ColumnElement {
  public typealias Storage = DictionaryColumnStorage
  public static var columnType: ColumnType { .string }
  public static func _erase(_ column: Column<String>) -> AnyColumn { AnyColumn(.string(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<String>? {
    if case .string(let column) = column.content { return column }
    return nil
  }
}

extension Date: ColumnElement {
  public typealias Storage = DateColumnStorage
  public static var columnType: ColumnType { .date }
  public static func _erase(_ column: Column<Date>) -> AnyColumn { AnyColumn(.date(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Date>? {
    if case .date(let column) = column.content { return column }
    return nil
  }
}
