import MartletNumerics

/// The samples of a boosted tree, those of each node together in ascending order.
final class RowPartition: @unchecked Sendable {  // pieces write to ranges that do not overlap
  /// So many samples are worth a piece of their own.
  private static let pieceLength = 1 << 13

  let count: Int
  // Plain memory, because every sample moves at every level; freed in `deinit`.
  let rows: UnsafeMutablePointer<UInt32>
  private let spare: UnsafeMutablePointer<UInt32>

  private let first: [UInt32]

  /// - Parameter samples: those to start every tree with.
  init(_ samples: some Collection<Int>) {
    count = samples.count
    rows = .allocate(capacity: max(1, samples.count))
    spare = .allocate(capacity: max(1, samples.count))
    first = samples.map(UInt32.init)
  }

  deinit {
    rows.deallocate()
    spare.deallocate()
  }

  /// Starts a new tree.
  /// - Parameter drawn: as many samples to start with; `nil` for the first ones.
  func reset(_ drawn: [Int]?) {
    for (place, sample) in (drawn.map { $0.map(UInt32.init) } ?? first).enumerated() { rows[place] = sample }
  }

  func sum(_ range: Range<Int>, _ values: UnsafePointer<Int64>) -> Int64 {
    // Only read.
    nonisolated(unsafe) let values = values
    let rows = rows + range.lowerBound
    return Parallel.mapRanges(range.count, length: 1 << 14) { piece in
      var sum: Int64 = 0
      for place in piece { sum &+= values[Int(rows[place])] }
      return sum
    }.reduce(0, &+)
  }

  /// How many samples' bins have a 1 in the table.
  func count(_ range: Range<Int>, _ column: UnsafePointer<UInt8>, _ table: [UInt8]) -> Int {
    nonisolated(unsafe) let column = column  // only read
    let rows = rows + range.lowerBound
    return Parallel.mapRanges(range.count, length: Self.pieceLength) { piece in
      table.withUnsafeBufferPointer { table in
        var count = 0
        for place in piece { count += Int(table[Int(column[Int(rows[place]) * BinnedFeatures.groupWidth])]) }
        return count
      }
    }.reduce(0, +)
  }

  /// Puts the samples whose bins have a 1 in the table before the others, each side in its old order.
  /// - Returns: where the right side begins.
  func partition(_ range: Range<Int>, _ column: UnsafePointer<UInt8>, _ table: [UInt8]) -> Int {
    nonisolated(unsafe) let column = column  // only read
    let (source, target) = (rows + range.lowerBound, spare + range.lowerBound)
    // Each piece puts its left samples at the front of its part of `spare` and its right ones, backwards, at the end.
    let lefts = Parallel.mapRanges(range.count, length: Self.pieceLength) { piece in
      table.withUnsafeBufferPointer { table in
        var (left, right) = (piece.lowerBound, piece.upperBound - 1)
        for place in piece {
          let row = source[place]
          let goesLeft = Int(table[Int(column[Int(row) * BinnedFeatures.groupWidth])])
          // The place is computed, not branched to: guesses would often be wrong.
          target[right + (left - right) * goesLeft] = row
          left += goesLeft
          right -= 1 - goesLeft
        }
        return left - piece.lowerBound
      }
    }
    var starts: [(left: Int, right: Int)] = []
    var (left, right) = (0, lefts.reduce(0, +))
    let border = range.lowerBound + right
    for (piece, count) in lefts.enumerated() {
      starts.append((left, right))
      left += count
      right += min((piece + 1) * Self.pieceLength, range.count) - piece * Self.pieceLength - count
    }
    Parallel.forEachRange(range.count, length: Self.pieceLength) { piece, places in
      let (left, right) = starts[piece]
      let count = lefts[piece]
      (source + left).update(from: target + places.lowerBound, count: count)
      for place in 0..<(places.count - count) { source[right + place] = target[places.upperBound - 1 - place] }
    }
    return border
  }
}
