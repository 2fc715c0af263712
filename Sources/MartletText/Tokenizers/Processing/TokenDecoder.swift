/// The steps that turn tokens back into text.
indirect enum TokenDecoder: Sendable {
  case sequence([TokenDecoder])
  case wordPiece(prefix: String, cleansUp: Bool)
  case byteLevel
  case bytePair(suffix: String)
  case metaspace(Metaspace)
  case replace(TextPattern, String)
  case fuse
  case strip(Unicode.Scalar, start: Int, stop: Int)
  case byteFallback

  init(_ part: TokenizerPart) throws(TokenizerError) {
    switch try part.type {
    case "Sequence":
      var steps: [TokenDecoder] = []
      for step in try part.parts("decoders") { steps.append(try TokenDecoder(step)) }
      self = .sequence(steps)
    case "WordPiece":
      self = .wordPiece(
        prefix: try part.optionalText("prefix") ?? "##", cleansUp: try part.bool("cleanup", default: true))
    case "ByteLevel": self = .byteLevel
    case "BPEDecoder": self = .bytePair(suffix: try part.optionalText("suffix") ?? "</w>")
    case "Metaspace": self = .metaspace(try Metaspace(part))
    case "Replace": self = .replace(try TextPattern(try part.required("pattern")), try part.text("content"))
    case "Fuse": self = .fuse
    case "Strip":
      guard let scalar = try part.text("content").unicodeScalars.first else {
        throw TokenizerError("\(part.place): the content to strip is to be one character.")
      }
      self = .strip(scalar, start: try part.whole("start"), stop: try part.whole("stop"))
    case "ByteFallback": self = .byteFallback
    default:
      try part.unknown(
        "decoder", known: "Sequence, WordPiece, ByteLevel, BPEDecoder, Metaspace, Replace, Fuse, Strip, ByteFallback")
    }
  }

  func apply(_ tokens: [String]) -> [String] {
    switch self {
    case .sequence(let steps): return steps.reduce(tokens) { $1.apply($0) }
    case .wordPiece(let prefix, let cleansUp):
      return tokens.enumerated().map { place, token in
        var text = token
        if place > 0 { text = token.hasPrefix(prefix) ? String(token.dropFirst(prefix.count)) : " " + token }
        return cleansUp ? Self.cleanedUp(text) : text
      }
    case .byteLevel: return [ByteAlphabet.text(of: tokens.joined())]
    case .bytePair(let suffix):
      return tokens.enumerated().map { $1.replacingAll(suffix, with: $0 == tokens.count - 1 ? "" : " ") }
    case .metaspace(let metaspace): return metaspace.text(of: tokens)
    case .replace(let pattern, let content):
      return tokens.map { token in
        var text = AlignedText(token)
        text.replace(pattern.matches(text.scalars), by: content)
        return text.text
      }
    case .fuse: return [tokens.joined()]
    case .strip(let scalar, let start, let stop): return tokens.map { Self.stripped($0, scalar, start, stop) }
    case .byteFallback: return Self.withBytes(tokens)
    }
  }

  /// English text without the spaces that cutting put before punctuation and endings.
  private static func cleanedUp(_ text: String) -> String {
    let changes = [
      (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
      (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ]
    return changes.reduce(text) { $0.replacingAll($1.0, with: $1.1) }
  }

  private static func stripped(_ token: String, _ scalar: Unicode.Scalar, _ start: Int, _ stop: Int) -> String {
    var scalars = Array(token.unicodeScalars)
    scalars.removeFirst(scalars.prefix(max(start, 0)).prefix { $0 == scalar }.count)
    scalars.removeLast(scalars.suffix(max(stop, 0)).reversed().prefix { $0 == scalar }.count)
    return String(scalars)
  }

  /// Tokens such as `<0x41>` as the bytes they stand for; runs that are not valid UTF-8 become U+FFFD for each byte.
  private static func withBytes(_ tokens: [String]) -> [String] {
    var (texts, bytes): ([String], [UInt8]) = ([], [])
    func end(_ bytes: inout [UInt8]) {
      if bytes.isEmpty { return }
      if let text = String(validating: bytes, as: UTF8.self) {
        texts.append(text)
      } else {
        texts += bytes.map { _ in "\u{FFFD}" }
      }
      bytes = []
    }
    for token in tokens {
      if token.utf8.count == 6, token.hasPrefix("<0x"), token.hasSuffix(">"),
        let byte = UInt8(token.dropFirst(3).dropLast(), radix: 16)
      {
        bytes.append(byte)
      } else {
        end(&bytes)
        texts.append(token)
      }
    }
    end(&bytes)
    return texts
  }
}

extension String {
  /// The text with every occurrence of another replaced, compared scalar by scalar.
  fileprivate func replacingAll(_ wanted: String, with new: String) -> String {
    var text = AlignedText(self)
    text.replace(TextPattern(text: wanted).matches(text.scalars), by: new)
    return text.text
  }
}
