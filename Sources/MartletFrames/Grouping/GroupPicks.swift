/// What picks one row of each group: the first, the last, the one with the smallest or largest value.
enum GroupPicks {
  /// The first row of each group that has a value; -1 where none has.
  static func first(_ validity: ValidityBitmap, _ groups: GroupedRows) -> RowIndex {
    let ids = groups.groups.ids
    var rows = [Int32](repeating: -1, count: groups.count)
    for row in ids.indices where rows[Int(ids[row])] < 0 && validity[row] { rows[Int(ids[row])] = Int32(row) }
    return RowIndex(rows, mayBeAbsent: true)
  }

  /// The last row of each group that has a value; -1 where none has.
  static func last(_ validity: ValidityBitmap, _ groups: GroupedRows) -> RowIndex {
    let ids = groups.groups.ids
    var rows = [Int32](repeating: -1, count: groups.count)
    for row in ids.indices where validity[row] { rows[Int(ids[row])] = Int32(row) }
    return RowIndex(rows, mayBeAbsent: true)
  }

  /// The row of each group with the smallest value; of NaN, if there is one.
  static func least(_ column: AnyColumn, _ groups: GroupedRows) -> RowIndex {
    var numbers = column.orderedNumbers()
    if case .double(let doubles) = column.widened.content {
      for row in numbers.indices where doubles.storage.values[row].isNaN { numbers[row] = 0 }
    }
    return best(numbers, column.validity, groups.groups)
  }

  /// The row of each group with the largest value; of NaN, if there is one.
  static func largest(_ column: AnyColumn, _ groups: GroupedRows) -> RowIndex {
    best(column.orderedNumbers().map { ~$0 }, column.validity, groups.groups)
  }

  private struct Best: BitwiseCopyable {
    var number = UInt64.max
    var row: Int32 = -1
  }

  private static func best(_ numbers: [UInt64], _ validity: ValidityBitmap, _ groups: RowGroups) -> RowIndex {
    let best = numbers.withPointer { numbers in
      groups.ids.withPointer { ids in
        groups.accumulate(Best()) { best, range in
          for row in range where validity[row] {
            let group = Int(ids[row])
            if best[group].row < 0 || numbers[row] < best[group].number {
              best[group] = Best(number: numbers[row], row: Int32(truncatingIfNeeded: row))
            }
          }
        } merge: { a, b in
          if b.row >= 0 && (a.row < 0 || b.number < a.number) { a = b }
        }
      }
    }
    return RowIndex(best.map(\.row), mayBeAbsent: true)
  }

  static func distinctCounts(_ column: AnyColumn, _ groups: GroupedRows) -> [Int] {
    let ids = AnyColumn(Column("", groups.groups.ids.map { Int($0) }))
    var counts = [Int](repeating: 0, count: groups.count)
    for row in DistinctRows.first(of: [ids, column]).rows where column.isPresent(Int(row)) {
      counts[Int(groups.groups.ids[Int(row)])] += 1
    }
    return counts
  }
}
