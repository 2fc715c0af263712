/// The steps that make a text uniform before it is cut into words.
indirect enum TextNormalizer: Sendable {
  case sequence([TextNormalizer])
  case bert(cleans: Bool, separatesChinese: Bool, stripsAccents: Bool, lowercases: Bool)
  case form(UnicodeForm)
  case lowercase
  case stripAccents
  case strip(left: Bool, right: Bool)
  case replace(TextPattern, String)
  case prepend(String)
  case nmt
  case precompiled(PrecompiledMapping)
  case byteLevel

  init(_ part: TokenizerPart) throws(TokenizerError) {
    switch try part.type {
    case "Sequence":
      self = .sequence(try part.parts("normalizers").map { part throws(TokenizerError) in try TextNormalizer(part) })
    case "BertNormalizer":
      let lowercases = try part.bool("lowercase", default: true)
      self = .bert(
        cleans: try part.bool("clean_text", default: true),
        separatesChinese: try part.bool("handle_chinese_chars", default: true),
        stripsAccents: try part.bool("strip_accents", default: lowercases), lowercases: lowercases)
    case "Lowercase": self = .lowercase
    case "StripAccents": self = .stripAccents
    case "Strip": self = .strip(left: try part.bool("strip_left"), right: try part.bool("strip_right"))
    case "Replace": self = .replace(try TextPattern(try part.required("pattern")), try part.text("content"))
    case "Prepend": self = .prepend(try part.text("prepend"))
    case "Nmt": self = .nmt
    case "ByteLevel": self = .byteLevel
    case "Precompiled":
      self = .precompiled(try PrecompiledMapping(base64: try part.text("precompiled_charsmap"), part.place))
    default:
      guard let form = UnicodeForm(rawValue: try part.type) else {
        try part.unknown(
          "normalizer",
          known:
            "Sequence, BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace, Prepend, Nmt, ByteLevel, Precompiled"
        )
      }
      self = .form(form)
    }
  }

  func apply(_ text: inout AlignedText) {
    switch self {
    case .sequence(let steps): for step in steps { step.apply(&text) }
    case .bert(let cleans, let separatesChinese, let stripsAccents, let lowercases):
      if cleans { Self.clean(&text) }
      if separatesChinese { Self.separateChinese(&text) }
      if stripsAccents {
        UnicodeForm.decomposed.apply(&text)
        text.filter { $0.isASCII || $0.properties.generalCategory != .nonspacingMark }
      }
      if lowercases { Self.lowercase(&text) }
    case .form(let form): form.apply(&text)
    case .lowercase: Self.lowercase(&text)
    case .stripAccents: text.filter { $0.isASCII || !Self.isMark($0) }
    case .strip(let left, let right): Self.strip(&text, left, right)
    case .replace(let pattern, let content): text.replace(pattern.matches(text.scalars), by: content)
    case .prepend(let content): text.prepend(content)
    case .nmt: Self.cleanForTranslation(&text)
    case .precompiled(let mapping): mapping.apply(&text)
    case .byteLevel: text.replaceEach { scalar in ByteAlphabet.scalars(of: scalar) }
    }
  }

  private static func lowercase(_ text: inout AlignedText) {
    text.replaceEach { scalar in
      if scalar.isASCII { return [scalar.value &- 65 < 26 ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar] }
      return Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  private static func clean(_ text: inout AlignedText) {
    text.filter { !($0.value == 0 || $0.value == 0xFFFD || isControl($0)) }
    text.map { CharacterKind.isSpace($0) ? " " : $0 }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (scalar.value < 32 || scalar.value == 127) && !(9...10).contains(scalar.value) && scalar.value != 13
    }
    return [.control, .format, .privateUse, .surrogate].contains(scalar.properties.generalCategory)
  }

  private static func separateChinese(_ text: inout AlignedText) {
    if !text.scalars.contains(where: CharacterKind.isChinese) { return }
    text.replaceEach { CharacterKind.isChinese($0) ? [" ", $0, " "] : [$0] }
  }

  private static func strip(_ text: inout AlignedText, _ left: Bool, _ right: Bool) {
    var range = 0..<text.count
    if left {
      while !range.isEmpty, CharacterKind.isSpace(text.scalars[range.lowerBound]) { range = range.dropFirst() }
    }
    if right {
      while !range.isEmpty, CharacterKind.isSpace(text.scalars[range.upperBound - 1]) { range = range.dropLast() }
    }
    if range.count < text.count { text = text[range] }
  }

  /// What SentencePiece's `nmt` rules do: control characters are dropped, kinds of space become one.
  private static func cleanForTranslation(_ text: inout AlignedText) {
    text.filter { scalar in
      switch scalar.value {
      case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F, 0x8F, 0x9F: false
      default: true
      }
    }
    text.map { scalar in
      switch scalar.value {
      case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: " "
      default: scalar
      }
    }
  }
}
