/// Reads one JSON value (RFC 8259) from bytes that nobody has checked.
///
/// One pass over an array, recursion bounded by ``deepest``. A member given twice has its last value.
struct JSONParser {
  /// How deeply arrays and objects may nest: far more than any message or notebook, far less than a thread's stack.
  static let deepest = 512

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that the bytes are.
  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error(.contentAfterValue) }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    switch try current() {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case let byte: throw error(.unexpectedByte(byte))
    }
  }

  // MARK: Containers

  private mutating func nested(
    _ read: (inout JSONParser) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    guard depth < Self.deepest else { throw error(.tooDeep(limit: Self.deepest)) }
    depth += 1
    position += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var elements: [JSONValue] = []
    if try skip(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value()) } while try continues(until: UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if try skip(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      try expect(UInt8(ascii: "\""), consume: false)
      let key = try string()
      skipSpace()
      try expect(UInt8(ascii: ":"))
      members[key] = try value()
    } while try continues(until: UInt8(ascii: "}"))
    return .object(members)
  }

  /// After an element: whether a comma announces another one, or the container ends.
  private mutating func continues(until end: UInt8) throws(JSONError) -> Bool {
    if try skip(end) { return false }
    try expect(UInt8(ascii: ","))
    return true
  }

  // MARK: Scalars

  private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for index in 0..<text.utf8CodeUnitCount {
      // A StaticString is stored as UTF-8 for as long as the program runs, and the index is below its count.
      try expect(text.utf8Start[index])
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") { position += 1 } else { try digits() }
    var isInteger = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw JSONError(problem: .badNumber, offset: start) }
    return .number(number)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    guard position > start else { throw error(.badNumber) }
  }

  /// A string, most of which have no escape and are taken in one piece.
  private mutating func string() throws(JSONError) -> String {
    position += 1
    var start = position
    var text = ""
    while true {
      switch try current() {
      case UInt8(ascii: "\""):
        let last = try validText(from: start)
        position += 1
        return text.isEmpty ? last : text + last
      case UInt8(ascii: "\\"):
        text += try validText(from: start)
        position += 1
        text.unicodeScalars.append(try escaped())
        start = position
      case 0..<0x20: throw error(.controlCharacter)
      default: position += 1
      }
    }
  }

  private func validText(from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw JSONError(problem: .badUnicode, offset: start)
    }
    return text
  }

  /// What follows a backslash. Half a surrogate pair, which some writers produce, becomes U+FFFD.
  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    let byte = try current()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try escapedScalar()
    default: throw JSONError(problem: .badEscape, offset: position - 1)
    }
  }

  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let rewind = position
    if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
      position += 2
      let second = try hexadecimal()
      if (0xDC00..<0xE000).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
      }
    }
    position = rewind
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try current()
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.badEscape) }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes

  private func error(_ problem: JSONError.Problem) -> JSONError { JSONError(problem: problem, offset: position) }

  private func current() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8, consume: Bool = true) throws(JSONError) {
    let found = try current()
    guard found == byte else { throw error(.unexpectedByte(found)) }
    if consume { position += 1 }
  }

  private mutating func skip(_ byte: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    guard try current() == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }
}
