/// One token that a model found in a word.
struct FoundToken: Sendable {
  let id: Int
  /// Which of the word's scalars it stands for.
  let range: Range<Int>
  /// How it is written when that is not as the vocabulary has it: what is unknown stands for itself.
  var text: String?
}

/// What cuts words into tokens of a vocabulary.
enum TokenModel: Sendable {
  case wordPiece(WordPieceModel)
  case bytePair(BytePairModel)
  case unigram(UnigramModel)
  case wordLevel(WordLevelModel)

  init(_ part: TokenizerPart) throws(TokenizerError) {
    // Older files do not say which model they hold.
    switch try part.optionalText("type") ?? (part.tree["merges"] == nil ? "WordPiece" : "BPE") {
    case "WordPiece": self = .wordPiece(try WordPieceModel(part))
    case "BPE": self = .bytePair(try BytePairModel(part))
    case "Unigram": self = .unigram(try UnigramModel(part))
    case "WordLevel": self = .wordLevel(try WordLevelModel(part))
    default: try part.unknown("model", known: "WordPiece, BPE, Unigram, WordLevel")
    }
  }

  func tokens(of word: [Unicode.Scalar]) throws(TokenizerError) -> [FoundToken] {
    switch self {
    case .wordPiece(let model): model.tokens(of: word)
    case .bytePair(let model): model.tokens(of: word)
    case .unigram(let model): try model.tokens(of: word)
    case .wordLevel(let model): try model.tokens(of: word)
    }
  }

  var vocabulary: TokenVocabulary {
    switch self {
    case .wordPiece(let model): model.vocabulary
    case .bytePair(let model): model.vocabulary
    case .unigram(let model): model.vocabulary
    case .wordLevel(let model): model.vocabulary
    }
  }
}

/// Whole words or nothing.
struct WordLevelModel: Sendable {
  let vocabulary: TokenVocabulary
  let unknown: String

  init(_ part: TokenizerPart) throws(TokenizerError) {
    vocabulary = try TokenVocabulary(part, "vocab")
    unknown = try part.optionalText("unk_token") ?? "<unk>"
  }

  func tokens(of word: [Unicode.Scalar]) throws(TokenizerError) -> [FoundToken] {
    guard let id = vocabulary.id(of: String(word)) ?? vocabulary.id(of: unknown) else {
      throw TokenizerError("The word '\(String(word))' is not known, and the vocabulary has no '\(unknown)'.")
    }
    return [FoundToken(id: id, range: 0..<word.count)]
  }
}
