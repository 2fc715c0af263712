/// Turns the bytes of an output stream into text, however they were cut on the way.
struct StreamDecoder {
  private var bytes: [UInt8] = []

  /// How much waits to be taken.
  var count: Int { bytes.count }

  mutating func append(_ received: some Collection<UInt8>) { bytes.append(contentsOf: received) }

  /// The text so far, without a scalar at its end that has not arrived completely; `nil` where there is none.
  mutating func take() -> String? { take(bytes.count - incompleteCount()) }

  /// All of the text; an incomplete scalar becomes a replacement character.
  mutating func takeAll() -> String? { take(bytes.count) }

  private mutating func take(_ count: Int) -> String? {
    guard count > 0 else { return nil }
    defer { bytes.removeFirst(count) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// How many bytes at the end begin a scalar of which more is to come.
  private func incompleteCount() -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0b1100_0000 == 0b1000_0000 { continue }
      let announced = byte >= 0xF0 && byte <= 0xF4 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
      return byte < 0xF5 && announced > length ? length : 0
    }
    return 0
  }
}
