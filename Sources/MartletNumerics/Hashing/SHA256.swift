/// The hash by which a file is known to be the one that was meant.
///
///     SHA256.hexadecimal(of: Array("abc".utf8))      // "ba7816bf8f01cfea…"
///
/// Reference: FIPS 180-4, Secure Hash Standard.
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// What does not fill a block of 64 bytes yet.
  private var waiting: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init() {}

  /// The hash of some bytes, as 64 digits.
  package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finished()
  }

  /// Takes more bytes in.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let before = waiting.count
    waiting += bytes
    byteCount += UInt64(waiting.count - before)
    var schedule = [UInt32](repeating: 0, count: 64)
    let whole = waiting.count / 64 * 64
    waiting.withUnsafeBufferPointer { bytes in
      for start in stride(from: 0, to: whole, by: 64) {
        mix(UnsafeBufferPointer(rebasing: bytes[start..<start + 64]), &schedule)
      }
    }
    waiting.removeFirst(whole)
  }

  /// The hash of everything taken in, as 64 digits.
  package consuming func finished() -> String {
    let bits = byteCount * 8
    let zeros = (119 - waiting.count % 64) % 64
    update(
      [0x80] + [UInt8](repeating: 0, count: zeros) + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func mix(_ block: UnsafeBufferPointer<UInt8>, _ w: inout [UInt32]) {
    for i in 0..<16 {
      w[i] =
        UInt32(block[4 * i]) << 24 | UInt32(block[4 * i + 1]) << 16 | UInt32(block[4 * i + 2]) << 8
        | UInt32(block[4 * i + 3])
    }
    for i in 16..<64 {
      let (early, late) = (w[i - 15], w[i - 2])
      let first = Self.turned(early, 7) ^ Self.turned(early, 18) ^ early >> 3
      let second = Self.turned(late, 17) ^ Self.turned(late, 19) ^ late >> 10
      w[i] = w[i - 16] &+ first &+ w[i - 7] &+ second
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for i in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let sum = Self.turned(e, 6) ^ Self.turned(e, 11) ^ Self.turned(e, 25)
      let first = h &+ sum &+ choice &+ Self.constants[i] &+ w[i]
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let second = (Self.turned(a, 2) ^ Self.turned(a, 13) ^ Self.turned(a, 22)) &+ majority
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (i, word) in [a, b, c, d, e, f, g, h].enumerated() { state[i] &+= word }
  }

  private static func turned(_ word: UInt32, _ distance: UInt32) -> UInt32 {
    word >> distance | word << (32 - distance)
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    let primes = (2...311).filter { number in !(2..<number).contains { number.isMultiple(of: $0) } }
    return primes.map { prime in
      // The largest whole r with r³ ≤ prime · 2⁹⁶; its lower 32 bits are the fraction.
      let cube = UInt128(prime) << 96
      var root: UInt128 = 0
      for bit in (0..<36).reversed() {
        let next = root | 1 << UInt128(bit)
        if next * next * next <= cube { root = next }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }()
}
