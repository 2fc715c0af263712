/// A text type, shown in quotes so that `"1"` and `1` differ.
protocol PlainTextQuoted {
  /// The quoted text, or the quoted beginning of it that is more than `bytes` long: what is cut off anyway is not looked
  /// at.
  func quoted(bytes: Int) -> String
}

extension String: PlainTextQuoted {
  func quoted(bytes: Int) -> String { utf8.count > bytes ? start(bytes: bytes + 8).debugDescription : debugDescription }
}

extension Substring: PlainTextQuoted {
  func quoted(bytes: Int) -> String { utf8.count > bytes ? start(bytes: bytes + 8).debugDescription : debugDescription }
}

extension Character: PlainTextQuoted {
  func quoted(bytes: Int) -> String { debugDescription }
}

extension StringProtocol where SubSequence == Substring {
  /// The beginning of the text, of at most so many bytes, not cut inside a Unicode scalar.
  func start(bytes: Int) -> String {
    let text = self[...].utf8
    var end = text.index(text.startIndex, offsetBy: Swift.max(bytes, 0), limitedBy: text.endIndex) ?? text.endIndex
    // Bytes of the form 10xxxxxx continue a scalar.
    while end < text.endIndex, text[end] & 0xc0 == 0x80 { end = text.index(before: end) }
    return String(self[..<end])
  }
}
