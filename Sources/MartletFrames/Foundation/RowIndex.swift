/// Which rows to take, and in which order; the same row may be taken more than once.
struct RowIndex {
  /// The rows, from 0; -1 stands for a row that is not there, all of whose values are missing.
  let rows: [Int32]
  /// Whether there may be a row that is not there.
  let mayBeAbsent: Bool

  init(_ rows: [Int32], mayBeAbsent: Bool = false) {
    self.rows = rows
    self.mayBeAbsent = mayBeAbsent
  }

  init(_ rows: [Int]) { self.init(rows.map { Int32($0) }) }

  init(_ range: Range<Int>) { self.init(range.map { Int32($0) }) }

  var count: Int { rows.count }

  /// The rows at which `holds` is true.
  init(where holds: Column<Bool>) {
    var rows = [Int32](repeating: 0, count: holds.count)
    var count = 0
    holds.storage.values.withUnsafeBufferPointer { values in
      for row in values.indices {
        // Written always and counted where it holds: no branch to mispredict.
        rows[count] = Int32(truncatingIfNeeded: row)
        count += values[row] && holds.validity[row] ? 1 : 0
      }
    }
    rows.removeLast(rows.count - count)
    self.init(rows)
  }

  /// The values of these rows; those of rows that are not there are `blank`.
  func gather<Value: BitwiseCopyable>(_ values: [Value], blank: Value) -> [Value] {
    values.withPointer { values in
      rows.withPointer { rows in
        [Value](count: count) { range, gathered in
          if mayBeAbsent {
            for place in range { gathered[place] = rows[place] < 0 ? blank : values[Int(rows[place])] }
          } else {
            for place in range { gathered[place] = values[Int(rows[place])] }
          }
        }
      }
    }
  }

  /// Which of these rows hold a value.
  func gather(_ validity: ValidityBitmap) -> ValidityBitmap {
    if !mayBeAbsent && !validity.hasMissing { return ValidityBitmap(allValid: count) }
    return ValidityBitmap(count: count) { place in rows[place] >= 0 && validity[Int(rows[place])] }
  }
}
