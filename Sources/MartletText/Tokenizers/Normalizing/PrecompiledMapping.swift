import Foundation

/// SentencePiece's table of replacements: a trie of byte strings, and the texts that they become.
///
/// Format: four bytes with the trie's length, the trie as a double array of 32-bit units (Darts), the texts, each ended by a
/// zero byte. Of all strings that start at a place the longest is replaced.
struct PrecompiledMapping: Sendable {
  private let units: [UInt32]
  private let texts: [UInt8]

  init(base64: String, _ place: String) throws(TokenizerError) {
    guard let data = Data(base64Encoded: base64), data.count >= 4 else {
      throw TokenizerError("\(place): precompiled_charsmap is to be at least four bytes in base64.")
    }
    let bytes = [UInt8](data)
    let size = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size % 4 == 0, size <= bytes.count - 4 else {
      throw TokenizerError(
        "\(place): precompiled_charsmap announces a trie of \(size) bytes; \(bytes.count - 4) follow.")
    }
    units = (0..<size / 4).map { unit in
      bytes[(4 + 4 * unit)..<(8 + 4 * unit)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    texts = Array(bytes[(4 + size)...])
  }

  func apply(_ text: inout AlignedText) {
    var changed = AlignedText([], [])
    for range in text.clusters {
      // Short clusters are looked up whole, then scalar by scalar, as SentencePiece's port does.
      let cluster = Array(text.scalars[range])
      if cluster.reduce(0, { $0 + UTF8.width($1) }) < 6, let new = replacement(cluster) {
        for scalar in new { changed.append(scalar, text.origins[range.lowerBound]) }
        continue
      }
      for place in range {
        if let new = replacement([text.scalars[place]]) {
          for scalar in new { changed.append(scalar, text.origins[place]) }
        } else {
          changed.append(text.scalars[place], text.origins[place])
        }
      }
    }
    text = changed
  }

  /// What the first string of the trie that the scalars begin with becomes.
  private func replacement(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard let start = firstMatch(String(scalars).utf8), start < texts.count else { return nil }
    let end = texts[start...].firstIndex(of: 0) ?? texts.count
    return Array(String(decoding: texts[start..<end], as: UTF8.self).unicodeScalars)
  }

  private func firstMatch(_ key: String.UTF8View) -> Int? {
    guard let root = units.first else { return nil }
    var place = Self.offset(root)
    for byte in key where byte != 0 {
      place ^= Int(byte)
      guard place < units.count else { return nil }
      let unit = units[place]
      guard unit & (1 << 31 | 0xFF) == UInt32(byte) else { return nil }
      place ^= Self.offset(unit)
      if unit >> 8 & 1 == 1 { return place < units.count ? Int(units[place] & 0x7FFF_FFFF) : nil }
    }
    return nil
  }

  private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
}

extension AlignedText {
  /// The ranges of what readers take for one character.
  fileprivate var clusters: [Range<Int>] {
    var place = 0
    return text.map { character in
      defer { place += character.unicodeScalars.count }
      return place..<place + character.unicodeScalars.count
    }
  }
}
