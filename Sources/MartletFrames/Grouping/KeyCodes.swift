import Foundation

/// A number below `limit` for each row, such that rows are equal in their keys exactly where the numbers are equal.
struct KeyCodes {
  let codes: [Int32]
  let limit: Int

  /// How large a table may be that has a place for each possible number of so many rows.
  static func tableLimit(_ rows: Int) -> Int { 4 * rows + 65_536 }

  /// Numbers that sort as the keys do (by the first column, among equals by the second, …), a missing value last.
  init(sorting columns: [AnyColumn], rowCount: Int) {
    self = Self.codes(of: columns, rowCount: rowCount, isSorted: true)
  }

  /// Numbers in any order.
  init(of columns: [AnyColumn], rowCount: Int) {
    self = Self.codes(of: columns, rowCount: rowCount, isSorted: false)
  }

  init(codes: [Int32], limit: Int) {
    self.codes = codes
    self.limit = limit
  }

  private static func codes(of columns: [AnyColumn], rowCount: Int, isSorted: Bool) -> KeyCodes {
    guard let first = columns.first else {
      return KeyCodes(codes: [Int32](repeating: 0, count: rowCount), limit: 1)
    }
    return columns.dropFirst().reduce(codes(of: first, isSorted: isSorted)) { keys, column in
      combined(keys, codes(of: column, isSorted: isSorted), isSorted: isSorted)
    }
  }

  private static func codes(of column: AnyColumn, isSorted: Bool) -> KeyCodes {
    switch column.content {
    case .bool(let bools):
      let codes = bools.storage.values.map { $0 ? 1 : 0 as Int32 }
      return KeyCodes(codes: codes, limit: 2).markingMissing(column.validity)
    case .string(let texts): return Self.codes(of: texts, isSorted: isSorted)
    case .categorical(let names):
      let (codes, pool) = (names.storage.texts.codes, names.storage.texts.pool)
      return KeyCodes(codes: codes, limit: max(pool.count, 1)).markingMissing(column.validity)
    case .double, .float, .int, .int32, .date, .doubleLists, .intLists, .textLists, .tensor:
      return Self.codes(of: column.orderedNumbers(), column.validity, isSorted: isSorted)
    }
  }

  /// Texts have numbers already; only their order may have to be found.
  private static func codes(of texts: Column<String>, isSorted: Bool) -> KeyCodes {
    let (codes, pool) = (texts.storage.codes, texts.storage.pool)
    if pool.count > tableLimit(codes.count) {
      // Few rows of what were many: number those that are left, in the order of their texts.
      var used = Set(codes)
      if codes.isEmpty { used = [] }
      let order = pool.order(of: Array(used))
      let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
      return KeyCodes(codes: codes.map { ranks[$0] ?? 0 }, limit: max(order.count, 1)).markingMissing(texts.validity)
    }
    guard isSorted else { return KeyCodes(codes: codes, limit: max(pool.count, 1)).markingMissing(texts.validity) }
    let ranks = pool.ranks
    let ranked = codes.withPointer { codes in
      ranks.withPointer { ranks in
        [Int32](count: texts.count) { range, ranked in for row in range { ranked[row] = ranks[Int(codes[row])] } }
      }
    }
    return KeyCodes(codes: ranked, limit: max(pool.count, 1)).markingMissing(texts.validity)
  }

  /// Numbers close together are their own codes, less the smallest; others are looked up.
  private static func codes(of numbers: [UInt64], _ validity: ValidityBitmap, isSorted: Bool) -> KeyCodes {
    let (least, largest) = DistinctNumbers.extremes(numbers, validity)
    if least > largest {
      return KeyCodes(codes: [Int32](repeating: 0, count: numbers.count), limit: 1).markingMissing(validity)
    }
    if largest - least < UInt64(tableLimit(numbers.count)) {
      let codes = numbers.withPointer { numbers in
        [Int32](count: validity.count) { range, codes in
          for row in range { codes[row] = Int32(truncatingIfNeeded: numbers[row] &- least) }
        }
      }
      return KeyCodes(codes: codes, limit: Int(largest - least) + 1).markingMissing(validity)
    }
    let (codes, limit) = DistinctNumbers.codes(numbers, validity, isSorted: isSorted)
    return KeyCodes(codes: codes, limit: limit).markingMissing(validity)
  }

  /// Rows without a value get a number of their own, the largest.
  private func markingMissing(_ validity: ValidityBitmap) -> KeyCodes {
    guard validity.hasMissing else { return self }
    let marked = codes.withPointer { codes in
      [Int32](count: validity.count) { range, marked in
        for row in range { marked[row] = validity[row] ? codes[row] : Int32(limit) }
      }
    }
    return KeyCodes(codes: marked, limit: limit + 1)
  }

  private static func combined(_ a: KeyCodes, _ b: KeyCodes, isSorted: Bool) -> KeyCodes {
    let count = a.codes.count
    if a.limit * b.limit <= tableLimit(count) {
      let factor = Int32(b.limit)
      let codes = a.codes.withPointer { first in
        b.codes.withPointer { second in
          [Int32](count: count) { range, codes in for row in range { codes[row] = first[row] * factor + second[row] } }
        }
      }
      return KeyCodes(codes: codes, limit: a.limit * b.limit)
    }
    let factor = UInt64(b.limit)
    let numbers = a.codes.withPointer { first in
      b.codes.withPointer { second in
        [UInt64](count: count) { range, numbers in
          for row in range { numbers[row] = UInt64(first[row]) * factor + UInt64(second[row]) }
        }
      }
    }
    let (codes, limit) = DistinctNumbers.codes(numbers, ValidityBitmap(allValid: count), isSorted: isSorted)
    return KeyCodes(codes: codes, limit: limit)
  }
}
