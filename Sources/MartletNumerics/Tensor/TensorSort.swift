import CMartletRuntime

/// Sorting by keys of 64 bits whose order is the elements' order.
///
/// Short rows are sorted by comparing, long ones by their digits: eleven bits at a time, the last digit first, each
/// pass keeping the order of the one before. Passes in which all elements share the digit are left out.
enum TensorSort {
  private static let digitBits = 11
  private static let worthDigits = 512

  /// The places 0, 1, … in the order of their keys; equal keys keep their order.
  @inline(__always)
  static func places(_ count: Int, _ key: (Int) -> UInt64) -> [Int] {
    var entries = [(key: UInt64, place: Int)](unsafeUninitializedCapacity: count) { target, filled in
      for i in 0..<count { target[i] = (key(i), i) }
      filled = count
    }
    if count < worthDigits {
      entries.sort { $0.key < $1.key || ($0.key == $1.key && $0.place < $1.place) }
    } else {
      sortByDigits(&entries) { $0.key }
    }
    return entries.map(\.place)
  }

  /// Sorts elements that their keys can be turned back into.
  @inline(__always)
  static func sort<Element>(
    _ a: UnsafeMutablePointer<Element>, _ count: Int, key: (Element) -> UInt64, element: (UInt64) -> Element
  ) {
    var keys = [UInt64](unsafeUninitializedCapacity: count) { target, filled in
      for i in 0..<count { target[i] = key(a[i]) }
      filled = count
    }
    if count < worthDigits { keys.sort() } else { sortByDigits(&keys) { $0 } }
    for i in 0..<count { a[i] = element(keys[i]) }
  }

  @inline(__always)
  private static func sortByDigits<Entry>(_ entries: inout [Entry], _ key: (Entry) -> UInt64) {
    let (count, passes, size) = (entries.count, (64 + digitBits - 1) / digitBits, 1 << digitBits)
    var counts = [Int](repeating: 0, count: passes * size)
    for entry in entries {
      let bits = key(entry)
      for pass in 0..<passes {
        counts[pass * size + Int(truncatingIfNeeded: bits >> UInt64(pass * digitBits)) & (size - 1)] &+= 1
      }
    }
    var spare = entries
    for pass in 0..<passes {
      martlet_poll()
      let shift = UInt64(pass * digitBits)
      if counts[pass * size..<(pass + 1) * size].contains(count) { continue }
      var place = 0
      for digit in pass * size..<(pass + 1) * size { (counts[digit], place) = (place, place + counts[digit]) }
      counts.withUnsafeMutableBufferPointer { counts in
        entries.withUnsafeBufferPointer { from in
          spare.withUnsafeMutableBufferPointer { to in
            for entry in from {
              let digit = pass * size + Int(truncatingIfNeeded: key(entry) >> shift) & (size - 1)
              to[counts[digit]] = entry
              counts[digit] &+= 1
            }
          }
        }
      }
      swap(&entries, &spare)
    }
  }
}

// Keys in the order of the numbers: the sign is turned over, negative floats entirely, and every NaN comes last.

extension Double {
  var sortKey: UInt64 {
    if isNaN { return .max }
    return (self == 0 ? 0 : self).exactSortKey
  }
  /// Zero's sign counts: the number can be had back.
  var exactSortKey: UInt64 {
    if isNaN { return .max }
    return bitPattern >> 63 == 0 ? bitPattern | 1 << 63 : ~bitPattern
  }
  init(sortKey: UInt64) {
    if sortKey == .max {
      self = .nan
    } else {
      self.init(bitPattern: sortKey >> 63 == 1 ? sortKey & ~(1 << 63) : ~sortKey)
    }
  }
}

extension Float {
  var sortKey: UInt64 {
    if isNaN { return UInt64(UInt32.max) }
    return (self == 0 ? 0 : self).exactSortKey
  }
  /// Zero's sign counts: the number can be had back.
  var exactSortKey: UInt64 {
    if isNaN { return UInt64(UInt32.max) }
    return UInt64(bitPattern >> 31 == 0 ? bitPattern | 1 << 31 : ~bitPattern)
  }
  init(sortKey: UInt64) {
    let key = UInt32(truncatingIfNeeded: sortKey)
    if key == .max {
      self = .nan
    } else {
      self.init(bitPattern: key >> 31 == 1 ? key & ~(1 << 31) : ~key)
    }
  }
}

extension Int {
  var sortKey: UInt64 { UInt64(bitPattern: Int64(self)) ^ 1 << 63 }
  init(sortKey: UInt64) { self = Int(Int64(bitPattern: sortKey ^ 1 << 63)) }
}

extension Int32 {
  var sortKey: UInt64 { UInt64(UInt32(bitPattern: self) ^ 1 << 31) }
  init(sortKey: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: sortKey) ^ 1 << 31) }
}

extension UInt8 {
  var sortKey: UInt64 { UInt64(self) }
  init(sortKey: UInt64) { self.init(truncatingIfNeeded: sortKey) }
}
