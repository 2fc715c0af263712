import Foundation
import MartletDisplay
import MartletText
import Testing

@Suite struct TokenizerTests {
  struct Look: Decodable {
    let ids: [Int]
    let tokens: [String]
    let types: [Int]
    let offsets: [[Int]]
    let words: [Int?]
    let attention, special: [Int]
    let overflowing: [[Int]]
  }
  struct Text: Decodable {
    let text, decoded: String
    let bare: [Int]
    let look: Look
    init(from decoder: any Decoder) throws {
      look = try Look(from: decoder)
      let file = try decoder.container(keyedBy: CodingKeys.self)
      (text, decoded) = (try file.decode(String.self, forKey: .text), try file.decode(String.self, forKey: .decoded))
      bare = try file.decode([Int].self, forKey: .bare)
    }
    enum CodingKeys: String, CodingKey { case text, decoded, bare }
  }
  struct Pair: Decodable {
    let first, second: String
    let look: Look
    init(from decoder: any Decoder) throws {
      look = try Look(from: decoder)
      let file = try decoder.container(keyedBy: CodingKeys.self)
      (first, second) = (try file.decode(String.self, forKey: .first), try file.decode(String.self, forKey: .second))
    }
    enum CodingKeys: String, CodingKey { case first, second }
  }
  struct Case: Decodable {
    let name, tokenizer: String
    let count: Int
    let texts: [Text]
    let pairs: [Pair]
  }
  struct Reference: Decodable {
    let corpus: [String]
    let cases: [Case]
    let trained: [TokenizerTrainerTests.Trained]
  }

  static let reference = Result { try ReferenceFile.read("tokenizers", as: Reference.self) }

  private func check(_ found: TokenEncoding, _ expected: Look, _ what: String) {
    #expect(found.ids == expected.ids, "\(what): ids, \(found.tokens)")
    #expect(found.tokens == expected.tokens, "\(what): tokens")
    #expect(
      found.offsets.map { [$0.lowerBound, $0.upperBound] } == expected.offsets, "\(what): offsets of \(found.tokens)")
    #expect(found.typeIDs == expected.types, "\(what): types")
    #expect(found.wordIDs == expected.words, "\(what): words")
    #expect(found.attentionMask == expected.attention, "\(what): attention")
    #expect(found.specialTokensMask == expected.special, "\(what): special")
  }

  @Test(arguments: 0..<17) func encodingsAreTheReferences(place: Int) throws {
    let expected = try Self.reference.get().cases[place]
    let tokenizer = try Tokenizer(json: Data(expected.tokenizer.utf8))
    #expect(tokenizer.vocabularyCount == expected.count, "\(expected.name)")
    for text in expected.texts {
      let what = "\(expected.name), '\(text.text)'"
      let found = try tokenizer.encode(text.text)
      check(found, text.look, what)
      #expect(found.overflowing.map(\.ids) == text.look.overflowing, "\(what): overflowing")
      #expect(try tokenizer.encode(text.text, addsSpecialTokens: false).ids == text.bare, "\(what): bare")
      #expect(try tokenizer.decode(text.look.ids) == text.decoded, "\(what): decoded")
    }
    for pair in expected.pairs {
      check(
        try tokenizer.encode(pair.first, pair: pair.second), pair.look,
        "\(expected.name), '\(pair.first)' and '\(pair.second)'")
    }
  }

  @Test func batchesArePadded() throws {
    var tokenizer = try Tokenizer(json: Data(try Self.reference.get().cases[0].tokenizer.utf8))
    tokenizer.padding = TokenizerPadding()
    let encodings = try tokenizer.encode(["flowers", "the classification of flowers"])
    #expect(encodings[0].count == encodings[1].count)
    #expect(encodings[0].attentionMask.contains(0) && !encodings[1].attentionMask.contains(0))
    guard case .text(let html)? = encodings[1].displayBundle()[.html] else { return #expect(Bool(false), "no HTML") }
    #expect(html.contains("classif") && !html.contains("<script"))
  }

  @Test(arguments: [
    ("", "no tokenizer.json"), ("[]", "an object"), ("{}", "'model'"), (#"{"model":{}}"#, "vocab"),
    (#"{"model":{"type":"Neural","vocab":{}}}"#, "the model 'Neural' is not known"),
    (#"{"model":{"type":"WordPiece","vocab":{"a":0}}}"#, "no '[UNK]'"),
    (#"{"model":{"type":"WordPiece","vocab":{"[UNK]":0,"a":0}}}"#, "belongs to"),
    (#"{"model":{"type":"WordPiece","vocab":{"[UNK]":99999999999}}}"#, "is to be whole"),
    (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#, "merges[0]"),
    (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":[["a"]]}}"#, "merges[0]"),
    (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}}"#, "dropout"),
    (#"{"model":{"type":"Unigram","vocab":[["a",-1]],"unk_id":4}}"#, "unk_id"),
    (#"{"model":{"type":"Unigram","vocab":[["a"]],"unk_id":0}}"#, "vocab[0]"),
    (#"{"model":{"type":"WordLevel","vocab":{"a":0}},"normalizer":{"type":"Magic"}}"#, "the normalizer 'Magic'"),
    (
      #"{"model":{"type":"WordLevel","vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"("},"behavior":"Isolated"}}"#,
      "no regular expression"
    ),
    (
      #"{"model":{"type":"WordLevel","vocab":{"a":0}},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"X","type_id":0}}],"pair":[],"special_tokens":{}}}"#,
      "special_tokens"
    ),
    (
      #"{"model":{"type":"WordLevel","vocab":{"a":0}},"normalizer":{"type":"Precompiled","precompiled_charsmap":"/////w=="}}"#,
      "announces"
    ),
  ]) func hostileFilesAreRefused(text: String, reason: String) {
    let error = #expect(throws: TokenizerError.self) { try Tokenizer(json: Data(text.utf8)) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func deepNestingIsRefused() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: TokenizerError.self) { try Tokenizer(json: Data(text.utf8)) }
  }
}
