/// Turns a stream of bytes into text piece by piece, never cutting a Unicode scalar in two.
package struct CharacterStream: Sendable {
  private var held: [UInt8] = []

  package init() {}

  /// The text of what was held back and of new bytes; invalid bytes become U+FFFD, an unfinished scalar waits.
  package mutating func decode(_ bytes: some Sequence<UInt8>) -> String {
    held.append(contentsOf: bytes)
    let complete = held.count - unfinishedCount
    defer { held.removeFirst(complete) }
    return String(decoding: held[..<complete], as: UTF8.self)
  }

  /// The text of what is still held back, when nothing more will come.
  package mutating func finish() -> String {
    defer { held = [] }
    return String(decoding: held, as: UTF8.self)
  }

  /// How many bytes at the end are the beginning of a scalar that has more.
  private var unfinishedCount: Int {
    for (distance, byte) in held.suffix(3).reversed().enumerated() {
      if byte & 0xc0 == 0x80 { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > distance + 1 ? distance + 1 : 0
    }
    return 0
  }
}
