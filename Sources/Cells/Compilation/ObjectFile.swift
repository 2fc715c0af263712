import Foundation

/// Reads from a compiled cell which libraries it needs.
enum ObjectFile {
  /// The libraries that the object's imports ask the linker for (`-lFoundation` as `Foundation`), from the section in
  /// which the compiler leaves them on Linux. Empty when the file is no 64-bit little-endian ELF object.
  static func autolinkedLibraries(of file: URL) -> [String] {
    guard let data = try? Data(contentsOf: file), let section = section(".swift1_autolink_entries", in: [UInt8](data))
    else { return [] }
    return section.split(separator: 0).flatMap { entry in
      String(decoding: entry, as: UTF8.self).split(separator: " ").filter { $0.hasPrefix("-l") }.map {
        String($0.dropFirst(2))
      }
    }
  }

  private static func section(_ name: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count >= 64, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else { return nil }
    func number(_ offset: Int, _ width: Int) -> Int? {
      guard offset >= 0, offset + width <= bytes.count else { return nil }
      return (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    func slice(_ header: Int) -> ArraySlice<UInt8>? {
      guard let offset = number(header + 24, 8), let size = number(header + 32, 8), offset >= 0, size >= 0,
        size <= bytes.count, offset <= bytes.count - size
      else { return nil }
      return bytes[offset..<offset + size]
    }
    guard let table = number(40, 8), let size = number(58, 2), let count = number(60, 2), let names = number(62, 2),
      table >= 0, table <= bytes.count, let nameTable = slice(table + names * size)
    else { return nil }
    for index in 0..<count {
      let header = table + index * size
      guard let nameOffset = number(header, 4), nameOffset < nameTable.count else { continue }
      if nameTable.dropFirst(nameOffset).prefix(while: { $0 != 0 }).elementsEqual(name.utf8) { return slice(header) }
    }
    return nil
  }
}
