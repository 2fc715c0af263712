/// What is added around the tokens of a text, or of two.
indirect enum TokenProcessor: Sendable {
  case sequence([TokenProcessor])
  case template(single: [TokenTemplatePiece], pair: [TokenTemplatePiece])
  case trimmedOffsets(addsPrefixSpace: Bool)
  case nothing

  init(_ part: TokenizerPart) throws(TokenizerError) {
    switch try part.type {
    case "Sequence":
      var steps: [TokenProcessor] = []
      for step in try part.parts("processors") { steps.append(try TokenProcessor(step)) }
      self = .sequence(steps)
    case "TemplateProcessing":
      self = .template(
        single: try TokenTemplatePiece.list(part, "single"), pair: try TokenTemplatePiece.list(part, "pair"))
    case "BertProcessing":
      let (sep, cls) = (try Self.token(part, "sep"), try Self.token(part, "cls"))
      self = .template(
        single: [.special([cls], type: 0), .text(isSecond: false, type: 0), .special([sep], type: 0)],
        pair: [
          .special([cls], type: 0), .text(isSecond: false, type: 0), .special([sep], type: 0),
          .text(isSecond: true, type: 1), .special([sep], type: 1),
        ])
    case "RobertaProcessing":
      let (sep, cls) = (try Self.token(part, "sep"), try Self.token(part, "cls"))
      let template = TokenProcessor.template(
        single: [.special([cls], type: 0), .text(isSecond: false, type: 0), .special([sep], type: 0)],
        pair: [
          .special([cls], type: 0), .text(isSecond: false, type: 0), .special([sep, sep], type: 0),
          .text(isSecond: true, type: 0), .special([sep], type: 0),
        ])
      let trims = try part.bool("trim_offsets", default: true)
      let adds = try part.bool("add_prefix_space", default: true)
      self = trims ? .sequence([.trimmedOffsets(addsPrefixSpace: adds), template]) : template
    case "ByteLevel":
      let trims = try part.bool("trim_offsets", default: true)
      self = trims ? .trimmedOffsets(addsPrefixSpace: try part.bool("add_prefix_space", default: true)) : .nothing
    default:
      try part.unknown(
        "post-processor", known: "Sequence, TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel")
    }
  }

  private static func token(_ part: TokenizerPart, _ name: String) throws(TokenizerError) -> TokenTemplatePiece.Special
  {
    guard let pair = part.tree[name]?.list, pair.count == 2, let token = pair[0].text, let id = pair[1].whole else {
      throw TokenizerError("\(part.place).\(name): expected a token and its number.")
    }
    return .init(id: id, token: token)
  }

  /// How many tokens are added.
  func addedCount(isPair: Bool) -> Int {
    switch self {
    case .sequence(let steps): steps.reduce(0) { $0 + $1.addedCount(isPair: isPair) }
    case .template(let single, let pair): (isPair ? pair : single).reduce(0) { $0 + $1.addedCount }
    case .trimmedOffsets, .nothing: 0
    }
  }

  /// The tokens of one text or two with what is added.
  func apply(_ first: TokenEncoding, _ second: TokenEncoding?, addsSpecialTokens: Bool) -> TokenEncoding {
    var texts = [first] + (second.map { [$0] } ?? [])
    var result: TokenEncoding?
    for step in steps {
      switch step {
      case .trimmedOffsets(let addsPrefixSpace):
        if result != nil { Self.trim(&result!, addsPrefixSpace) }  // not nil: just checked
        for place in texts.indices { Self.trim(&texts[place], addsPrefixSpace) }
      case .template(let single, let pair) where addsSpecialTokens:
        result = Self.joined(texts, texts.count == 2 ? pair : single)
        if texts.count == 1, result != nil {
          result?.overflowing = texts[0].overflowing.map { Self.joined([$0], single) }
        }
      default: break
      }
    }
    return result ?? Self.plain(texts)
  }

  private var steps: [TokenProcessor] { if case .sequence(let steps) = self { steps.flatMap(\.steps) } else { [self] } }

  static func plain(_ texts: [TokenEncoding]) -> TokenEncoding {
    var result = texts[0]
    if texts.count == 2 { result.append(contentsOf: texts[1].withType(1)) }
    return result
  }

  private static func joined(_ texts: [TokenEncoding], _ pieces: [TokenTemplatePiece]) -> TokenEncoding {
    var result = TokenEncoding()
    for piece in pieces {
      switch piece {
      case .special(let tokens, let type):
        for special in tokens { result.append(special.id, special.token, type: type, isSpecial: true) }
      case .text(let isSecond, let type):
        if texts.indices.contains(isSecond ? 1 : 0) {
          result.append(contentsOf: texts[isSecond ? 1 : 0].withType(type))
        }
      }
    }
    return result
  }

  /// Leaves the spaces that byte-level tokens begin and end with out of their offsets.
  private static func trim(_ encoding: inout TokenEncoding, _ addsPrefixSpace: Bool) {
    let space = ByteAlphabet.scalars[32]
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == space || CharacterKind.isSpace(scalar) }
    for place in encoding.ids.indices where encoding.specialTokensMask[place] == 0 {
      let scalars = Array(encoding.tokens[place].unicodeScalars)
      var leading = scalars.prefix(while: isSpace).count
      let trailing = scalars.reversed().prefix(while: isSpace).count
      var (start, end) = (encoding.offsets[place].lowerBound, encoding.offsets[place].upperBound)
      if leading > 0 {
        if addsPrefixSpace, place == 0 || start == 0 { leading -= 1 }
        start = min(start + leading, end)
      }
      if trailing > 0, end >= trailing { end = max(end - trailing, start) }
      encoding.offsets[place] = start..<end
    }
    for place in encoding.overflowing.indices { trim(&encoding.overflowing[place], addsPrefixSpace) }
  }
}

/// One piece of a template: tokens that are added, or the tokens of a text.
enum TokenTemplatePiece: Sendable {
  struct Special: Sendable {
    let id: Int
    let token: String
  }
  case special([Special], type: Int)
  case text(isSecond: Bool, type: Int)

  var addedCount: Int { if case .special(let tokens, _) = self { tokens.count } else { 0 } }

  static func list(_ part: TokenizerPart, _ name: String) throws(TokenizerError) -> [TokenTemplatePiece] {
    var pieces: [TokenTemplatePiece] = []
    for piece in try part.parts(name) {
      if let text = piece.part("Sequence") {
        pieces.append(.text(isSecond: try text.text("id") == "B", type: try text.whole("type_id")))
      } else {
        let special = try piece.required("SpecialToken")
        let name = try special.text("id")
        guard let known = part.tree["special_tokens"]?[name], let ids = known["ids"]?.list?.compactMap(\.whole),
          let tokens = known["tokens"]?.list?.compactMap(\.text), ids.count == tokens.count
        else { throw TokenizerError("\(piece.place): the special token '\(name)' is not among special_tokens.") }
        pieces.append(.special(zip(ids, tokens).map { Special(id: $0, token: $1) }, type: try special.whole("type_id")))
      }
    }
    return pieces
  }
}
