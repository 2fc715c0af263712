/// Sorts the ranks of a node's samples, keeping track of which sample each was.
///
/// An entry is a rank in the upper half of 64 bits and a place in the lower. Short rows are sorted by counting for each
/// entry how many come before it, which needs no branch and runs in vector registers; long ones by their digits, eight bits
/// at a time, the last first.
struct RankSort {
  private static let worthDigits = 96

  private let spare: UnsafeMutablePointer<UInt64>
  private let counts: UnsafeMutablePointer<UInt32>

  /// - Parameter capacity: the most entries there will be.
  init(capacity: Int) {
    spare = .allocate(capacity: max(1, capacity))
    counts = .allocate(capacity: 256)
  }

  func deallocate() {
    spare.deallocate()
    counts.deallocate()
  }

  /// Sorts `entries` by rank; equal ranks in any order that depends on the entries alone.
  ///
  /// - Parameter differing: the bits in which ranks differ; passes over others are left out.
  @inline(__always)
  func sort(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int, differing: UInt32) {
    if count < Self.worthDigits { sortByCounting(entries, count) } else { sortByDigits(entries, count, differing) }
  }

  private func sortByCounting(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int) {
    // No two entries are equal: their places differ.
    for i in 0..<count {
      let entry = entries[i]
      var before: UInt64 = 0
      for j in 0..<count { before &+= entries[j] < entry ? 1 : 0 }
      spare[Int(truncatingIfNeeded: before)] = entry
    }
    entries.update(from: spare, count: count)
  }

  private func sortByDigits(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int, _ differing: UInt32) {
    var (from, to) = (entries, spare)
    for shift in stride(from: 0, to: 32, by: 8) where (differing >> UInt32(shift)) & 0xff != 0 {
      counts.update(repeating: 0, count: 256)
      let shift = UInt64(shift + 32)
      for i in 0..<count { counts[Int(truncatingIfNeeded: (from[i] >> shift) & 0xff)] &+= 1 }
      var place: UInt32 = 0
      for digit in 0..<256 {
        let found = counts[digit]
        counts[digit] = place
        place &+= found
      }
      for i in 0..<count {
        let digit = Int(truncatingIfNeeded: (from[i] >> shift) & 0xff)
        to[Int(counts[digit])] = from[i]
        counts[digit] &+= 1
      }
      swap(&from, &to)
    }
    if from != entries { entries.update(from: from, count: count) }
  }
}
