import Foundation

extension AnyColumn {
  /// The numbers of a column of numbers, or of a `Bool` one (false is 0, true is 1); `nil` for a missing one.
  /// - Throws: ``FrameError`` of kind `type` for a column of anything else.
  public func numbers() throws(FrameError) -> [Double?] {
    let values = try doubleValues()
    return values.indices.map { validity[$0] ? values[$0] : nil }
  }

  /// The numbers of all rows; those of missing ones mean nothing.
  func doubleValues() throws(FrameError) -> [Double] {
    switch content {
    case .double(let column): return column.storage.values
    case .int(let column):
      return column.storage.values.withPointer { values in
        [Double](count: count) { range, doubles in for row in range { doubles[row] = Double(values[row]) } }
      }
    case .float(let column): return column.storage.values.map { Double($0) }
    case .int32(let column): return column.storage.values.map { Double($0) }
    case .bool(let column): return column.storage.values.map { $0 ? 1 : 0 }
    case .string, .date, .categorical, .doubleLists, .intLists, .textLists, .tensor:
      throw .wrongType(name, expected: .double, found: type)
    }
  }

  /// The numbers that are there.
  func presentDoubles() throws(FrameError) -> [Double] {
    let values = try doubleValues()
    return validity.hasMissing ? values.indices.filter { validity[$0] }.map { values[$0] } : values
  }

  /// The values as text, as they are written to CSV; `nil` for a missing one.
  ///
  /// Dates are written in UTC by ISO 8601: `2026-03-01`, or `2026-03-01T12:30:00Z` in a column that has times of day.
  /// Lists and tensors are written as JSON writes arrays: `[0.5, 1.0]`.
  public func texts() -> [String?] {
    switch content {
    case .double(let column): return column.map { $0.map { $0.description } }
    case .int(let column): return column.map { $0.map { $0.description } }
    case .float(let column): return column.map { $0.map { $0.description } }
    case .int32(let column): return column.map { $0.map { $0.description } }
    case .bool(let column): return column.map { $0.map { $0 ? "true" : "false" } }
    case .categorical(let column): return AnyColumn(column.names).texts()
    case .doubleLists(let column): return column.map { $0.map { NestedText.list($0) } }
    case .intLists(let column): return column.map { $0.map { NestedText.list($0) } }
    case .textLists(let column): return column.map { $0.map { NestedText.list($0) } }
    case .tensor(let column): return column.map { $0.map { NestedText.tensor($0) } }
    case .string(let column):
      let texts = column.storage.array
      return texts.indices.map { validity[$0] ? texts[$0] : nil }
    case .date(let column):
      let format = DateText(column)
      return column.storage.ticks.indices.map { validity[$0] ? format.text(column.storage.ticks[$0]) : nil }
    }
  }

  /// `Float` as `Double` and `Int32` as `Int`, which hold each of their values; any other column as it is.
  var widened: AnyColumn {
    switch content {
    case .float(let column): .doubles(column.name, column.storage.values.map { Double($0) }, column.validity)
    case .int32(let column): .ints(column.name, column.storage.values.map { Int($0) }, column.validity)
    default: self
    }
  }

  /// Whether a row has a value.
  func isPresent(_ row: Int) -> Bool { validity[row] }
}
