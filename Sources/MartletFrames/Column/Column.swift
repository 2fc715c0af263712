import MartletDisplay
import MartletNumerics

/// The values of one column, all of one type; a missing one is `nil`, which is not the same as NaN.
///
///     let age = Column("age", [22, nil, 26.5])
///     age.missingCount         // 1
///     age.present              // [22.0, 26.5]
///     age.mean()               // 24.25
public struct Column<Element: ColumnElement>: Sendable, RandomAccessCollection {
  /// The column's name.
  public var name: String
  /// The values; those of missing rows mean nothing.
  package let storage: Element.Storage
  let validity: ValidityBitmap

  /// A column of `values`, where `nil` stands for a missing one.
  public init(_ name: String, _ values: [Element?]) {
    // A missing row needs a value to fill its place; any will do, and a column with none has no storage to fill.
    let filler = values.lazy.compactMap { $0 }.first
    self.name = name
    storage = Element.Storage(values.compactMap { $0 ?? filler ?? Self.blank })
    validity = ValidityBitmap(values.map { $0 != nil })
  }

  /// A column of `values`, none of them missing.
  public init(_ name: String, _ values: [Element]) {
    self.init(name: name, storage: Element.Storage(values), validity: ValidityBitmap(allValid: values.count))
  }

  init(name: String, storage: Element.Storage, validity: ValidityBitmap) {
    self.name = name
    self.storage = storage
    self.validity = validity
  }

  private static var blank: Element? {
    switch Element.columnType {
    case .double: 0.0 as? Element
    case .int: 0 as? Element
    case .bool: false as? Element
    default: "" as? Element
    }
  }

  /// The first row: 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { storage.count }
  /// The value of a row; `nil` when it is missing. Stops the cell outside the column.
  public subscript(row: Int) -> Element? { validity[row] ? storage[row] : nil }

  /// How many rows have no value.
  public var missingCount: Int { validity.missingCount }

  /// The values that are there, in order.
  public var present: [Element] { compactMap { $0 } }

  /// Every value, when none is missing.
  ///
  ///     let labels = try iris["species", String.self].values()
  /// - Throws: ``FrameError`` of kind `missingValues`, with the first row that has none.
  public func values() throws(FrameError) -> [Element] {
    if missingCount > 0 { throw .missingValues(name, count: missingCount, first: firstIndex { $0 == nil } ?? 0) }
    return indices.map { storage[$0] }
  }

  /// The different values, in ascending order.
  public var distinct: [Element] { Set(present).sorted { Element._isOrdered($0, $1) } }

  /// The given rows, in the given order.
  func rows(_ rows: [Int]) -> Column {
    Column(
      name: name, storage: Element.Storage(rows.map { storage[$0] }),
      validity: ValidityBitmap(rows.map { validity[$0] }))
  }
}

extension Column: Equatable {
  /// Whether names, values and missing rows are the same.
  public static func == (a: Column, b: Column) -> Bool { a.name == b.name && a.elementsEqual(b) }
}

extension Column where Element: ColumnNumber {
  /// The sum of the values that are there; 0 when there are none.
  public func sum() -> Double { doubles.sum() }
  /// The mean of the values that are there; NaN when there are none.
  public func mean() -> Double { doubles.mean() }
  /// The standard deviation of the values that are there, with `n - 1` as divisor.
  public func standardDeviation(degreesOfFreedom: Int = 1) -> Double {
    doubles.standardDeviation(degreesOfFreedom: degreesOfFreedom)
  }
  /// The middle of the values that are there; NaN when there are none.
  public func median() -> Double { quantile(0.5) }
  /// The value below which a fraction of those that are there lie.
  public func quantile(_ fraction: Double) -> Double { MartletNumerics.quantile(doubles.scalars, fraction) }

  var doubles: Matrix { Matrix(present.map(\.columnDouble)) }
}

/// A number that a column holds: `Double` or `Int`.
public protocol ColumnNumber: ColumnElement, Comparable {
  /// The same number with a fraction.
  var columnDouble: Double { get }
}

extension Double: ColumnNumber {
  public var columnDouble: Double { self }
}

extension Int: ColumnNumber {
  public var columnDouble: Double { Double(self) }
}
