/// Values in one line of limited length.
enum InspectedText {
  /// What a list of variables has room for.
  static let standardLimit = 200

  static func of(_ value: Any, limit: Int = standardLimit) -> String {
    var writer = PlainTextWriter(limit: limit)
    writer.write(value, nested: false)
    return oneLine(writer.start)
  }

  /// Line breaks become single spaces, with the blanks around them.
  private static func oneLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < UInt8(ascii: " ") }) else { return text }
    return text.split(whereSeparator: \.isNewline).map { line in
      var line = line[...]
      while line.first?.isWhitespace == true { line.removeFirst() }
      while line.last?.isWhitespace == true { line.removeLast() }
      return String(line)
    }.joined(separator: " ")
  }
}
