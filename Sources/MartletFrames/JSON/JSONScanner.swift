import Foundation

/// Walks through the bytes of a JSON text (RFC 8259), strictly and without recursion without end.
struct JSONScanner {
  /// How deep values may be nested in one another.
  static let depthLimit = 128

  let bytes: UnsafeBufferPointer<UInt8>
  var place = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // A byte order mark says only that the text is UTF-8.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  func problem(_ kind: JSONTableError.Kind, _ message: String, at place: Int? = nil) -> JSONTableError {
    let end = min(place ?? self.place, bytes.count)
    let before = bytes[..<end]
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    return JSONTableError(
      kind, message, line: before.count(where: { $0 == 10 }) + 1, column: end - lineStart + 1)
  }

  /// The next byte that is not white space; 0 at the end.
  mutating func peek() -> UInt8 {
    while place < bytes.count, bytes[place] == 32 || bytes[place] == 10 || bytes[place] == 13 || bytes[place] == 9 {
      place += 1
    }
    return place < bytes.count ? bytes[place] : 0
  }

  mutating func expect(_ byte: UInt8, _ wanted: String) throws(JSONTableError) {
    let found = peek()
    guard found == byte, place < bytes.count else { throw unexpected(wanted) }
    place += 1
  }

  mutating func unexpected(_ wanted: String) -> JSONTableError {
    _ = peek()
    if place >= bytes.count { return problem(.syntax, "expected \(wanted), but the text ends.") }
    let shown = String(decoding: bytes[place..<min(place + 12, bytes.count)], as: UTF8.self)
    return problem(.syntax, "expected \(wanted), found '\(shown)'.")
  }

  /// The bytes of a string, without its quotes and with escapes resolved.
  mutating func string() throws(JSONTableError) -> [UInt8] {
    try expect(34, "a string")
    let start = place
    while place < bytes.count, bytes[place] != 34, bytes[place] != 92, bytes[place] >= 32 { place += 1 }
    var text = Array(bytes[start..<place])
    while place < bytes.count {
      switch bytes[place] {
      case 34:
        place += 1
        return text
      case 92: try appendEscape(&text)
      case 0..<32: throw problem(.syntax, "a control character stands in a string; write it as \\n, \\t or \\u….")
      default:
        text.append(bytes[place])
        place += 1
      }
    }
    throw problem(.syntax, "a string starts here and never ends.", at: start - 1)
  }

  private mutating func appendEscape(_ text: inout [UInt8]) throws(JSONTableError) {
    guard place + 1 < bytes.count else { throw problem(.syntax, "the text ends in an escape.") }
    let simple: [UInt8: UInt8] = [34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9]
    if let byte = simple[bytes[place + 1]] {
      text.append(byte)
      place += 2
      return
    }
    guard bytes[place + 1] == UInt8(ascii: "u"), let first = hexadecimal(at: place + 2) else {
      throw problem(.syntax, "an escape that JSON does not have.")
    }
    place += 6
    var scalar = first
    if 0xD800..<0xDC00 ~= first {
      guard place + 1 < bytes.count, bytes[place] == 92, bytes[place + 1] == UInt8(ascii: "u"),
        let second = hexadecimal(at: place + 2), 0xDC00..<0xE000 ~= second
      else { throw problem(.syntax, "half of a pair of surrogates.") }
      scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      place += 6
    }
    guard let character = Unicode.Scalar(scalar) else { throw problem(.syntax, "half of a pair of surrogates.") }
    text.append(contentsOf: Array(String(character).utf8))
  }

  private func hexadecimal(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for place in start..<start + 4 {
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// The bytes of a number, which are a number by JSON's rules.
  mutating func number() throws(JSONTableError) -> Range<Int> {
    let start = place
    func isDigit(_ place: Int) -> Bool { place < bytes.count && bytes[place] &- 48 < 10 }
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    guard isDigit(place) else { throw unexpected("a value") }
    if bytes[place] == 48, isDigit(place + 1) { throw problem(.syntax, "a number does not start with 0.") }
    while isDigit(place) { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard isDigit(place) else { throw unexpected("a digit") }
      while isDigit(place) { place += 1 }
    }
    if place < bytes.count, bytes[place] | 32 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") { place += 1 }
      guard isDigit(place) else { throw unexpected("a digit") }
      while isDigit(place) { place += 1 }
    }
    return start..<place
  }

  /// Whether a word such as `null` is next; if so it is passed.
  mutating func skip(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count, let start = bytes.baseAddress,
      memcmp(start + place, word.utf8Start, count) == 0
    else { return false }
    place += count
    return true
  }

  /// Passes any value, and tells where it is.
  mutating func skipValue(depth: Int = 0) throws(JSONTableError) -> Range<Int> {
    guard depth < Self.depthLimit else {
      throw problem(.syntax, "values are nested more than \(Self.depthLimit) deep.")
    }
    let byte = peek()
    let start = place
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = byte == UInt8(ascii: "{")
      let end: UInt8 = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      place += 1
      if peek() == end {
        place += 1
        return start..<place
      }
      while true {
        if isObject {
          _ = try string()
          try expect(UInt8(ascii: ":"), "':'")
        }
        _ = try skipValue(depth: depth + 1)
        if peek() != UInt8(ascii: ",") { break }
        place += 1
      }
      try expect(end, isObject ? "',' or '}'" : "',' or ']'")
    case 34: _ = try string()
    default:
      if !(skip("null") || skip("true") || skip("false")) { _ = try number() }
    }
    return start..<place
  }
}
