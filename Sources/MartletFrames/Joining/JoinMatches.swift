/// Which rows of two frames belong together.
struct JoinMatches {
  /// For each pair, the row of the left frame.
  private(set) var left: [Int32] = []
  /// For each pair, the row of the right frame; -1 where there is none.
  private(set) var right: [Int32] = []
  /// Whether the pairs have each left row once, in order.
  private(set) var keepsLeft = false

  /// The right frame's rows of each code: those of code c lie at `starts[c]` up to `starts[c + 1]`.
  struct Lookup {
    let starts: [Int32]
    let rows: [Int32]
    let isUnique: Bool

    init(_ codes: ArraySlice<Int32>, limit: Int) {
      var starts = [Int32](repeating: 0, count: limit + 2)
      for code in codes where code >= 0 { starts[Int(code) + 2] += 1 }
      isUnique = !starts.contains { $0 > 1 }
      for code in stride(from: 2, to: starts.count, by: 1) { starts[code] += starts[code - 1] }
      var rows = [Int32](repeating: 0, count: Int(starts[limit + 1]))
      for (row, code) in codes.enumerated() where code >= 0 {
        rows[Int(starts[Int(code) + 1])] = Int32(row)
        starts[Int(code) + 1] += 1
      }
      self.starts = starts
      self.rows = rows
    }
  }

  /// - Parameters:
  ///   - codes: equal where keys are equal, -1 where a key is missing; the left frame's rows, then the right frame's.
  ///   - keepsUnmatched: whether left rows without a partner stay.
  init(_ codes: [Int32], leftCount: Int, limit: Int, keepsUnmatched: Bool) {
    let lookup = Lookup(codes[leftCount...], limit: limit)
    if lookup.isUnique {
      matchOneToOne(codes, leftCount, lookup, keepsUnmatched)
    } else {
      matchMany(codes, leftCount, lookup, keepsUnmatched)
    }
  }

  private mutating func matchOneToOne(_ codes: [Int32], _ leftCount: Int, _ lookup: Lookup, _ keepsUnmatched: Bool) {
    let found = codes.withPointer { codes in
      lookup.starts.withPointer { starts in
        lookup.rows.withPointer { rows in
          [Int32](count: leftCount) { range, found in
            for row in range {
              let code = codes[row]
              if code < 0 {
                found[row] = -1
              } else {
                let start = starts[Int(code)]
                found[row] = start < starts[Int(code) + 1] ? rows[Int(start)] : -1
              }
            }
          }
        }
      }
    }
    if keepsUnmatched || !found.contains(-1) {
      keepsLeft = true
      right = found
      return
    }
    for row in 0..<leftCount where found[row] >= 0 {
      left.append(Int32(row))
      right.append(found[row])
    }
  }

  private mutating func matchMany(_ codes: [Int32], _ leftCount: Int, _ lookup: Lookup, _ keepsUnmatched: Bool) {
    // Where the pairs of each block of left rows start; then all blocks are written at the same time.
    let blocks = Parallel.blockCount(leftCount)
    var starts = [Int](repeating: 0, count: blocks + 1)
    let (firsts, rows) = (lookup.starts, lookup.rows)
    starts.withMutablePointer { starts in
      Parallel.perform(blocks) { block in
        var pairs = 0
        for row in Parallel.block(block, of: leftCount) {
          let code = Int(codes[row])
          let partners = code < 0 ? 0 : Int(firsts[code + 1] - firsts[code])
          pairs += partners == 0 && keepsUnmatched ? 1 : partners
        }
        starts[block + 1] = pairs
      }
    }
    for block in 0..<blocks { starts[block + 1] += starts[block] }
    guard starts[blocks] < Int(Int32.max) else {
      fatalError("This join has \(starts[blocks]) rows; a frame holds at most 2,147,483,646. Are the keys right?")
    }
    var pairs = [Int32](repeating: -1, count: starts[blocks])
    left = [Int32](unsafeUninitializedCapacity: starts[blocks]) { left, initialized in
      initialized = starts[blocks]
      guard let left = left.baseAddress else { return }
      pairs.withMutablePointer { right in
        Parallel.perform(blocks) { block in
          var place = starts[block]
          for row in Parallel.block(block, of: leftCount) {
            let code = Int(codes[row])
            let partners = code < 0 ? 0..<0 : Int(firsts[code])..<Int(firsts[code + 1])
            for partner in partners {
              left[place] = Int32(row)
              right[place] = rows[partner]
              place += 1
            }
            if partners.isEmpty && keepsUnmatched {
              left[place] = Int32(row)
              place += 1
            }
          }
        }
      }
    }
    right = pairs
  }
}
