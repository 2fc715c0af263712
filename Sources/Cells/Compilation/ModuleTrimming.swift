import Foundation

/// Spares the compiler the reading of what it does not need in a cell's module.
///
/// Every compilation reads the modules of all cells before it, so a long session slows down with what each of them
/// costs. Three quarters of a small module is a table with the names of its record types, for tools that dump modules;
/// the compiler reads through it, letter by letter, and forgets it. Here that table is wrapped into a block of an
/// unknown kind, which a reader of LLVM bitstreams jumps over by its length; nothing else moves. It takes a third off
/// the time of a cell after 300 others.
enum ModuleTrimming {
  /// Wraps the table of a module file, in place. A file of another form than expected is left as it is.
  static func trim(_ file: URL) {
    guard let data = try? Data(contentsOf: file), let trimmed = trimmed([UInt8](data)) else { return }
    // The module as the compiler wrote it serves as well, only slower.
    try? Data(trimmed).write(to: file)
  }

  /// A bitstream block's header: two bits that enter it, eight of its kind, four of its abbreviations' width, then
  /// padding.
  private enum Header {
    static let enter: UInt32 = 1
    static let blockInformation: UInt32 = 0
    static let unknownKind: UInt32 = 126
    static let width: UInt32 = 2

    static func word(kind: UInt32) -> UInt32 { enter | kind << 2 | width << 10 }
  }

  static func trimmed(_ bytes: [UInt8]) -> [UInt8]? {
    let magic: [UInt8] = [0xe2, 0x9c, 0xa8, 0x0e]
    guard bytes.starts(with: magic), let header = word(bytes, at: 4), let length = word(bytes, at: 8),
      header == Header.word(kind: Header.blockInformation), length > 4, 12 + 4 * Int(length) <= bytes.count
    else { return nil }
    var result = bytes
    put(Header.word(kind: Header.unknownKind), into: &result, at: 12)
    // Between the inner block's header of two words and the outer block's end of one lies what is jumped over.
    put(length - 3, into: &result, at: 16)
    put(0, into: &result, at: 12 + 4 * Int(length) - 4)
    return result
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  private static func put(_ word: UInt32, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(8 * index)) }
  }
}
