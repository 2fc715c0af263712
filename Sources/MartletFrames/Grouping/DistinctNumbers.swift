/// Finds the different ones among many numbers.
enum DistinctNumbers {
  /// The smallest and the largest of the numbers that are there; the largest is below the smallest when none is.
  static func extremes(_ numbers: [UInt64], _ validity: ValidityBitmap) -> (least: UInt64, largest: UInt64) {
    let parts = Parallel.blockCount(numbers.count)
    var found = [(UInt64, UInt64)](repeating: (.max, .min), count: parts)
    numbers.withPointer { pointer in
      found.withMutablePointer { found in
        Parallel.perform(parts) { part in
          var (least, largest) = (UInt64.max, UInt64.min)
          for row in Parallel.block(part, of: numbers.count) where validity[row] {
            least = min(least, pointer[row])
            largest = max(largest, pointer[row])
          }
          found[part] = (least, largest)
        }
      }
    }
    return (found.map(\.0).min() ?? .max, found.map(\.1).max() ?? .min)
  }

  /// For each row a code: equal numbers have equal ones, counted from 0 in order of appearance or of the numbers.
  static func codes(
    _ numbers: [UInt64], _ validity: ValidityBitmap, isSorted: Bool
  ) -> (codes: [Int32], limit: Int) {
    var table = NumberTable(expecting: numbers.count)
    var codes = [Int32](repeating: 0, count: numbers.count)
    codes.withMutablePointer { codes in
      for row in numbers.indices where validity[row] { codes[row] = table.code(for: numbers[row]) }
    }
    let limit = max(table.numbers.count, 1)
    guard isSorted else { return (codes, limit) }
    let order = RadixSort.sorted(table.numbers.indices.map { Int32($0) }, by: table.numbers)
    var ranks = [Int32](repeating: 0, count: limit)
    for (rank, code) in order.enumerated() { ranks[Int(code)] = Int32(rank) }
    let ranked = codes.withPointer { codes in
      ranks.withPointer { ranks in
        [Int32](count: numbers.count) { range, ranked in for row in range { ranked[row] = ranks[Int(codes[row])] } }
      }
    }
    return (ranked, limit)
  }
}

/// Numbers the different ones among numbers in order of appearance.
struct NumberTable {
  /// Each different number once.
  private(set) var numbers: [UInt64] = []
  /// For each slot, a number's code plus 1; 0 where it is free.
  private var slots: [Int32]
  private var mask: Int
  private let seed = TextHash.seed

  init(expecting count: Int) {
    var size = 1024
    while size < min(count, 1 << 16) * 2 { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
    mask = size - 1
  }

  @inline(__always)
  mutating func code(for number: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: TextHash.hash(number, seed)) & mask
    while slots[slot] != 0 {
      if numbers[Int(slots[slot]) - 1] == number { return slots[slot] - 1 }
      slot = (slot + 1) & mask
    }
    numbers.append(number)
    slots[slot] = Int32(numbers.count)
    if numbers.count * 2 > slots.count { grow() }
    return Int32(numbers.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    mask = slots.count - 1
    for (code, number) in numbers.enumerated() {
      var slot = Int(truncatingIfNeeded: TextHash.hash(number, seed)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code + 1)
    }
  }
}
