import Foundation

extension AnyColumn {
  /// The given rows, in the given order.
  func taking(_ rows: RowIndex) -> AnyColumn {
    let validity = rows.gather(validity)
    switch content {
    case .double(let column):
      return Self.doubles(column.name, rows.gather(column.storage.values, blank: 0), validity)
    case .int(let column):
      return Self.ints(column.name, rows.gather(column.storage.values, blank: 0), validity)
    case .bool(let column):
      return Self.bools(column.name, rows.gather(column.storage.values, blank: false), validity)
    case .string(let column):
      // Code 0 may stand for a row that is not there only where there is a text 0.
      let pool = column.storage.pool.count == 0 && rows.count > 0 ? TextPool.blank : column.storage.pool
      return Self.texts(column.name, rows.gather(column.storage.codes, blank: 0), pool, validity)
    case .date(let column):
      return Self.ticks(column.name, rows.gather(column.storage.ticks, blank: 0), validity)
    }
  }

  /// The same values, of which those are missing that `validity` does not have.
  func withValidity(_ validity: ValidityBitmap) -> AnyColumn {
    switch content {
    case .double(let column): Self.doubles(column.name, column.storage.values, validity)
    case .int(let column): Self.ints(column.name, column.storage.values, validity)
    case .bool(let column): Self.bools(column.name, column.storage.values, validity)
    case .string(let column): Self.texts(column.name, column.storage.codes, column.storage.pool, validity)
    case .date(let column): Self.ticks(column.name, column.storage.ticks, validity)
    }
  }

  /// A column of a type without any value.
  static func allMissing(_ name: String, _ type: ColumnType, count: Int) -> AnyColumn {
    let validity = ValidityBitmap(allMissing: count)
    switch type {
    case .double: return doubles(name, [Double](repeating: 0, count: count), validity)
    case .int: return ints(name, [Int](repeating: 0, count: count), validity)
    case .bool: return bools(name, [Bool](repeating: false, count: count), validity)
    case .date: return ticks(name, [Int](repeating: 0, count: count), validity)
    default: return texts(name, [Int32](repeating: 0, count: count), .blank, validity)
    }
  }

  static func doubles(_ name: String, _ values: [Double], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.double(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func ints(_ name: String, _ values: [Int], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.int(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func bools(_ name: String, _ values: [Bool], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.bool(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func texts(_ name: String, _ codes: [Int32], _ pool: TextPool, _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(
      .string(Column(name: name, storage: DictionaryColumnStorage(codes: codes, pool: pool), validity: validity)))
  }

  static func ticks(_ name: String, _ ticks: [Int], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.date(Column(name: name, storage: DateColumnStorage(ticks: ticks), validity: validity)))
  }
}
