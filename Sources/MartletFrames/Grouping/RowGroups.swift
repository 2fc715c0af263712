import Foundation

/// Which group each row belongs to.
struct RowGroups {
  /// For each row the number of its group, counted from 0 in ascending order of the keys.
  let ids: [Int32]
  /// How many groups there are.
  let count: Int
  /// The first row of each group.
  let firstRows: [Int32]

  /// Groups in ascending order of the keys, a missing value last.
  init(by columns: [AnyColumn], rowCount: Int) {
    self.init(KeyCodes(sorting: columns, rowCount: rowCount))
  }

  /// Groups that are known, some of which may have no row.
  init(ids: [Int32], firstRows: [Int32]) {
    self.ids = ids
    self.firstRows = firstRows
    count = firstRows.count
  }

  /// All rows as one group, which is there even without rows.
  init(wholeOf rowCount: Int) {
    ids = [Int32](repeating: 0, count: rowCount)
    count = 1
    firstRows = [0]
  }

  init(_ keys: KeyCodes) {
    let rowCount = keys.codes.count
    // The first row of each code; codes without one are not groups.
    var firsts = [Int32](repeating: -1, count: keys.limit)
    firsts.withMutablePointer { firsts in
      keys.codes.withUnsafeBufferPointer { codes in
        for row in codes.indices where firsts[Int(codes[row])] < 0 { firsts[Int(codes[row])] = Int32(row) }
      }
    }
    var numbers = [Int32](repeating: 0, count: keys.limit)
    var found: [Int32] = []
    for code in firsts.indices where firsts[code] >= 0 {
      numbers[code] = Int32(found.count)
      found.append(firsts[code])
    }
    count = found.count
    firstRows = found
    if found.count == keys.limit {
      ids = keys.codes
      return
    }
    ids = keys.codes.withPointer { codes in
      numbers.withPointer { numbers in
        [Int32](count: rowCount) { range, ids in for row in range { ids[row] = numbers[Int(codes[row])] } }
      }
    }
  }

  /// How many rows each group has.
  func sizes() -> [Int] {
    accumulate(0) { sizes, range in
      ids.withPointer { ids in for row in range { sizes[Int(ids[row])] += 1 } }
    } merge: {
      $0 += $1
    }
  }

  /// The rows, those of the first group first and in their order within each; and where each group starts and the last
  /// one ends.
  func arranged() -> (rows: [Int32], starts: [Int]) {
    var starts = [0]
    starts.reserveCapacity(count + 1)
    for size in sizes() { starts.append(starts[starts.count - 1] + size) }
    var next = starts
    let rows = [Int32](unsafeUninitializedCapacity: ids.count) { rows, initialized in
      next.withMutablePointer { next in
        ids.withUnsafeBufferPointer { ids in
          for row in ids.indices {
            let group = Int(ids[row])
            rows[next[group]] = Int32(truncatingIfNeeded: row)
            next[group] += 1
          }
        }
      }
      initialized = ids.count
    }
    return (rows, starts)
  }

  /// One state for each group, to which every row is added; parts of the rows are added up apart and merged in order.
  ///
  /// How the rows are cut depends on their number alone, so the last bit of a sum does not depend on the machine.
  @inline(__always)
  func accumulate<State: BitwiseCopyable>(
    _ initial: State, add: (UnsafeMutablePointer<State>, Range<Int>) -> Void, merge: (inout State, State) -> Void
  ) -> [State] {
    let rowCount = ids.count
    let parts = rowCount >= 1 << 17 && count * 32 <= rowCount ? 8 : 1
    var states = [State](repeating: initial, count: count * parts)
    states.withMutablePointer { states in
      Parallel.perform(parts) { part in
        add(states + part * count, rowCount * part / parts..<rowCount * (part + 1) / parts)
      }
      for part in 1..<max(parts, 1) where parts > 1 {
        for group in 0..<count { merge(&states[group], states[part * count + group]) }
      }
    }
    if parts > 1 { states.removeLast(count * (parts - 1)) }
    return states
  }
}

/// Finds the rows that differ from all before them.
enum DistinctRows {
  /// The first row of each different combination of values, in the order of the rows.
  static func first(of columns: [AnyColumn]) -> RowIndex {
    let keys = KeyCodes(of: columns, rowCount: columns.first?.count ?? 0)
    var isKnown = [Bool](repeating: false, count: keys.limit)
    var rows: [Int32] = []
    keys.codes.withUnsafeBufferPointer { codes in
      isKnown.withMutablePointer { isKnown in
        for row in codes.indices where !isKnown[Int(codes[row])] {
          isKnown[Int(codes[row])] = true
          rows.append(Int32(row))
        }
      }
    }
    return RowIndex(rows)
  }
}
