import Foundation
import MartletText
import Testing

@Suite struct TokenizerTrainerTests {
  struct Trained: Decodable {
    struct Options: Decodable {
      let size: Int
      let least: Int?
      let special: [String]?
      enum CodingKeys: String, CodingKey {
        case size = "vocab_size"
        case least = "min_frequency"
        case special = "special_tokens"
      }
    }
    let name, kind: String
    let options: Options
    let vocabulary: [String]
    let merges: [[String]]
  }

  /// The words of the corpus as BERT's pre-tokenizer cuts them: by a WordPiece tokeniser whose vocabulary is words.
  private func words(_ corpus: [String]) -> [(word: String, count: Int)] {
    var (order, counts): ([String], [String: Int]) = ([], [:])
    for text in corpus {
      for part in text.split(whereSeparator: \.isWhitespace) {
        var word = ""
        func end() {
          if word.isEmpty { return }
          if counts[word] == nil { order.append(word) }
          counts[word, default: 0] += 1
          word = ""
        }
        for character in part {
          let isMark = character.isPunctuation || "$+<=>^`|~".contains(character)
          if isMark { end() }
          word.append(character)
          if isMark { end() }
        }
        end()
      }
    }
    return order.map { ($0, counts[$0]!) }  // counted above
  }

  @Test func pairsAreTheReferences() throws {
    let reference = try TokenizerTests.reference.get()
    // Without marks at the ends and beginnings of parts the reference's numbers, which decide between equals, are in order.
    for expected in reference.trained where expected.name == "bpe" {
      let trainer = BytePairTrainer(vocabularySize: expected.options.size)
      let found = trainer.train(words(reference.corpus))
      #expect(found.tokens == expected.vocabulary)
      #expect(found.merges.map { [$0.0, $0.1] } == expected.merges)
    }
  }

  @Test func wordPiecesAreAsGoodAsTheReferences() throws {
    let reference = try TokenizerTests.reference.get()
    let expected = try #require(reference.trained.first { $0.kind == "WordPiece" })
    var training = TokenizerTraining(
      .wordPiece, vocabularySize: expected.options.size, minimumFrequency: 0, lowercase: false)
    training.specialTokens = ["[UNK]", "[CLS]"]
    let found = try training.train(reference.corpus)
    // The reference numbers parts in the order of a hash table, and so breaks ties by chance.
    let vocabulary = Set((0..<found.vocabularyCount).compactMap { found.token($0) })
    #expect(found.vocabularyCount == expected.vocabulary.count)
    #expect("\(found)".hasPrefix("Tokenizer of \(found.vocabularyCount) tokens"))
    #expect(Double(vocabulary.intersection(expected.vocabulary).count) > 0.8 * Double(vocabulary.count))
  }

  @Test(arguments: TokenizerTraining.Kind.allCases) func trainedTokenizersTakeTextsApart(kind: TokenizerTraining.Kind)
    throws
  {
    let corpus = try TokenizerTests.reference.get().corpus
    let tokenizer = try TokenizerTraining(kind, vocabularySize: 450, minimumFrequency: 0).train(corpus)
    #expect(tokenizer.vocabularyCount <= 450)
    let text = "measuring the petals of flowers"
    let encoding = try tokenizer.encode(text)
    #expect(try tokenizer.decode(encoding.ids) == text)
    // Shorter than characters, and frequent words are whole.
    #expect(encoding.count < text.count / 2 && !encoding.tokens.contains { $0.contains("unk") || $0.contains("UNK") })
    let path = NSTemporaryDirectory() + "/martlet-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try tokenizer.write(to: path)
    #expect(try Tokenizer(path: path).encode(text) == encoding)
  }

  @Test func nothingToLearnFromIsSaid() {
    #expect(throws: TokenizerError.self) { try TokenizerTraining(.bytePair).train([]) }
    #expect(throws: TokenizerError.self) { try TokenizerTraining(.wordPiece, specialTokens: []).train(["a"]) }
    #expect(throws: TokenizerError.self) { try TokenizerTraining(.unigram, vocabularySize: 1).train(["a"]) }
  }
}
