/// Writes JSON text: members in alphabetical order, so that equal values give equal bytes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// One value to a line, indented by one space to a level, as notebooks are.
  let isPretty: Bool

  init(pretty: Bool) { isPretty = pretty }

  mutating func write(_ value: JSONValue, depth: Int = 0) {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .integer(let value): put(String(value))
    // JSON has no name for infinity and not-a-number.
    case .number(let value): put(value.isFinite ? value.description : "null")
    case .string(let value): write(value)
    case .array(let elements): write(elements, depth: depth)
    case .object(let members): write(members, depth: depth)
    }
  }

  private mutating func write(_ elements: [JSONValue], depth: Int) {
    if elements.isEmpty { return put("[]") }
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(depth: depth + 1)
      write(element, depth: depth + 1)
    }
    newLine(depth: depth)
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ members: [String: JSONValue], depth: Int) {
    if members.isEmpty { return put("{}") }
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(depth: depth + 1)
      write(member.key)
      put(isPretty ? ": " : ":")
      write(member.value, depth: depth + 1)
    }
    newLine(depth: depth)
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { text in
      var start = 0
      for (index, byte) in text.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(contentsOf: text[start..<index])
        escape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case UInt8(ascii: "\n"): put("\\n")
    case UInt8(ascii: "\r"): put("\\r")
    case UInt8(ascii: "\t"): put("\\t")
    default: put((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
    }
  }

  private mutating func newLine(depth: Int) {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth))
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
