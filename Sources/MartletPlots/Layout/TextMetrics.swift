/// How wide text will be drawn, without a font to ask.
enum TextMetrics {
  /// Widths of the printable ASCII characters in Helvetica, in thousandths of the font size, from the space on.
  /// Arial, Liberation Sans and Nimbus Sans share them.
  private static let ascii: [Double] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
  /// Room for fonts that are wider than Helvetica, and for bold text.
  private static let allowance = 1.08

  /// The width of one line of text, in pixels.
  static func width(of text: String, size: Double) -> Double {
    text.reduce(0) { $0 + width(of: $1) } / 1000 * size * allowance
  }

  private static func width(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 32..<127: return ascii[Int(scalar.value) - 32]
    case 0x200B: return 0  // zero width space
    case 0x2070...0x207F, 0xB2, 0xB3, 0xB9: return 333  // superscripts
    case 0xA0..<0x1100: return 610  // Latin with accents, Greek, Cyrillic, Hebrew, Arabic
    case 0x2000..<0x2E80: return 650  // punctuation, arrows, signs
    default: return 1050  // East Asian characters and pictures take a square
    }
  }

  /// The text, cut with an ellipsis where it is wider than allowed: at its end, or in its middle.
  static func fitted(_ text: String, size: Double, width limit: Double, keepsEnd: Bool = false) -> String {
    let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    if width(of: line, size: size) <= limit { return line }
    let room = limit - width(of: "…", size: size)
    let end = keepsEnd ? String(prefix(of: String(line.reversed()), size: size, width: room / 2).reversed()) : ""
    let start = prefix(of: line, size: size, width: room - width(of: end, size: size))
    return start + "…" + end
  }

  private static func prefix(of text: String, size: Double, width limit: Double) -> String {
    var used = 0.0
    return String(
      text.prefix { character in
        used += width(of: String(character), size: size)
        return used <= limit
      })
  }
}
