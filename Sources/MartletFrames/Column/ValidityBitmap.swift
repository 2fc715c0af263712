/// Which rows of a column hold a value: one bit per row, and no bits at all while none is missing.
struct ValidityBitmap: Sendable, Hashable {
  private var words: [UInt64]?
  private(set) var count: Int

  init(allValid count: Int) { self.count = count }

  init(_ valid: some Collection<Bool>) {
    self.init(allValid: 0)
    for isValid in valid { append(isValid) }
  }

  subscript(row: Int) -> Bool {
    guard let words else { return true }
    return words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  mutating func append(_ isValid: Bool) {
    if words == nil && !isValid { words = [UInt64](repeating: .max, count: count / 64 + 1) }
    if words != nil {
      if count & 63 == 0 && words!.count <= count >> 6 { words!.append(.max) }  // not nil: just checked
      if !isValid { words![count >> 6] &= ~(1 << UInt64(count & 63)) }
    }
    count += 1
  }

  var missingCount: Int { words == nil ? 0 : (0..<count).count { !self[$0] } }
}
