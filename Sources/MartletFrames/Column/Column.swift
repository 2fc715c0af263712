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
  ///
  /// It steps back where values without `nil` fit: the compiler would weigh both for every column of a frame, and four
  /// columns made by closures took 12 s to type-check instead of 0.1 s.
  @_disfavoredOverload
  public init(_ name: String, _ values: [Element?]) {
    self.init(
      name: name, storage: Element.Storage(filling: values),
      validity: ValidityBitmap(count: values.count) { values[$0] != nil })
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

  /// The first row: 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { storage.count }
  /// The value of a row; `nil` when it is missing. Stops the cell outside the column.
  public subscript(row: Int) -> Element? { validity[row] ? storage[row] : nil }

  /// How many rows have no value.
  public var missingCount: Int { validity.missingCount }

  /// The values that are there, in order.
  public var present: [Element] {
    let values = storage.array
    return validity.hasMissing ? values.indices.filter { validity[$0] }.map { values[$0] } : values
  }

  /// Every value, when none is missing.
  ///
  ///     let labels = try iris["species", String.self].values()
  /// - Throws: ``FrameError`` of kind `missingValues`, with the first row that has none.
  /// - Complexity: O(1) for numbers and truth values, O(n) for texts and dates.
  public func values() throws(FrameError) -> [Element] {
    if validity.hasMissing {
      throw .missingValues(name, count: missingCount, first: indices.first { !validity[$0] } ?? 0)
    }
    return storage.array
  }

  /// The different values that are there, in ascending order; texts in that of their code points, NaN last.
  public var distinct: [Element] {
    let column = AnyColumn(self)
    let rows = DistinctRows.first(of: [column]).rows
    return AnyColumn(self).taking(RowIndex(rows)).sortedPresent(as: Element.self)
  }
}

extension AnyColumn {
  /// The values that are there in ascending order, of a column known to be of this type.
  fileprivate func sortedPresent<Element: ColumnElement>(as type: Element.Type) -> [Element] {
    let order = SortOrderOfRows.rows([SortKey(column: self, isAscending: true)], rowCount: count)
    return Element._restore(taking(RowIndex(order)))?.present ?? []
  }
}

extension Column: Equatable {
  /// Whether names, values and missing rows are the same.
  public static func == (a: Column, b: Column) -> Bool { a.name == b.name && a.elementsEqual(b) }
}
