/// The steps that cut a text into words before the model sees it.
indirect enum TextSplitter: Sendable {
  case sequence([TextSplitter])
  case bert
  case whitespace
  case whitespaceOnly
  case byteLevel(addsPrefixSpace: Bool, usesPattern: Bool)
  case metaspace(Metaspace)
  case punctuation(SplitBehavior)
  case pattern(TextPattern, SplitBehavior, isInverted: Bool)
  case digits(isIndividual: Bool)
  case delimiter(Unicode.Scalar)

  init(_ part: TokenizerPart) throws(TokenizerError) {
    switch try part.type {
    case "Sequence":
      var steps: [TextSplitter] = []
      for step in try part.parts("pretokenizers") { steps.append(try TextSplitter(step)) }
      self = .sequence(steps)
    case "BertPreTokenizer": self = .bert
    case "Whitespace": self = .whitespace
    case "WhitespaceSplit": self = .whitespaceOnly
    case "ByteLevel":
      self = .byteLevel(
        addsPrefixSpace: try part.bool("add_prefix_space", default: true),
        usesPattern: try part.bool("use_regex", default: true))
    case "Metaspace": self = .metaspace(try Metaspace(part))
    case "Punctuation":
      self = .punctuation(try SplitBehavior(try part.optionalText("behavior") ?? "Isolated", part.place))
    case "Split":
      self = .pattern(
        try TextPattern(try part.required("pattern")), try SplitBehavior(try part.text("behavior"), part.place),
        isInverted: try part.bool("invert", default: false))
    case "Digits": self = .digits(isIndividual: try part.bool("individual_digits", default: false))
    case "CharDelimiterSplit":
      let scalars = Array(try part.text("delimiter").unicodeScalars)
      guard scalars.count == 1 else { throw TokenizerError("\(part.place): the delimiter is to be one character.") }
      self = .delimiter(scalars[0])
    default:
      try part.unknown(
        "pre-tokenizer",
        known:
          "Sequence, BertPreTokenizer, Whitespace, WhitespaceSplit, ByteLevel, Metaspace, Punctuation, Split, Digits, CharDelimiterSplit"
      )
    }
  }

  func split(_ text: AlignedText) -> [AlignedText] {
    switch self {
    case .sequence(let steps):
      return steps.reduce([text]) { pieces, step in pieces.flatMap { step.split($0) } }
    case .bert:
      return SplitBehavior.removed.pieces(text, cutAt: Self.each(text, CharacterKind.isSpace)).flatMap {
        SplitBehavior.isolated.pieces($0, cutAt: Self.each($0, CharacterKind.isPunctuation))
      }
    case .whitespace: return Self.wordsAndSymbols(text)
    case .whitespaceOnly: return SplitBehavior.removed.pieces(text, cutAt: Self.each(text, CharacterKind.isSpace))
    case .byteLevel(let addsPrefixSpace, let usesPattern):
      var text = text
      if addsPrefixSpace, let first = text.scalars.first, first != " " { text.prepend(" ") }
      var pieces =
        usesPattern ? SplitBehavior.isolated.pieces(text, cutAt: ByteLevelPattern.matches(text.scalars)) : [text]
      for place in pieces.indices { pieces[place].replaceEach { ByteAlphabet.scalars(of: $0) } }
      return pieces
    case .metaspace(let metaspace): return metaspace.split(text)
    case .punctuation(let behavior): return behavior.pieces(text, cutAt: Self.each(text, CharacterKind.isPunctuation))
    case .pattern(let pattern, let behavior, let isInverted):
      return behavior.pieces(text, cutAt: pattern.matches(text.scalars), isInverted: isInverted)
    case .digits(let isIndividual):
      let behavior: SplitBehavior = isIndividual ? .isolated : .contiguous
      return behavior.pieces(text, cutAt: Self.each(text, CharacterKind.isNumber))
    case .delimiter(let delimiter):
      return SplitBehavior.removed.pieces(text, cutAt: Self.each(text) { $0 == delimiter })
    }
  }

  private static func each(_ text: AlignedText, _ isCut: (Unicode.Scalar) -> Bool) -> [Range<Int>] {
    text.scalars.indices.filter { isCut(text.scalars[$0]) }.map { $0..<$0 + 1 }
  }

  /// Runs of letters and digits, and runs of other characters but white space.
  private static func wordsAndSymbols(_ text: AlignedText) -> [AlignedText] {
    var (pieces, start): ([AlignedText], Int) = ([], 0)
    while start < text.count {
      let scalar = text.scalars[start]
      var end = start + 1
      if !CharacterKind.isSpace(scalar) {
        let isWord = CharacterKind.isWord(scalar)
        while end < text.count, !CharacterKind.isSpace(text.scalars[end]),
          CharacterKind.isWord(text.scalars[end]) == isWord
        { end += 1 }
        pieces.append(text[start..<end])
      }
      start = end
    }
    return pieces
  }
}

/// Spaces as a visible character that begins words, as SentencePiece writes them.
struct Metaspace: Sendable {
  /// Where the character is put before a text that does not begin with it.
  enum Prepending: String, Sendable {
    case always
    case first
    case never
  }

  let replacement: Unicode.Scalar
  let prepending: Prepending
  let splits: Bool

  init(replacement: Unicode.Scalar, prepending: Prepending, splits: Bool) {
    self.replacement = replacement
    self.prepending = prepending
    self.splits = splits
  }

  init(_ part: TokenizerPart) throws(TokenizerError) {
    let scalars = Array(try part.text("replacement").unicodeScalars)
    guard scalars.count == 1 else { throw TokenizerError("\(part.place): the replacement is to be one character.") }
    replacement = scalars[0]
    if let name = try part.optionalText("prepend_scheme") {
      guard let prepending = Prepending(rawValue: name) else {
        throw TokenizerError(
          "\(part.place): the prepend_scheme '\(name)' is not known. Known are always, first, never.")
      }
      self.prepending = prepending
    } else {
      prepending = try part.bool("add_prefix_space", default: true) ? .always : .never
    }
    splits = try part.bool("split", default: true)
  }

  func split(_ text: AlignedText) -> [AlignedText] {
    var text = text
    text.map { $0 == " " ? replacement : $0 }
    let isFirst = prepending == .always || prepending == .first && text.origins.first?.start == 0
    if isFirst, let first = text.scalars.first, first != replacement { text.prepend(String(replacement)) }
    guard splits else { return text.isEmpty ? [] : [text] }
    let cuts = text.scalars.indices.filter { text.scalars[$0] == replacement }.map { $0..<$0 + 1 }
    return SplitBehavior.mergedWithNext.pieces(text, cutAt: cuts)
  }

  /// The text that tokens stand for.
  func text(of tokens: [String]) -> [String] {
    tokens.enumerated().map { place, token in
      let isDropped = place == 0 && prepending != .never
      return String(
        token.unicodeScalars.enumerated().compactMap { i, scalar in
          scalar == replacement ? (isDropped && i == 0 ? nil : " ") : scalar
        })
    }
  }
}
