import Foundation

/// A column to sort by, and in which direction.
struct SortKey {
  let column: AnyColumn
  let isAscending: Bool
}

/// The order in which rows come when they are sorted.
enum SortOrderOfRows {
  /// All rows, ordered by the first key, among equals by the second, and so on; rows equal in all keep their order.
  /// Rows without a value come last, NaN just before them in ascending order.
  static func rows(_ keys: [SortKey], rowCount: Int) -> [Int32] {
    var rows = [Int32](count: rowCount) { range, rows in for row in range { rows[row] = Int32(row) } }
    // From the least important key to the most important one: each pass keeps what the earlier ones did.
    for key in keys.reversed() { rows = sorted(rows, by: key) }
    return rows
  }

  private static func sorted(_ rows: [Int32], by key: SortKey) -> [Int32] {
    let validity = key.column.validity
    let present = validity.hasMissing ? rows.filter { validity[Int($0)] } : rows
    let missing = validity.hasMissing ? rows.filter { !validity[Int($0)] } : []
    let numbers = key.column.orderedNumbers()
    let flip: UInt64 = key.isAscending ? 0 : .max
    let keys = numbers.withPointer { numbers in
      present.withPointer { rows in
        [UInt64](count: present.count) { range, keys in
          for place in range { keys[place] = numbers[Int(rows[place])] ^ flip }
        }
      }
    }
    return RadixSort.sorted(present, by: keys) + missing
  }
}

extension AnyColumn {
  /// A number for each row that sorts as the values do; equal values have equal numbers.
  func orderedNumbers() -> [UInt64] {
    switch content {
    case .double(let column):
      return column.storage.values.withPointer { values in
        [UInt64](count: count) { range, numbers in for row in range { numbers[row] = Self.ordered(values[row]) } }
      }
    case .float, .int32: return widened.orderedNumbers()
    case .int(let column): return Self.ordered(column.storage.values)
    case .date(let column): return Self.ordered(column.storage.ticks)
    case .bool(let column): return column.storage.values.map { $0 ? 1 : 0 }
    case .categorical(let column): return column.storage.texts.codes.map { UInt64($0) }
    case .doubleLists(let column): return Self.ranks(of: column.storage.values.map { $0.map { Self.ordered($0) } })
    case .intLists(let column): return Self.ranks(of: column.storage.values.map { Self.ordered($0) })
    case .textLists(let column):
      let (pool, codes) = TextPool.merging(column.storage.values.flatMap { $0 })
      let places = pool.ranks
      var next = codes.makeIterator()
      return Self.ranks(
        of: column.storage.values.map { list in list.map { _ in UInt64(places[Int(next.next() ?? 0)]) } })
    case .tensor(let column):
      return Self.ranks(of: column.storage.values.map { $0.scalars.map { Self.ordered(Double($0)) } })
    case .string(let column):
      let ranks = column.storage.pool.ranks
      return column.storage.codes.withPointer { codes in
        ranks.withPointer { ranks in
          [UInt64](count: count) { range, numbers in
            for row in range { numbers[row] = UInt64(truncatingIfNeeded: ranks[Int(codes[row])]) }
          }
        }
      }
    }
  }

  /// Lists come in the order of their first values, among equals of their second, and so on; a shorter one before a longer
  /// one that starts like it.
  private static func ranks(of lists: [[UInt64]]) -> [UInt64] {
    let order = Set(lists).sorted { $0.lexicographicallyPrecedes($1) }
    let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, UInt64($0)) })
    return lists.map { ranks[$0] ?? 0 }
  }

  /// NaN comes after every number, and both zeros are the same.
  @inline(__always)
  private static func ordered(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func ordered(_ values: [Int]) -> [UInt64] {
    values.withPointer { pointer in
      [UInt64](count: values.count) { range, numbers in
        for row in range { numbers[row] = UInt64(bitPattern: Int64(pointer[row])) ^ 1 << 63 }
      }
    }
  }
}
