/// Spares the compiler the reading of what it does not need in a cell's module.
///
/// Three quarters of a small module is a table with the names of its record types, for tools that dump modules; the
/// compiler reads through it, letter by letter, and forgets it, each time that it loads the module. Here that table is
/// wrapped into a block of an unknown kind, which a reader of LLVM bitstreams jumps over by its length; nothing else
/// moves. It halves what an earlier cell costs a later one.
enum ModuleTrimming {
  /// A bitstream block's header: two bits that enter it, eight of its kind, four of its abbreviations' width, then
  /// padding.
  private enum Header {
    static let enter: UInt32 = 1
    static let blockInformation: UInt32 = 0
    static let unknownKind: UInt32 = 126
    static let width: UInt32 = 2

    static func word(kind: UInt32) -> UInt32 { enter | kind << 2 | width << 10 }
  }

  /// A module file with its table wrapped; `nil` when the file has another form than expected.
  static func trimmed(_ bytes: [UInt8]) -> [UInt8]? {
    let magic: [UInt8] = [0xe2, 0x9c, 0xa8, 0x0e]
    guard bytes.starts(with: magic), let header = bytes.word(at: 4), let length = bytes.word(at: 8),
      header == Header.word(kind: Header.blockInformation), length > 4, 12 + 4 * Int(length) <= bytes.count
    else { return nil }
    var result = bytes
    put(Header.word(kind: Header.unknownKind), into: &result, at: 12)
    // Between the inner block's header of two words and the outer block's end of one lies what is jumped over.
    put(length - 3, into: &result, at: 16)
    put(0, into: &result, at: 12 + 4 * Int(length) - 4)
    return result
  }

  private static func put(_ word: UInt32, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(8 * index)) }
  }
}
