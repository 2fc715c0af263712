import Foundation

/// A text's bytes as analysis wants them: in small letters and without accents, where that is asked for.
struct TextPreparation: Sendable {
  let lowercase: Bool
  let stripAccents: AccentStripping

  /// Replaces `buffer` by the prepared bytes of a text.
  func prepare(_ text: String, into buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    var text = text
    let isPlain = text.withUTF8 { bytes in
      var high: UInt8 = 0
      for byte in bytes { high |= byte }
      guard high < 0x80 else { return false }
      buffer.append(contentsOf: bytes)
      return true
    }
    if isPlain {
      if lowercase { for place in buffer.indices where buffer[place] &- 65 < 26 { buffer[place] |= 0x20 } }
      return
    }
    var prepared = lowercase ? Self.lowercased(text) : text
    switch stripAccents {
    case .none: break
    case .ascii: prepared = Self.decomposed(prepared) { $0.isASCII }
    case .unicode: prepared = Self.decomposed(prepared) { $0.properties.canonicalCombiningClass == .notReordered }
    }
    buffer.append(contentsOf: prepared.utf8)
  }

  private static func decomposed(_ text: String, _ keeps: (Unicode.Scalar) -> Bool) -> String {
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter(keeps))
    return String(kept)
  }

  /// Small letters by Unicode's rules, scalar by scalar; a capital sigma at a word's end becomes the final one.
  static func lowercased(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var lower = ""
    for (place, scalar) in scalars.enumerated() {
      if scalar == "\u{3A3}" {
        lower.unicodeScalars.append(isFinal(scalars, place) ? "\u{3C2}" : "\u{3C3}")
      } else {
        lower += scalar.properties.lowercaseMapping
      }
    }
    return lower
  }

  /// Whether a letter stands before a place and none after it; marks between do not count.
  private static func isFinal(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
    func isCased(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isCased }
    func isSkipped(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isCaseIgnorable }
    guard let before = scalars[..<place].last(where: { !isSkipped($0) }), isCased(before) else { return false }
    guard let after = scalars[(place + 1)...].first(where: { !isSkipped($0) }) else { return true }
    return !isCased(after)
  }
}

/// Kinds of characters as Python's regular expressions tell them apart.
enum TextCharacter {
  /// Letters, digits and underscores: what `\w` means.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWord(UInt8(scalar.value)) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return scalar.properties.numericType != nil
    }
  }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == 95
  }

  /// White space: what `\s` means.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }
}
