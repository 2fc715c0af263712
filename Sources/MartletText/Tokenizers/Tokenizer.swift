import Foundation
import MartletNumerics

/// Turns texts into the numbers that a language model works on, and back, as a `tokenizer.json` of Hugging Face says.
///
///     let tokenizer = try Tokenizer(path: "model/tokenizer.json")
///     let encoding = try tokenizer.encode("Hello, world!")
///     encoding.tokens                          // ["[CLS]", "hello", ",", "world", "!", "[SEP]"]
///     try tokenizer.decode(encoding.ids)       // "hello, world!"
///
/// WordPiece, byte-pair (also of bytes), Unigram and whole-word models; the file's normalizers, pre-tokenizers,
/// post-processors, decoders, added tokens, truncation and padding. Nothing in a file is run; what is not known or does not
/// fit together is refused with its place.
public struct Tokenizer: Sendable {
  let normalizer: TextNormalizer?
  let splitter: TextSplitter?
  let model: TokenModel
  let processor: TokenProcessor?
  let decoder: TokenDecoder?
  let added: [AddedToken]
  private let rawFinder, changedFinder: AddedTokenFinder
  private let addedByID: [Int: AddedToken]
  /// What added tokens stand for that are looked for after the text was made uniform.
  private let decodedTexts: [Int: String]
  /// The file's content.
  private let source: Data

  /// How long encodings may be; `nil` for any length. The file's choice until it is changed.
  public var truncation: TokenizerTruncation?
  /// How encodings are made equally long; `nil` for not at all. The file's choice until it is changed.
  public var padding: TokenizerPadding?

  /// Reads a `tokenizer.json`.
  /// - Throws: ``TokenizerError``.
  public init(path: String) throws(TokenizerError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch { throw TokenizerError("\(path) cannot be read: \(error.localizedDescription)") }
    do {
      try self.init(json: data)
    } catch { throw TokenizerError("\(path): \(error.description)") }
  }

  /// Reads the contents of a `tokenizer.json`.
  /// - Throws: ``TokenizerError``.
  public init(json: Data) throws(TokenizerError) {
    let tree: JSONTree
    do {
      tree = try JSONTreeParser.parse(json)
    } catch { throw TokenizerError("This is no tokenizer.json. \(error.description)") }
    let root = TokenizerPart(tree: tree, place: "")
    guard root.tree.members != nil else { throw TokenizerError("A tokenizer.json holds an object, not \(tree.kind).") }
    try self.init(root, json)
  }

  private init(_ root: TokenizerPart, _ json: Data) throws(TokenizerError) {
    source = json
    normalizer = try root.part("normalizer").map { part throws(TokenizerError) in try TextNormalizer(part) }
    splitter = try root.part("pre_tokenizer").map { part throws(TokenizerError) in try TextSplitter(part) }
    model = try TokenModel(try root.required("model"))
    processor = try root.part("post_processor").map { part throws(TokenizerError) in try TokenProcessor(part) }
    decoder = try root.part("decoder").map { part throws(TokenizerError) in try TokenDecoder(part) }
    truncation = try root.part("truncation").map { part throws(TokenizerError) in try TokenizerTruncation(part) }
    padding = try root.part("padding").map { part throws(TokenizerError) in try TokenizerPadding(part) }
    var added: [AddedToken] = []
    if root.part("added_tokens") != nil {
      for part in try root.parts("added_tokens") { added.append(try AddedToken(part)) }
    }
    self.added = added
    rawFinder = AddedTokenFinder(added.filter { !$0.isNormalized }, nil)
    changedFinder = AddedTokenFinder(added.filter(\.isNormalized), normalizer)
    var texts: [Int: String] = [:]
    for token in added where token.isNormalized {
      var text = AlignedText(token.content)
      normalizer?.apply(&text)
      texts[token.id] = text.text
    }
    decodedTexts = texts
    addedByID = Dictionary(added.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Writes the tokeniser as a `tokenizer.json`, with the truncation and padding that it was read with.
  /// - Throws: ``TokenizerError``.
  public func write(to path: String) throws(TokenizerError) {
    do {
      try source.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw TokenizerError("\(path) cannot be written: \(error.localizedDescription)") }
  }

  /// How many tokens there are, added ones included. (tokenizers: `get_vocab_size`)
  public var vocabularyCount: Int {
    let vocabulary = model.vocabulary
    return vocabulary.count + added.filter { vocabulary.token($0.id) == nil }.count
  }

  /// A token by its number, or `nil`. (tokenizers: `id_to_token`)
  public func token(_ id: Int) -> String? { addedByID[id]?.content ?? model.vocabulary.token(id) }

  /// The number of a token, or `nil`. (tokenizers: `token_to_id`)
  public func id(of token: String) -> Int? {
    added.first { $0.content.utf8.elementsEqual(token.utf8) }?.id ?? model.vocabulary.id(of: token)
  }

  /// A text, or two that belong together, as tokens.
  ///
  /// - Parameters:
  ///   - text: what is cut into tokens.
  ///   - pair: a second text, as an answer belongs to a question.
  ///   - addsSpecialTokens: whether tokens such as `[CLS]` are added around.
  /// - Throws: ``TokenizerError`` when something is not known and the model has no token for that.
  /// - Complexity: O(characters), for words of ordinary length.
  public func encode(
    _ text: String, pair: String? = nil, addsSpecialTokens: Bool = true
  ) throws(TokenizerError) -> TokenEncoding {
    var encodings = [try encodedAlone(text, pair, addsSpecialTokens)]
    padding?.apply(&encodings)
    return encodings[0]
  }

  /// Several texts as tokens, equally many each where ``padding`` says so. (tokenizers: `encode_batch`)
  /// - Throws: ``TokenizerError``.
  public func encode(_ texts: [String], addsSpecialTokens: Bool = true) throws(TokenizerError) -> [TokenEncoding] {
    let pieces = Parallel.mapRanges(texts.count, length: 16) { range in
      Result { () throws(TokenizerError) in
        var encodings: [TokenEncoding] = []
        for text in texts[range] { encodings.append(try encodedAlone(text, nil, addsSpecialTokens)) }
        return encodings
      }
    }
    var encodings: [TokenEncoding] = []
    for piece in pieces { encodings += try piece.get() }
    padding?.apply(&encodings)
    return encodings
  }

  private func encodedAlone(_ text: String, _ pair: String?, _ addsSpecial: Bool) throws(TokenizerError)
    -> TokenEncoding
  {
    var first = try tokens(of: text)
    var second = try pair.map { text throws(TokenizerError) in try tokens(of: text) }
    let addedCount = addsSpecial ? processor?.addedCount(isPair: pair != nil) ?? 0 : 0
    try truncation?.apply(&first, &second, added: addedCount)
    if let processor { return processor.apply(first, second, addsSpecialTokens: addsSpecial) }
    return TokenProcessor.plain([first] + (second.map { [$0] } ?? []))
  }

  /// The tokens of one text, before anything is added or cut off.
  private func tokens(of text: String) throws(TokenizerError) -> TokenEncoding {
    var encoding = TokenEncoding()
    var word = 0
    for (raw, token) in rawFinder.pieces(AlignedText(text)) {
      if let token {
        append(token, raw, &word, &encoding)
        continue
      }
      var changed = raw
      normalizer?.apply(&changed)
      for (piece, token) in changedFinder.pieces(changed) {
        if let token {
          append(token, piece, &word, &encoding)
          continue
        }
        for part in splitter?.split(piece) ?? [piece] where !part.isEmpty {
          for found in try model.tokens(of: part.scalars) {
            encoding.append(
              found.id, found.text ?? model.vocabulary.token(found.id) ?? "", offset: part.origin(of: found.range),
              word: word)
          }
          word += 1
        }
      }
    }
    return encoding
  }

  private func append(_ token: AddedToken, _ text: AlignedText, _ word: inout Int, _ encoding: inout TokenEncoding) {
    encoding.append(token.id, text.text, offset: text.origin(of: 0..<text.count), word: word)
    word += 1
  }

  /// The text that tokens stand for.
  ///
  /// - Parameters:
  ///   - ids: the tokens' numbers.
  ///   - skipsSpecialTokens: whether tokens such as `[CLS]` are left out.
  /// - Throws: ``TokenizerError`` when a number is no token's.
  public func decode(_ ids: [Int], skipsSpecialTokens: Bool = true) throws(TokenizerError) -> String {
    var tokens: [String] = []
    for id in ids {
      guard let token = token(id) else {
        throw TokenizerError("There is no token with the number \(id); there are \(vocabularyCount) tokens.")
      }
      if skipsSpecialTokens, addedByID[id]?.isSpecial == true { continue }
      tokens.append(decodedTexts[id] ?? token)
    }
    return decoder.map { $0.apply(tokens).joined() } ?? tokens.joined(separator: " ")
  }
}
