import Foundation

/// One of Unicode's four ways to write the same text, with every scalar's origin kept.
///
/// Reference: Unicode Standard Annex 15, Unicode normalization forms.
enum UnicodeForm: String, Sendable {
  case composed = "NFC"
  case decomposed = "NFD"
  case compatiblyComposed = "NFKC"
  case compatiblyDecomposed = "NFKD"

  private var isCompatible: Bool { self == .compatiblyComposed || self == .compatiblyDecomposed }
  private var composes: Bool { self == .composed || self == .compatiblyComposed }

  func apply(_ text: inout AlignedText) {
    if text.scalars.allSatisfy(\.isASCII) { return }
    text.replaceEach(decomposition)
    Self.order(&text)
    if composes { Self.compose(&text) }
  }

  private func decomposition(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if scalar.isASCII { return [scalar] }
    let text = String(scalar)
    let apart = isCompatible ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
    return Array(apart.unicodeScalars)
  }

  /// Marks on one letter come in the order of their classes; those of one class stay as they are.
  private static func order(_ text: inout AlignedText) {
    let classes = text.scalars.map { $0.isASCII ? 0 : $0.properties.canonicalCombiningClass.rawValue }
    var place = 0
    while place < classes.count {
      var end = place
      while end < classes.count, classes[end] != 0 { end += 1 }
      if end - place > 1 {
        let ordered = (place..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
        // Places in the original stay in their order.
        text.scalars.replaceSubrange(place..<end, with: ordered.map { text.scalars[$0] })
      }
      place = max(end, place + 1)
    }
  }

  /// Letters take in the marks that follow, where there is one character for both.
  private static func compose(_ text: inout AlignedText) {
    var composed = AlignedText([], [])
    var starter: Int?
    var last: UInt8 = 0
    for (scalar, origin) in zip(text.scalars, text.origins) {
      let own = scalar.isASCII ? 0 : scalar.properties.canonicalCombiningClass.rawValue
      let isBlocked = starter.map { $0 < composed.count - 1 && (last == 0 || last >= own) } ?? true
      if let place = starter, !isBlocked, let both = together(composed.scalars[place], scalar) {
        composed.scalars[place] = both
        continue
      }
      if own == 0 { starter = composed.count }
      last = own
      composed.append(scalar, origin)
    }
    text = composed
  }

  /// Korean syllables are composed by calculation.
  private static func syllable(_ a: UInt32, _ b: UInt32) -> Unicode.Scalar? {
    let (first, vowel, last, start): (UInt32, UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11A7, 0xAC00)
    if first..<first + 19 ~= a, vowel..<vowel + 21 ~= b {
      return Unicode.Scalar(start + ((a - first) * 21 + b - vowel) * 28)
    }
    let isOpen = start..<start + 11_172 ~= a && (a - start) % 28 == 0
    return isOpen && last + 1..<last + 28 ~= b ? Unicode.Scalar(a + b - last) : nil
  }

  private static func together(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Unicode.Scalar? {
    if b.value < 0x300 { return nil }
    if let syllable = syllable(a.value, b.value) { return syllable }
    let both = String([a, b]).precomposedStringWithCanonicalMapping.unicodeScalars
    return both.count == 1 ? both.first : nil
  }
}
