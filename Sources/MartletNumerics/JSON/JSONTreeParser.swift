/// Reads one JSON value (RFC 8259) from bytes that nobody has checked; no value is nested deeper than a limit.
package struct JSONTreeParser {
  private static let deepest = 128
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The one value that the bytes are.
  package static func parse(_ bytes: some Sequence<UInt8>) throws(JSONTreeError) -> JSONTree {
    let result = Array(bytes).withUnsafeBufferPointer { bytes in
      Result { () throws(JSONTreeError) in
        var parser = JSONTreeParser(bytes)
        let value = try parser.value()
        guard parser.peek() == 0, parser.place == bytes.count else {
          throw parser.problem("something follows the value")
        }
        return value
      }
    }
    return try result.get()
  }

  private func problem(_ message: String) -> JSONTreeError {
    JSONTreeError(description: "JSON at byte \(place): \(message)")
  }

  /// The next byte that is not white space; 0 at the end.
  private mutating func peek() -> UInt8 {
    while place < bytes.count, bytes[place] == 32 || bytes[place] == 10 || bytes[place] == 13 || bytes[place] == 9 {
      place += 1
    }
    return place < bytes.count ? bytes[place] : 0
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte, place < bytes.count else { return false }
    place += 1
    return true
  }

  private mutating func take(word: StaticString, _ value: JSONTree) throws(JSONTreeError) -> JSONTree {
    let end = place + word.utf8CodeUnitCount
    let isThere = end <= bytes.count && (place..<end).allSatisfy { bytes[$0] == word.utf8Start[$0 - place] }
    guard isThere else { throw problem("no value starts like this") }
    place = end
    return value
  }

  private mutating func value() throws(JSONTreeError) -> JSONTree {
    switch peek() {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONTreeError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONTreeError) in try parser.array() }
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try take(word: "true", .bool(true))
    case UInt8(ascii: "f"): return try take(word: "false", .bool(false))
    case UInt8(ascii: "n"): return try take(word: "null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ read: (inout JSONTreeParser) throws(JSONTreeError) -> JSONTree
  ) throws(JSONTreeError) -> JSONTree {
    guard depth < Self.deepest else { throw problem("nested more than \(Self.deepest) levels deep") }
    depth += 1
    place += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONTreeError) -> JSONTree {
    var members: [(key: String, value: JSONTree)] = []
    if take(UInt8(ascii: "}")) { return .members(members) }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw problem("a member is to start with its name in quotes") }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw problem("a colon is to follow the name '\(key.prefix(40))'") }
      members.append((key, try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw problem("an object is to end with }") }
    return .members(members)
  }

  private mutating func array() throws(JSONTreeError) -> JSONTree {
    var elements: [JSONTree] = []
    if take(UInt8(ascii: "]")) { return .list(elements) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw problem("a list is to end with ]") }
    return .list(elements)
  }

  private mutating func number() throws(JSONTreeError) -> JSONTree {
    let start = place
    while place < bytes.count, (48...57).contains(bytes[place]) || "+-.eE".utf8.contains(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    // Swift reads more than JSON allows: a sign or a point in front, leading zeros, a point at the end.
    let digits = Array((text.hasPrefix("-") ? text.dropFirst() : text[...]).utf8)
    let isPlain = digits.first.map { (48...57).contains($0) } ?? false
    let hasLeadingZero = digits.count > 1 && digits[0] == 48 && (48...57).contains(digits[1])
    guard isPlain, !hasLeadingZero, digits.last != 46 else { throw problem("no value starts like this") }
    if let whole = Int(text) { return .whole(whole) }
    guard let number = Double(text), number.isFinite else { throw problem("'\(text.prefix(40))' is no number") }
    return .number(number)
  }

  private mutating func string() throws(JSONTreeError) -> String {
    place += 1
    let start = place
    while place < bytes.count, bytes[place] != 34, bytes[place] != 92, bytes[place] >= 32 { place += 1 }
    guard place < bytes.count else { throw problem("the text ends within quotes") }
    if bytes[place] == 34 {
      defer { place += 1 }
      return try checked(bytes[start..<place])
    }
    var text = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 34 {
        place += 1
        return try checked(text)
      }
      guard byte >= 32 else { throw problem("a text has an unescaped control character") }
      place += 1
      if byte == 92 { try escape(into: &text) } else { text.append(byte) }
    }
    throw problem("the text ends within quotes")
  }

  private func checked(_ bytes: some Collection<UInt8>) throws(JSONTreeError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("a text is not valid UTF-8") }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONTreeError) {
    guard place < bytes.count else { throw problem("the text ends within an escape") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"): text += UTF8.encode(try scalar()) ?? UTF8.encodedReplacementCharacter
    default: throw problem("unknown escape in a text")
    }
  }

  /// The character after `\u`, which may be two halves; a half alone is U+FFFD.
  private mutating func scalar() throws(JSONTreeError) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let start = place
    if unit < 0xDC00, place + 6 <= bytes.count, bytes[place] == 92, bytes[place + 1] == UInt8(ascii: "u") {
      place += 2
      let low = try codeUnit()
      if (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      {
        return scalar
      }
      place = start
    }
    return "\u{FFFD}"
  }

  private mutating func codeUnit() throws(JSONTreeError) -> UInt32 {
    guard place + 4 <= bytes.count else { throw problem("the text ends within an escape") }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
        throw problem("four hexadecimal digits are to follow \\u")
      }
      unit = unit << 4 | UInt32(digit)
      place += 1
    }
    return unit
  }
}
