/// Hashes short texts, eight bytes at a time.
enum TextHash {
  /// Differs from process to process, so that no file can be made to collide.
  static let seed = UInt64.random(in: .min ... .max)

  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  static func hash(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(text)
    var state = seed ^ UInt64(truncatingIfNeeded: count)
    if count >= 8 {
      var place = 0
      while place + 8 < count {
        state = mix(state ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self), 0x9E37_79B9_7F4A_7C15)
        place += 8
      }
      // The last eight bytes overlap the ones before rather than being fewer.
      let last = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      return mix(state ^ last, 0xD6E8_FEB8_6659_FD93)
    }
    var word: UInt64 = 0
    if count >= 4 {
      word = UInt64(raw.loadUnaligned(as: UInt32.self))
      word |= UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 32
    } else if count > 0 {
      word = UInt64(text[0]) | UInt64(text[count / 2]) << 8 | UInt64(text[count - 1]) << 16
    }
    return mix(state ^ word, 0xD6E8_FEB8_6659_FD93)
  }

  /// A hash of a whole number.
  @inline(__always)
  static func hash(_ number: UInt64) -> UInt64 { mix(number ^ seed, 0x9E37_79B9_7F4A_7C15) }
}
