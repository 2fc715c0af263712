import CZlib
import Foundation

/// The files in a zip archive, found by its directory; stored or deflated ones, which is what NumPy writes.
struct ZipArchive {
  struct Entry {
    let name: String
    let method: Int
    let checksum: UInt32
    let packedSize, size, place: Int
  }

  private let bytes: Data
  private let file: String
  let entries: [Entry]

  init(_ data: Data, file: String) throws(NumPyFileError) {
    bytes = data.startIndex == 0 ? data : Data(data)
    self.file = file
    // The end record is 22 bytes and a comment of at most 65,535.
    let earliest = max(0, bytes.count - 22 - 65_535)
    var end: Int?
    var place = bytes.count - 22
    while end == nil, place >= earliest {
      if bytes.number(place, 4) == 0x0605_4b50 { end = place }
      place -= 1
    }
    guard let end else { throw NumPyFileError(file, "This is no .npz file: it has no zip directory.") }
    var (count, start) = (bytes.number(end + 10, 2), bytes.number(end + 16, 4))
    if count == 0xffff || start == 0xffff_ffff, end >= 20, bytes.number(end - 20, 4) == 0x0706_4b50 {
      let wide = bytes.number(end - 12, 8)
      guard wide >= 0, wide + 56 <= bytes.count, bytes.number(wide, 4) == 0x0606_4b50 else {
        throw NumPyFileError(file, "The zip directory is damaged.")
      }
      (count, start) = (bytes.number(wide + 32, 8), bytes.number(wide + 48, 8))
    }
    entries = try Self.entries(bytes, count: count, start: start, file: file)
  }

  private static func entries(
    _ bytes: Data, count: Int, start: Int, file: String
  ) throws(NumPyFileError) -> [Entry] {
    var (entries, place): ([Entry], Int) = ([], start)
    for _ in 0..<max(count, 0) {
      guard place >= 0, place + 46 <= bytes.count, bytes.number(place, 4) == 0x0201_4b50 else {
        throw NumPyFileError(file, "The zip directory is damaged.")
      }
      let (nameLength, extraLength) = (bytes.number(place + 28, 2), bytes.number(place + 30, 2))
      let next = place + 46 + nameLength + extraLength + bytes.number(place + 32, 2)
      guard next <= bytes.count else { throw NumPyFileError(file, "The zip directory is damaged.") }
      var sizes = [bytes.number(place + 24, 4), bytes.number(place + 20, 4), bytes.number(place + 42, 4)]
      Self.widen(&sizes, bytes, from: place + 46 + nameLength, length: extraLength)
      guard sizes.allSatisfy({ $0 >= 0 }) else { throw NumPyFileError(file, "The zip directory is damaged.") }
      entries.append(
        Entry(
          name: String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self),
          method: bytes.number(place + 10, 2), checksum: UInt32(bytes.number(place + 16, 4)), packedSize: sizes[1],
          size: sizes[0], place: sizes[2]))
      place = next
    }
    return entries
  }

  /// Sizes and places that do not fit 32 bits stand in an extra field, in this order.
  private static func widen(_ sizes: inout [Int], _ bytes: Data, from start: Int, length: Int) {
    var place = start
    while place + 4 <= start + length {
      let (kind, size) = (bytes.number(place, 2), bytes.number(place + 2, 2))
      if kind == 1 {
        var value = place + 4
        for i in sizes.indices where sizes[i] == 0xffff_ffff && value + 8 <= place + 4 + size {
          sizes[i] = bytes.number(value, 8)
          value += 8
        }
      }
      place += 4 + size
    }
  }

  /// The contents of a file. A size that the packed bytes cannot grow to, and a wrong checksum, are refused.
  func contents(of entry: Entry) throws(NumPyFileError) -> Data {
    let header = entry.place
    guard header + 30 <= bytes.count, bytes.number(header, 4) == 0x0403_4b50 else {
      throw NumPyFileError(file, "\(entry.name) is not where the zip directory says.")
    }
    let start = header + 30 + bytes.number(header + 26, 2) + bytes.number(header + 28, 2)
    guard start <= bytes.count, entry.packedSize <= bytes.count - start else {
      throw NumPyFileError(file, "\(entry.name) is longer than the archive.")
    }
    let packed = bytes[start..<start + entry.packedSize]
    let contents: Data
    switch entry.method {
    case 0 where entry.size == entry.packedSize: contents = Data(packed)
    // Deflate makes nothing more than 1,032 times smaller.
    case 8 where entry.size / 1_032 <= entry.packedSize: contents = try inflated(packed, entry)
    default:
      throw NumPyFileError(
        file,
        "\(entry.name) is packed by method \(entry.method) from \(entry.size) bytes; stored and deflated are read.")
    }
    let checksum = contents.withUnsafeBytes { crc32_z(0, $0.bindMemory(to: UInt8.self).baseAddress, $0.count) }
    guard contents.isEmpty || UInt32(checksum) == entry.checksum else {
      throw NumPyFileError(file, "\(entry.name) is damaged: its checksum does not fit.")
    }
    return contents
  }

  private func inflated(_ packed: Data, _ entry: Entry) throws(NumPyFileError) -> Data {
    var result = Data(count: entry.size)
    var done = -1
    result.withUnsafeMutableBytes { target in
      packed.withUnsafeBytes { source in
        done = Int(
          martlet_inflate(
            source.bindMemory(to: UInt8.self).baseAddress, UInt(source.count),
            target.bindMemory(to: UInt8.self).baseAddress, UInt(target.count)))
      }
    }
    guard done == entry.size else { throw NumPyFileError(file, "\(entry.name) is damaged: it cannot be unpacked.") }
    return result
  }
}

extension Data {
  /// A little-endian number; of 8 bytes, negative when it is too large for an `Int`. Zero beyond the end.
  fileprivate func number(_ place: Int, _ size: Int) -> Int {
    guard place >= 0, place + size <= count else { return 0 }
    var bits: UInt64 = 0
    for i in (0..<size).reversed() { bits = bits << 8 | UInt64(self[startIndex + place + i]) }
    return Int(truncatingIfNeeded: bits)
  }
}
