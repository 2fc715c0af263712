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
  }

  var content: Content

  init(_ content: Content) { self.content = content }

  /// The same column, with its type forgotten.
  public init<Element: ColumnElement>(_ column: Column<Element>) { self = Element._erase(column) }

  /// Calls `body` with the typed column.
  func withColumn<Result>(_ body: (any _TypedColumn) -> Result) -> Result {
    switch content {
    case .double(let column): body(column)
    case .int(let column): body(column)
    case .bool(let column): body(column)
    case .string(let column): body(column)
    }
  }

  /// The column's name.
  public var name: String {
    get { withColumn { $0.name } }
    set { self = withColumn { $0.renamed(newValue) } }
  }
  /// The type of its values.
  public var type: ColumnType { withColumn { $0.type } }
  /// The number of rows.
  public var count: Int { withColumn { $0.count } }
  /// How many rows have no value.
  public var missingCount: Int { withColumn { $0.missingCount } }
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

  /// The numbers of a `Double`, `Int` or `Bool` column (false is 0, true is 1); `nil` for a missing one.
  /// - Throws: ``FrameError`` of kind `type` for a column of text.
  public func numbers() throws(FrameError) -> [Double?] {
    switch content {
    case .double(let column): return Array(column)
    case .int(let column): return column.map { $0.map(Double.init) }
    case .bool(let column): return column.map { $0.map { $0 ? 1 : 0 } }
    case .string: throw .wrongType(name, expected: .double, found: .string)
    }
  }

  /// The values as text, as they are written to CSV; `nil` for a missing one.
  public func texts() -> [String?] { withColumn { $0.texts() } }

  /// The given rows, in the given order.
  func rows(_ rows: [Int]) -> AnyColumn { withColumn { $0.taking(rows) } }

  /// Whether row `a` comes before row `b` in an ascending order; `nil` when neither does.
  func isOrdered(_ a: Int, _ b: Int) -> Bool? { withColumn { $0.isOrdered(a, b) } }
}

/// What can be asked of a column without knowing its type.
protocol _TypedColumn {
  var name: String { get }
  var type: ColumnType { get }
  var count: Int { get }
  var missingCount: Int { get }
  func texts() -> [String?]
  func taking(_ rows: [Int]) -> AnyColumn
  func renamed(_ name: String) -> AnyColumn
  func isMissing(_ row: Int) -> Bool
  func isOrdered(_ a: Int, _ b: Int) -> Bool?
  func key(_ row: Int) -> AnyHashable?
}

extension Column: _TypedColumn {
  var type: ColumnType { Element.columnType }
  func texts() -> [String?] { map { $0.map { "\($0)" } } }
  func taking(_ rows: [Int]) -> AnyColumn { AnyColumn(self.rows(rows)) }
  func isMissing(_ row: Int) -> Bool { !validity[row] }
  func key(_ row: Int) -> AnyHashable? { self[row].map { AnyHashable($0) } }
  func renamed(_ name: String) -> AnyColumn {
    var copy = self
    copy.name = name
    return AnyColumn(copy)
  }
  func isOrdered(_ a: Int, _ b: Int) -> Bool? {
    let (first, second) = (storage[a], storage[b])
    if Element._isOrdered(first, second) { return true }
    return Element._isOrdered(second, first) ? false : nil
  }
}
