import Foundation
import MartletNumerics

/// Learns a tokeniser from texts.
///
///     let tokenizer = try TokenizerTraining(.bytePair, vocabularySize: 2_000).train(texts)
///     try tokenizer.write(to: "tokenizer.json")      // for Martlet and for Hugging Face
///
/// A WordPiece tokeniser is like BERT's, one of byte pairs like GPT-2's, one of Unigram like those of SentencePiece.
public struct TokenizerTraining: Sendable, Equatable {
  /// Which kind of tokeniser is learned.
  public enum Kind: String, Sendable, CaseIterable {
    /// The longest known parts from the left; words are cut at white space and punctuation.
    case wordPiece
    /// Pairs of bytes: nothing is ever unknown.
    case bytePair
    /// The most probable parts.
    case unigram
  }

  /// Which kind of tokeniser is learned.
  public var kind: Kind
  /// How many tokens there are at most, special ones included; all characters that occur are among them.
  public var vocabularySize: Int
  /// Pairs that occur less often are not joined. (Unigram does without.)
  public var minimumFrequency: Int
  /// Whether capitals become small letters first. (Byte pairs keep them.)
  public var lowercase: Bool
  /// Tokens that have a meaning of their own and the first numbers.
  public var specialTokens: [String]

  /// - Parameters:
  ///   - kind: which kind of tokeniser is learned.
  ///   - vocabularySize: at least the characters and special tokens.
  ///   - minimumFrequency: pairs that occur less often are not joined.
  ///   - lowercase: whether capitals become small letters.
  ///   - specialTokens: by default BERT's for WordPiece, the end of a text for byte pairs, and what is unknown for Unigram.
  public init(
    _ kind: Kind, vocabularySize: Int = 30_000, minimumFrequency: Int = 2, lowercase: Bool = true,
    specialTokens: [String]? = nil
  ) {
    self.kind = kind
    self.vocabularySize = vocabularySize
    self.minimumFrequency = minimumFrequency
    self.lowercase = lowercase
    let standard: [Kind: [String]] = [
      .wordPiece: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], .bytePair: ["<|endoftext|>"], .unigram: ["<unk>"],
    ]
    self.specialTokens = specialTokens ?? standard[kind] ?? []
  }

  /// - Parameter texts: what the tokeniser is to cut well; at least one with a word.
  /// - Throws: ``TokenizerError`` when there is nothing to learn from.
  public func train(_ texts: [String]) throws(TokenizerError) -> Tokenizer {
    guard vocabularySize > specialTokens.count else {
      throw TokenizerError(
        "Expected a vocabulary of more than the \(specialTokens.count) special tokens; found \(vocabularySize).")
    }
    if kind == .wordPiece, !specialTokens.contains("[UNK]") {
      throw TokenizerError(
        "Expected '[UNK]' among the special tokens of a WordPiece tokeniser; found \(specialTokens).")
    }
    if kind == .unigram, !specialTokens.contains("<unk>") {
      throw TokenizerError("Expected '<unk>' among the special tokens of a Unigram tokeniser; found \(specialTokens).")
    }
    let words = counted(texts)
    guard !words.isEmpty else { throw TokenizerError("Expected texts with words to learn from; found none.") }
    let added = specialTokens.enumerated().map {
      "{\"id\":\($0),\"content\":\(Self.quoted($1)),\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}"
    }
    let json =
      "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[\(added.joined(separator: ","))],"
      + "\(steps),\"model\":\(model(words))}"
    return try Tokenizer(json: Data(json.utf8))
  }

  private var normalizer: TextNormalizer? {
    switch kind {
    case .wordPiece: .bert(cleans: true, separatesChinese: true, stripsAccents: lowercase, lowercases: lowercase)
    case .bytePair: nil
    case .unigram: lowercase ? .sequence([.form(.compatiblyComposed), .lowercase]) : .form(.compatiblyComposed)
    }
  }

  /// The different words of the texts, in the order of their appearance, as the tokeniser's first steps cut them.
  private func counted(_ texts: [String]) -> [(word: String, count: Int)] {
    let splitter: TextSplitter =
      switch kind {
      case .wordPiece: .bert
      case .bytePair: .byteLevel(addsPrefixSpace: false, usesPattern: true)
      case .unigram: .metaspace(Metaspace(replacement: "\u{2581}", prepending: .always, splits: true))
      }
    var (table, counts): (TermTable, [Int]) = (TermTable(), [])
    for text in texts {
      var changed = AlignedText(text)
      normalizer?.apply(&changed)
      for word in splitter.split(changed) where !word.isEmpty {
        let number = table.insert(word.text)
        if number == counts.count { counts.append(0) }
        counts[number] += 1
      }
    }
    return counts.enumerated().map { (table[$0], $1) }
  }

  private func model(_ words: [(word: String, count: Int)]) -> String {
    if kind == .unigram {
      let found = UnigramTrainer(vocabularySize: vocabularySize - specialTokens.count).train(words)
        .filter { !specialTokens.contains($0.token) }
      let entries =
        specialTokens.map { "[\(Self.quoted($0)),0.0]" } + found.map { "[\(Self.quoted($0.token)),\($0.score)]" }
      let unknown = specialTokens.firstIndex(of: "<unk>") ?? 0
      return
        "{\"type\":\"Unigram\",\"unk_id\":\(unknown),\"byte_fallback\":false,\"vocab\":[\(entries.joined(separator: ","))]}"
    }
    var trainer = BytePairTrainer(vocabularySize: vocabularySize)
    trainer.minimumFrequency = minimumFrequency
    trainer.specialTokens = specialTokens
    if kind == .wordPiece { trainer.prefix = "##" } else { trainer.alphabet = ByteAlphabet.scalars }
    let found = trainer.train(words)
    let vocabulary = found.tokens.enumerated().map { "\(Self.quoted($1)):\($0)" }.joined(separator: ",")
    if kind == .wordPiece {
      return
        "{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{\(vocabulary)}}"
    }
    let merges = found.merges.map { "[\(Self.quoted($0.0)),\(Self.quoted($0.1))]" }.joined(separator: ",")
    return
      "{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,\"fuse_unk\":false,\"byte_fallback\":false,\"ignore_merges\":false,\"vocab\":{\(vocabulary)},\"merges\":[\(merges)]}"
  }

  /// The steps around the model, as a `tokenizer.json` has them.
  private var steps: String {
    switch kind {
    case .wordPiece:
      let around = ["[CLS]", "[SEP]"].compactMap { specialTokens.firstIndex(of: $0) }
      let processor =
        around.count < 2
        ? "null"
        : "{\"type\":\"BertProcessing\",\"sep\":[\"[SEP]\",\(around[1])],\"cls\":[\"[CLS]\",\(around[0])]}"
      return
        "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":\(lowercase)},"
        + "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},\"post_processor\":\(processor),"
        + "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}"
    case .bytePair:
      let level = "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}"
      return "\"normalizer\":null,\"pre_tokenizer\":\(level),\"post_processor\":\(level),\"decoder\":\(level)"
    case .unigram:
      let form = "{\"type\":\"NFKC\"}"
      let normalizer = lowercase ? "{\"type\":\"Sequence\",\"normalizers\":[\(form),{\"type\":\"Lowercase\"}]}" : form
      let space = "{\"type\":\"Metaspace\",\"replacement\":\"\u{2581}\",\"prepend_scheme\":\"always\",\"split\":true}"
      return "\"normalizer\":\(normalizer),\"pre_tokenizer\":\(space),\"post_processor\":null,\"decoder\":\(space)"
    }
  }

  private static func quoted(_ text: String) -> String { JSONTree.quoted(text) }
}
