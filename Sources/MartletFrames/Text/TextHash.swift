/// Hashes short texts, eight bytes at a time.
enum TextHash {
  /// Differs from process to process, so that no file can be made to collide.
  static let seed = UInt64.random(in: .min ... .max)

  /// The first and the last eight bytes of a text, which overlap in one of up to fifteen; with its length they are all
  /// there is of one of up to sixteen.
  struct Ends: BitwiseCopyable {
    let first: UInt64
    let last: UInt64

    @inline(__always)
    init(_ text: UnsafePointer<UInt8>, _ count: Int) {
      let raw = UnsafeRawPointer(text)
      if count >= 8 {
        first = raw.loadUnaligned(as: UInt64.self)
        last = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      } else if count >= 4 {
        first = UInt64(raw.loadUnaligned(as: UInt32.self))
        last = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      } else if count > 0 {
        first = UInt64(text[0]) | UInt64(text[count / 2]) << 8 | UInt64(text[count &- 1]) << 16
        last = 0
      } else {
        (first, last) = (0, 0)
      }
    }
  }

  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  static func hash(_ text: UnsafePointer<UInt8>, _ count: Int, _ ends: Ends, _ seed: UInt64) -> UInt64 {
    var state = mix(seed ^ ends.first, 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count))
    if count > 16 {
      let raw = UnsafeRawPointer(text)
      var place = 8
      while place < count &- 8 {
        state = mix(state ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self), 0xA076_1D64_78BD_642F)
        place &+= 8
      }
    }
    return mix(state ^ ends.last, 0xD6E8_FEB8_6659_FD93)
  }

  /// A hash of a whole number.
  @inline(__always)
  static func hash(_ number: UInt64, _ seed: UInt64) -> UInt64 { mix(number ^ seed, 0x9E37_79B9_7F4A_7C15) }
}
