import Foundation

/// Sorts rows by a number each, keeping the order of equal ones: by the leading digits into buckets, then each bucket.
enum RadixSort {
  /// A row and what it is sorted by.
  struct Entry: BitwiseCopyable {
    var key: UInt64
    var row: Int32
  }

  /// Below this many, inserting one by one is faster than another round of buckets.
  private static let insertionLimit = 40
  private static let largestDigit = 11

  /// - Returns: the rows in ascending order of `keys`, which has one number for each place of `rows`.
  /// - Complexity: O(n) for each digit that is needed to tell the keys apart; as a rule two or three.
  static func sorted(_ rows: [Int32], by keys: [UInt64]) -> [Int32] {
    let count = rows.count
    guard count > 1, !isAscending(keys) else { return rows }
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    let scratch = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    defer {
      entries.deallocate()
      scratch.deallocate()
    }
    keys.withPointer { keys in
      rows.withPointer { rows in
        Parallel.blocks(count) { for place in $0 { entries[place] = Entry(key: keys[place], row: rows[place]) } }
      }
    }
    if count < Parallel.blockRows / 2 {
      sortBucket(entries, scratch, count)
      return (0..<count).map { entries[$0].row }
    }
    sortInParallel(entries, scratch, count)
    return [Int32](count: count) { range, sorted in for place in range { sorted[place] = scratch[place].row } }
  }

  private static func isAscending(_ keys: [UInt64]) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      for place in 1..<keys.count where keys[place] < keys[place - 1] { return false }
      return true
    }
  }

  /// How a key is cut: what is taken off, how far it is moved, how many buckets there are.
  private struct Digit {
    let least: UInt64
    let shift: UInt64
    let bucketCount: Int

    /// `nil` when all keys are equal.
    init?(least: UInt64, largest: UInt64, count: Int) {
      if least == largest { return nil }
      let wanted = min(RadixSort.largestDigit, max(2, Int.bitWidth - count.leadingZeroBitCount - 3))
      let width = UInt64.bitWidth - (largest - least).leadingZeroBitCount
      self.least = least
      shift = UInt64(max(0, width - wanted))
      bucketCount = Int((largest - least) >> shift) + 1
    }

    @inline(__always)
    func bucket(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &- least) >> shift) }
  }

  private static func extremes(_ entries: UnsafePointer<Entry>, _ range: Range<Int>) -> (UInt64, UInt64) {
    var (least, largest) = (UInt64.max, UInt64.min)
    for place in range {
      least = min(least, entries[place].key)
      largest = max(largest, entries[place].key)
    }
    return (least, largest)
  }

  /// Leaves the sorted entries in `sorted`.
  private static func sortInParallel(
    _ entries: UnsafeMutablePointer<Entry>, _ sorted: UnsafeMutablePointer<Entry>, _ count: Int
  ) {
    let parts = min(16, Parallel.blockCount(count))
    func part(_ part: Int) -> Range<Int> { count * part / parts..<count * (part + 1) / parts }
    var extremes = [(UInt64, UInt64)](repeating: (0, 0), count: parts)
    extremes.withUnsafeMutableBufferPointer { extremes in
      let start = extremes.baseAddress!  // there is at least one part
      Parallel.perform(parts) { start[$0] = Self.extremes(entries, part($0)) }
    }
    let least = extremes.map(\.0).min() ?? 0
    guard let digit = Digit(least: least, largest: extremes.map(\.1).max() ?? 0, count: count) else {
      memcpy(sorted, entries, count * MemoryLayout<Entry>.stride)
      return
    }
    // For each part, where its entries of each bucket go.
    var places = [Int](repeating: 0, count: parts * digit.bucketCount)
    var starts = [Int](repeating: 0, count: digit.bucketCount + 1)
    places.withMutablePointer { places in
      Parallel.perform(parts) { piece in
        let counts = places + piece * digit.bucketCount
        for place in part(piece) { counts[digit.bucket(entries[place].key)] += 1 }
      }
      var next = 0
      for bucket in 0..<digit.bucketCount {
        starts[bucket] = next
        for piece in 0..<parts {
          let size = places[piece * digit.bucketCount + bucket]
          places[piece * digit.bucketCount + bucket] = next
          next += size
        }
      }
      starts[digit.bucketCount] = next
      Parallel.perform(parts) { piece in
        let next = places + piece * digit.bucketCount
        for place in part(piece) {
          let bucket = digit.bucket(entries[place].key)
          sorted[next[bucket]] = entries[place]
          next[bucket] += 1
        }
      }
    }
    let tasks = 64
    Parallel.perform(tasks) { task in
      let share = count * task / tasks..<count * (task + 1) / tasks
      for bucket in 0..<digit.bucketCount where share.contains(starts[bucket]) {
        sortBucket(sorted + starts[bucket], entries + starts[bucket], starts[bucket + 1] - starts[bucket])
      }
    }
  }

  /// Sorts in place, with as much scratch memory.
  private static func sortBucket(
    _ entries: UnsafeMutablePointer<Entry>, _ scratch: UnsafeMutablePointer<Entry>, _ count: Int
  ) {
    if count <= insertionLimit { return insert(entries, count) }
    let (least, largest) = extremes(entries, 0..<count)
    guard let digit = Digit(least: least, largest: largest, count: count) else { return }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: digit.bucketCount + 1) { starts in
      starts.initialize(repeating: 0)
      for place in 0..<count { starts[digit.bucket(entries[place].key) + 1] += 1 }
      for bucket in 0..<digit.bucketCount { starts[bucket + 1] += starts[bucket] }
      for place in 0..<count {
        let bucket = digit.bucket(entries[place].key)
        scratch[Int(starts[bucket])] = entries[place]
        starts[bucket] += 1
      }
      memcpy(entries, scratch, count * MemoryLayout<Entry>.stride)
      // Each start has become the end of its bucket.
      var start = 0
      for bucket in 0..<digit.bucketCount {
        let end = Int(starts[bucket])
        if end - start > 1 { sortBucket(entries + start, scratch + start, end - start) }
        start = end
      }
    }
  }

  private static func insert(_ entries: UnsafeMutablePointer<Entry>, _ count: Int) {
    for place in stride(from: 1, to: count, by: 1) {
      let entry = entries[place]
      var hole = place
      while hole > 0, entries[hole - 1].key > entry.key {
        entries[hole] = entries[hole - 1]
        hole -= 1
      }
      entries[hole] = entry
    }
  }
}
