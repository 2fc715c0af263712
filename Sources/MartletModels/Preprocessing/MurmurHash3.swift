/// The 32-bit hash MurmurHash3 of Austin Appleby, which is in the public domain: what spreads terms and categories over
/// columns.
package enum MurmurHash3 {
  /// The column of a term among `columns`, and whether it counts negatively. (scikit-learn: `FeatureHasher`)
  package static func place(of term: UnsafeBufferPointer<UInt8>, among columns: Int) -> (
    column: Int32, isNegative: Bool
  ) {
    let hash = Int64(Int32(bitPattern: hash(term)))
    let count = Int64(columns)
    // The smallest number has no absolute value of its own type.
    let column = hash == Int64(Int32.min) ? (Int64(Int32.max) - (count - 1)) % count : abs(hash) % count
    return (Int32(column), hash < 0)
  }

  static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt32 = 0) -> UInt32 {
    let whole = bytes.count / 4 * 4
    var hash = seed
    for place in stride(from: 0, to: whole, by: 4) {
      let block =
        UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
        | UInt32(bytes[place + 3]) << 24
      hash = rotated(hash ^ mixed(block), 13) &* 5 &+ 0xe654_6b64
    }
    var rest: UInt32 = 0
    for place in (whole..<bytes.count).reversed() { rest = rest << 8 | UInt32(bytes[place]) }
    hash ^= mixed(rest) ^ UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85eb_ca6b
    hash = (hash ^ hash >> 13) &* 0xc2b2_ae35
    return hash ^ hash >> 16
  }

  private static func mixed(_ block: UInt32) -> UInt32 { rotated(block &* 0xcc9e_2d51, 15) &* 0x1b87_3593 }

  private static func rotated(_ bits: UInt32, _ count: UInt32) -> UInt32 { bits << count | bits >> (32 - count) }
}
