/// Cuts HTML or SVG into tokens; comments, declarations and processing instructions are left out.
struct MarkupTokenizer {
  /// Elements whose content is text up to their end tag, whatever it looks like.
  private static let rawElements: Set<String> = [
    "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext",
  ]

  private let bytes: [UInt8]
  private var index = 0
  private var tokens: [MarkupToken] = []
  private var textStart = 0

  static func tokens(of markup: String) -> [MarkupToken] {
    var tokenizer = MarkupTokenizer(bytes: Array(markup.utf8))
    tokenizer.run()
    return tokenizer.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "!"), UInt8(ascii: "?"): skipDeclaration()
      case UInt8(ascii: "/"): readClosingTag()
      case let byte where isLetter(byte): readOpeningTag()
      default: index += 1
      }
    }
    flushText()
  }

  private mutating func flushText() {
    if textStart < index { tokens.append(.text(string(textStart..<index))) }
    textStart = index
  }

  private mutating func skipDeclaration() {
    flushText()
    if starts(with: "<!--") {
      // `<!-->` and `<!--->` are whole comments to a browser.
      index = starts(with: "<!-->") || starts(with: "<!--->") ? index + 3 : index + 4
      while index < bytes.count, !starts(with: "-->"), !starts(with: "--!>"), !closesAtOnce { index += 1 }
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
    index = min(index + 1, bytes.count)
    textStart = index
  }

  private var closesAtOnce: Bool {
    index >= 3 && bytes[index] == UInt8(ascii: ">")
      && (string(max(0, index - 4)..<index) == "<!--" || string(max(0, index - 5)..<index) == "<!---")
  }

  private mutating func readClosingTag() {
    guard index + 2 < bytes.count, isLetter(bytes[index + 2]) else {
      return skipDeclaration()
    }
    flushText()
    index += 2
    let name = readName()
    _ = readAttributes()
    tokens.append(.close(name: name))
    textStart = index
  }

  private mutating func readOpeningTag() {
    flushText()
    index += 1
    let name = readName()
    guard let (attributes, closesItself) = readAttributes() else {
      // A tag that the text ends in is no tag.
      textStart = index
      return
    }
    let isRaw = Self.rawElements.contains(name.lowercased())
    if isRaw && !closesItself {
      readRawContent(of: name)
    } else {
      tokens.append(.open(name: name, attributes: attributes, closesItself: closesItself))
    }
    textStart = index
  }

  private mutating func readRawContent(of name: String) {
    let start = index
    let end = Array("</\(name.lowercased())".utf8)
    while index < bytes.count, !startsIgnoringCase(with: end) { index += 1 }
    tokens.append(.raw(name: name.lowercased(), content: string(start..<index)))
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
    index = min(index + 1, bytes.count)
  }

  private mutating func readName() -> String {
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">"),
      bytes[index] != UInt8(ascii: "/")
    {
      index += 1
    }
    return string(start..<index)
  }

  /// The attributes up to and including the tag's `>`; `nil` when the text ends before it.
  private mutating func readAttributes() -> (attributes: [MarkupToken.Attribute], closesItself: Bool)? {
    var attributes: [MarkupToken.Attribute] = []
    var slash = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ">") {
        index += 1
        return (attributes, slash)
      }
      if isSpace(byte) || byte == UInt8(ascii: "/") {
        slash = byte == UInt8(ascii: "/")
        index += 1
        continue
      }
      slash = false
      let attribute = readAttribute()
      // Browsers keep the first of several attributes of one name.
      if !attributes.contains(where: { $0.name.lowercased() == attribute.name.lowercased() }) {
        attributes.append(attribute)
      }
    }
    return nil
  }

  private mutating func readAttribute() -> MarkupToken.Attribute {
    let start = index
    index += 1
    while index < bytes.count, !isSpace(bytes[index]), !"=>/".utf8.contains(bytes[index]) { index += 1 }
    let name = string(start..<index)
    let afterName = index
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      index = afterName
      return .init(name: name, value: "")
    }
    index += 1
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    return .init(name: name, value: CharacterReferences.decoded(readValue()))
  }

  private mutating func readValue() -> String {
    guard index < bytes.count else { return "" }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = index + 1
      index = start
      while index < bytes.count, bytes[index] != quote { index += 1 }
      defer { index = min(index + 1, bytes.count) }
      return string(start..<index)
    }
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") { index += 1 }
    return string(start..<index)
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }

  private func startsIgnoringCase(with lowercased: [UInt8]) -> Bool {
    guard index + lowercased.count <= bytes.count else { return false }
    return lowercased.indices.allSatisfy { offset in
      let byte = bytes[index + offset]
      return ((0x41...0x5A).contains(byte) ? byte + 0x20 : byte) == lowercased[offset]
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
