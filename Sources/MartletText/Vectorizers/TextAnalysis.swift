/// What counts as a term of a text.
public enum TextAnalyzer: String, Sendable, Codable, CaseIterable {
  /// Words, and rows of them.
  case word
  /// Rows of characters.
  case character
  /// Rows of characters within words, which a space before and after belongs to. (scikit-learn: `char_wb`)
  case characterWithinWords
}

/// How accents are taken off letters. (scikit-learn: `strip_accents`)
public enum AccentStripping: String, Sendable, Codable, CaseIterable {
  /// Letters stay as they are.
  case none
  /// Characters are taken apart and what is not ASCII is dropped.
  case ascii
  /// Characters are taken apart and the marks are dropped.
  case unicode
}

/// Words that are not counted.
public enum StopWords: Sendable, Equatable, Codable {
  /// Every word is counted.
  case none
  /// 318 English words that say little about a text's subject.
  case english
  /// These words, in the form that the texts have once they are in small letters.
  case list([String])

  var words: [String] {
    switch self {
    case .none: []
    case .english: EnglishStopWords.words
    case .list(let words): words
    }
  }
}

/// How texts become terms, for every vectorizer.
public struct TextAnalysis: Sendable, Equatable, Codable {
  /// What counts as a term.
  public var analyzer: TextAnalyzer
  /// How many words or characters in a row are a term: from 1. (scikit-learn: `ngram_range`)
  public var nGramRange: ClosedRange<Int>
  /// Whether capitals become small letters first.
  public var lowercase: Bool
  /// How accents are taken off.
  public var stripAccents: AccentStripping
  /// Words that are left out, before rows of words are made.
  public var stopWords: StopWords
  /// What a word is: a regular expression of ICU, whose first group is the word where it has one. (scikit-learn: `token_pattern`)
  public var tokenPattern: String

  /// Two or more letters, digits or underscores.
  public static let defaultTokenPattern = #"\b\w\w+\b"#

  /// - Parameters:
  ///   - analyzer: what counts as a term.
  ///   - nGramRange: how many words or characters in a row are a term.
  ///   - lowercase: whether capitals become small letters.
  ///   - stripAccents: how accents are taken off.
  ///   - stopWords: words that are left out.
  ///   - tokenPattern: what a word is.
  public init(
    analyzer: TextAnalyzer = .word, nGramRange: ClosedRange<Int> = 1...1, lowercase: Bool = true,
    stripAccents: AccentStripping = .none, stopWords: StopWords = .none,
    tokenPattern: String = TextAnalysis.defaultTokenPattern
  ) {
    self.analyzer = analyzer
    self.nGramRange = nGramRange
    self.lowercase = lowercase
    self.stripAccents = stripAccents
    self.stopWords = stopWords
    self.tokenPattern = tokenPattern
  }
}
