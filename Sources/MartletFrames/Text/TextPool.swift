import Foundation

/// Different texts, numbered from 0, as UTF-8 in one block of memory.
struct TextPool: Sendable {
  /// The texts one after the other; each is valid UTF-8.
  let bytes: [UInt8]
  /// Where each text starts, and where the last one ends.
  let offsets: [Int]

  static let empty = TextPool(bytes: [], offsets: [0])

  var count: Int { offsets.count - 1 }

  subscript(code: Int) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      String(decoding: UnsafeBufferPointer(rebasing: bytes[offsets[code]..<offsets[code + 1]]), as: UTF8.self)
    }
  }

  /// Every text, in order.
  var texts: [String] { (0..<count).map { self[$0] } }

  /// Calls `body` with the bytes of a text.
  @inline(__always)
  func withBytes<Result>(_ code: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
    bytes.withPointer { body($0 + offsets[code], offsets[code + 1] - offsets[code]) }
  }

  /// Whether both are the same block of memory, so that their numbers mean the same.
  func isIdentical(to other: TextPool) -> Bool {
    offsets.withUnsafeBufferPointer { a in other.offsets.withUnsafeBufferPointer { $0.baseAddress == a.baseAddress } }
  }

  /// The numbers in the order of their texts' code points.
  /// - Complexity: O(k log k) comparisons, most of them of eight bytes at once.
  var order: [Int32] { order(of: (0..<count).map { Int32($0) }) }

  /// Some of the numbers in the order of their texts' code points.
  func order(of codes: [Int32]) -> [Int32] {
    bytes.withPointer { bytes in
      offsets.withPointer { offsets in
        var entries = codes.map { code -> (prefix: UInt64, code: Int) in
          (Self.prefix(bytes + offsets[Int(code)], offsets[Int(code) + 1] - offsets[Int(code)]), Int(code))
        }
        entries.sort { a, b in
          if a.prefix != b.prefix { return a.prefix < b.prefix }
          let (a, b) = (a.code, b.code)
          return Self.compare(
            bytes + offsets[a], offsets[a + 1] - offsets[a], bytes + offsets[b], offsets[b + 1] - offsets[b]) < 0
        }
        return entries.map { Int32($0.code) }
      }
    }
  }

  /// For each number, its place in ``order``.
  var ranks: [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, code) in order.enumerated() { ranks[Int(code)] = Int32(rank) }
    return ranks
  }

  /// The first eight bytes as a number that sorts as they do.
  private static func prefix(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    if count >= 8 { return UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).bigEndian }
    var prefix: UInt64 = 0
    for place in 0..<count { prefix |= UInt64(bytes[place]) << UInt64(56 - 8 * place) }
    return prefix
  }

  /// Negative, zero or positive, as the first text comes before, is, or comes after the second.
  static func compare(_ a: UnsafePointer<UInt8>, _ aCount: Int, _ b: UnsafePointer<UInt8>, _ bCount: Int) -> Int {
    let difference = memcmp(a, b, min(aCount, bCount))
    return difference != 0 ? Int(difference) : aCount - bCount
  }
}

extension TextPool {
  /// One empty text, for columns that have none but need a code.
  static let blank = TextPool(bytes: [], offsets: [0, 0])

  /// A pool of texts, and for each its number in it; equal texts share theirs.
  static func merging(_ texts: [String]) -> (pool: TextPool, codes: [Int32]) {
    let table = TextTable()
    let codes = texts.map { table.code(for: $0) }
    return (table.pool(), codes)
  }

  /// The number of a text; `nil` when it is not in the pool.
  /// - Complexity: O(k).
  func code(of text: String) -> Int32? {
    var text = text
    return text.withUTF8 { wanted in
      for code in 0..<count where offsets[code + 1] - offsets[code] == wanted.count {
        let isEqual = withBytes(code) { bytes, length in
          length == 0 || memcmp(bytes, wanted.baseAddress ?? bytes, length) == 0
        }
        if isEqual { return Int32(code) }
      }
      return nil
    }
  }
}
