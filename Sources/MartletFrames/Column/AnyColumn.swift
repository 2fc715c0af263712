import Foundation
import MartletDisplay

/// A column of a type that only the data know; ask for ``DataFrame/subscript(_:_:)`` to get a typed one.
///
///     df["age"].type              // Double
///     df["age"].missingCount      // 177
public struct AnyColumn: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    case double(Column<Double>)
    case int(Column<Int>)
    case bool(Column<Bool>)
    case string(Column<String>)
    case date(Column<Date>)
  }

  var content: Content

  init(_ content: Content) { self.content = content }

  /// The same column, with its type forgotten.
  public init<Element: ColumnElement>(_ column: Column<Element>) { self = Element._erase(column) }

  /// The column's name.
  public var name: String {
    get {
      switch content {
      case .double(let column): column.name
      case .int(let column): column.name
      case .bool(let column): column.name
      case .string(let column): column.name
      case .date(let column): column.name
      }
    }
    set { self = renamed(newValue) }
  }

  /// The type of its values.
  public var type: ColumnType {
    switch content {
    case .double: .double
    case .int: .int
    case .bool: .bool
    case .string: .string
    case .date: .date
    }
  }

  var validity: ValidityBitmap {
    switch content {
    case .double(let column): column.validity
    case .int(let column): column.validity
    case .bool(let column): column.validity
    case .string(let column): column.validity
    case .date(let column): column.validity
    }
  }

  /// The number of rows.
  public var count: Int { validity.count }
  /// How many rows have no value.
  public var missingCount: Int { validity.missingCount }
  /// Whether the values are numbers.
  public var isNumeric: Bool { type == .double || type == .int }

  /// The column with its type.
  /// - Throws: ``FrameError`` of kind `type`, which names both types.
  public func typed<Element: ColumnElement>(as type: Element.Type) throws(FrameError) -> Column<Element> {
    guard let column = Element._restore(self) else {
      throw .wrongType(name, expected: Element.columnType, found: self.type)
    }
    return column
  }

  /// The same values under another name.
  public func renamed(_ name: String) -> AnyColumn {
    switch content {
    case .double(var column):
      column.name = name
      return AnyColumn(.double(column))
    case .int(var column):
      column.name = name
      return AnyColumn(.int(column))
    case .bool(var column):
      column.name = name
      return AnyColumn(.bool(column))
    case .string(var column):
      column.name = name
      return AnyColumn(.string(column))
    case .date(var column):
      column.name = name
      return AnyColumn(.date(column))
    }
  }
}
