/// Which rows of a column hold a value: one bit per row, and no bits at all while none is missing.
struct ValidityBitmap: Sendable, Hashable {
  /// A set bit for each row with a value; bits after the last row are set. `nil` when no row is missing.
  let words: [UInt64]?
  let count: Int

  init(allValid count: Int) {
    words = nil
    self.count = count
  }

  init(allMissing count: Int) { self.init(count: count) { _ in false } }

  /// - Parameter isValid: asked once for each row, for several at the same time.
  init(count: Int, isValid: (Int) -> Bool) {
    let words = [UInt64](unsafeUninitializedCapacity: (count + 63) / 64) { buffer, initialized in
      initialized = (count + 63) / 64
      guard let start = buffer.baseAddress else { return }
      Parallel.blocks(count) { rows in
        for word in rows.lowerBound / 64..<(rows.upperBound + 63) / 64 {
          var bits = UInt64.max
          for row in word * 64..<min(word * 64 + 64, count) where !isValid(row) { bits &= ~(1 << UInt64(row & 63)) }
          start[word] = bits
        }
      }
    }
    self.init(words: words, count: count)
  }

  init(words: [UInt64], count: Int) {
    self.words = words.allSatisfy { $0 == .max } ? nil : words
    self.count = count
  }

  init(_ valid: [Bool]) { self.init(count: valid.count) { valid[$0] } }

  @inline(__always)
  subscript(row: Int) -> Bool {
    guard let words else { return true }
    return words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  var hasMissing: Bool { words != nil }

  var missingCount: Int { words?.reduce(0) { $0 + (~$1).nonzeroBitCount } ?? 0 }

  /// Where both hold a value.
  func intersection(_ other: ValidityBitmap) -> ValidityBitmap {
    guard let words else { return other }
    guard let others = other.words else { return self }
    return ValidityBitmap(words: zip(words, others).map { $0 & $1 }, count: count)
  }

  /// The rows of several columns, one after the other.
  static func joined(_ parts: [ValidityBitmap]) -> ValidityBitmap {
    let count = parts.reduce(0) { $0 + $1.count }
    guard parts.contains(where: \.hasMissing) else { return ValidityBitmap(allValid: count) }
    var words = [UInt64](repeating: .max, count: (count + 63) / 64)
    var start = 0
    for part in parts {
      if part.hasMissing {
        for row in 0..<part.count where !part[row] { words[(start + row) >> 6] &= ~(1 << UInt64((start + row) & 63)) }
      }
      start += part.count
    }
    return ValidityBitmap(words: words, count: count)
  }
}
