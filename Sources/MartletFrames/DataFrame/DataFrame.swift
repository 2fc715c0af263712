import MartletNumerics

/// A table: named columns of equal length, each of one type.
///
///     let iris = try Datasets.iris()
///     iris.shape                                           // (rows: 150, columns: 5)
///     try iris.filter(col("petalLength") > 5).head(3)      // a table of three flowers
///     try iris.grouped(by: "species").aggregate(.mean("petalLength"), .count())
///
/// A frame is a value: every verb gives another frame and leaves this one as it is. Missing values are kept apart from
/// NaN.
public struct DataFrame: Sendable, Equatable {
  /// The columns, in order.
  public let columns: [AnyColumn]
  /// The number of rows.
  public let rowCount: Int
  private let places: [String: Int]

  /// A frame of columns.
  ///
  ///     try DataFrame([AnyColumn(Column("x", [1, 2])), AnyColumn(Column("y", ["a", "b"]))])
  /// - Throws: ``FrameError`` of kind `duplicateColumn` or `rowCount`.
  public init(_ columns: [AnyColumn]) throws(FrameError) {
    var places: [String: Int] = [:]
    let rowCount = columns.first?.count ?? 0
    for (place, column) in columns.enumerated() {
      if places.updateValue(place, forKey: column.name) != nil { throw .duplicateColumn(column.name) }
      if column.count != rowCount { throw .rowCount(column.name, found: column.count, expected: rowCount) }
    }
    self.columns = columns
    self.places = places
    self.rowCount = rowCount
  }

  /// A frame of columns of possibly different types.
  ///
  ///     try DataFrame(Column("city", ["Oslo", "Rome"]), Column("warmth", [5.7, 15.5]))
  /// - Throws: ``FrameError`` of kind `duplicateColumn` or `rowCount`.
  public init<each Element: ColumnElement>(_ column: repeat Column<each Element>) throws(FrameError) {
    var columns: [AnyColumn] = []
    repeat columns.append(AnyColumn(each column))
    try self.init(columns)
  }

  /// For columns that are known to fit, such as some of another frame's.
  init(fitting columns: [AnyColumn], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
    places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
  }

  /// The number of rows and columns.
  public var shape: (rows: Int, columns: Int) { (rowCount, columns.count) }

  /// The columns' names, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The column of a name.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, with the name that was probably meant.
  public func column(_ name: String) throws(FrameError) -> AnyColumn {
    guard let place = places[name] else { throw .unknownColumn(name, in: columnNames) }
    return columns[place]
  }

  /// The column of a name. Stops the cell when there is none; ``column(_:)`` throws instead.
  public subscript(_ name: String) -> AnyColumn {
    do { return try column(name) } catch { fatalError(error.description) }
  }

  /// The column of a name, with its type.
  ///
  ///     let ages = try df["age", Double.self]
  ///     ages.mean()
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`.
  public subscript<Element: ColumnElement>(_ name: String, _ type: Element.Type) -> Column<Element> {
    get throws(FrameError) { try column(name).typed(as: type) }
  }

  public static func == (a: DataFrame, b: DataFrame) -> Bool { a.columns == b.columns }
}
