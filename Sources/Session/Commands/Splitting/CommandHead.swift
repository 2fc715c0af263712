/// The beginning of a line that may be a command: its marker and name.
struct CommandHead {
  var marker: CommandLine.Marker
  var name: String
  /// The marker and the name, in UTF-8 offsets of the cell's text.
  var range: Range<Int>

  /// Behind `!`, these begin or go on with an operator of Swift: `!=`, `!!flag`, `!(a && b)`.
  private static let swiftAfterExclamationMark = Set("=!(&|<>*+-^%?".utf8)

  /// `nil` when the line does not begin as a command does.
  init?(_ text: CellText, line: Range<Int>) {
    guard let start = line.first(where: { !CellText.isSpace(text.bytes[$0]) }) else { return nil }
    var end = start + 1
    switch text.bytes[start] {
    case UInt8(ascii: "!"):
      guard end < line.upperBound, !Self.swiftAfterExclamationMark.contains(text.bytes[end]),
        !text.isBlank(end..<line.upperBound)
      else { return nil }
      self.init(marker: .shell, name: "", range: start..<end)
    case UInt8(ascii: "%"):
      let isCell = end < line.upperBound && text.bytes[end] == UInt8(ascii: "%")
      if isCell { end += 1 }
      let nameStart = end
      while end < line.upperBound, Self.isName(text.bytes[end]) { end += 1 }
      guard nameStart < end, Self.isLetter(text.bytes[nameStart]) else { return nil }
      self.init(marker: isCell ? .cell : .line, name: text.text(nameStart..<end), range: start..<end)
    default: return nil
    }
  }

  private init(marker: CommandLine.Marker, name: String, range: Range<Int>) {
    (self.marker, self.name, self.range) = (marker, name, range)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

  private static func isName(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }
}
