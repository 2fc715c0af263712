import Foundation
import MartletDisplay
import MartletNumerics

/// A column of a type that only the data know; ask for ``DataFrame/subscript(_:_:)`` to get a typed one.
///
///     df["age"].type              // Double
///     df["age"].missingCount      // 177
public struct AnyColumn: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    case double(Column<Double>)
    case float(Column<Float>)
    case int(Column<Int>)
    case int32(Column<Int32>)
    case bool(Column<Bool>)
    case string(Column<String>)
    case date(Column<Date>)
    case categorical(Column<Category>)
    case doubleLists(Column<[Double]>)
    case intLists(Column<[Int]>)
    case textLists(Column<[String]>)
    case tensor(Column<Tensor<Float>>)
  }

  var content: Content

  init(_ content: Content) { self.content = content }

  /// The same column, with its type forgotten.
  public init<Element: ColumnElement>(_ column: Column<Element>) { self = Element._erase(column) }

  /// The column's name.
  public var name: String {
    get { erased.name }
    set { self = renamed(newValue) }
  }

  /// The type of its values.
  public var type: ColumnType {
    switch content {
    case .double: .double
    case .float: .float
    case .int: .int
    case .int32: .int32
    case .bool: .bool
    case .string: .string
    case .date: .date
    case .categorical: .categorical
    case .doubleLists: .list(of: .double)
    case .intLists: .list(of: .int)
    case .textLists: .list(of: .string)
    case .tensor: .tensor
    }
  }

  var validity: ValidityBitmap {
    switch content {
    case .double(let column): column.validity
    case .float(let column): column.validity
    case .int(let column): column.validity
    case .int32(let column): column.validity
    case .bool(let column): column.validity
    case .string(let column): column.validity
    case .date(let column): column.validity
    default: erased.validity
    }
  }

  /// The number of rows.
  public var count: Int { validity.count }
  /// How many rows have no value.
  public var missingCount: Int { validity.missingCount }
  /// Whether the values are numbers.
  public var isNumeric: Bool {
    switch content {
    case .double, .float, .int, .int32: true
    default: false
    }
  }

  /// The column with its type.
  /// - Throws: ``FrameError`` of kind `type`, which names both types.
  public func typed<Element: ColumnElement>(as type: Element.Type) throws(FrameError) -> Column<Element> {
    guard let column = Element._restore(self) else {
      throw .wrongType(name, expected: Element.columnType, found: self.type)
    }
    return column
  }

  /// The same values under another name.
  public func renamed(_ name: String) -> AnyColumn { erased.renamed(name) }
}
