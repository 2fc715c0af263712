/// How many columns of a terminal text takes.
package enum ColumnWidth {
  /// The columns of one character: 0 for what is not seen, 2 for wide East Asian characters and emoji, else 1.
  package static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    // The commonest case, without looking anything up.
    if first.isASCII { return first.value < 0x20 || first.value == 0x7F ? 0 : 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    let hasEmojiForm = character.unicodeScalars.contains { $0.value == 0xFE0F }
    return hasEmojiForm || first.properties.isEmojiPresentation || isWide(first.value) ? 2 : 1
  }

  /// The columns of a line of text.
  package static func of(_ text: some Sequence<Character>) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The ranges that Unicode's East Asian Width calls wide or full-width.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
