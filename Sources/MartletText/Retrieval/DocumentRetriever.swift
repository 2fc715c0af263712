import MartletNumerics

/// Finds the passages of documents that answer a question, by words and, where there is an encoder, by meaning.
///
///     let retriever = try DocumentRetriever(documents, encoder: encoder)
///     let passages = try retriever.passages(for: "How is the model trained?", count: 3)
///     let prompt = CitedPrompt().text(question: "How is the model trained?", passages: passages)
///
/// The two rankings are joined by ``reciprocalRankFusion(_:constant:count:)``.
public struct DocumentRetriever: Sendable {
  /// The passages of all documents.
  public let chunks: [TextChunk]
  private let words: BM25Index
  private let vectors: FlatIndex?
  private let encoder: SentenceEncoder?

  /// - Parameters:
  ///   - documents: the texts.
  ///   - chunker: how they are cut into passages.
  ///   - encoder: what passages are compared by besides words; `nil` for words alone.
  /// - Throws: ``RetrievalError``.
  public init(
    _ documents: [String], chunker: TextChunker = TextChunker(), encoder: SentenceEncoder? = nil
  ) throws(RetrievalError) {
    chunks = try chunker.chunks(of: documents)
    self.encoder = encoder
    let texts = chunks.map(\.text)
    do {
      words = try BM25Index(texts, stopWords: .english, stripAccents: .unicode)
      vectors = texts.isEmpty ? nil : try encoder.map { try FlatIndex($0.embed(texts)) }
    } catch { throw RetrievalError("\(error)") }
  }

  /// A passage that was found.
  public struct Passage: Sendable, Equatable, CustomStringConvertible {
    /// The passage.
    public let chunk: TextChunk
    /// How high it stood in the rankings; only the order means anything.
    public let score: Double

    /// The document's number and the text.
    public var description: String { "[\(chunk.document)] \(chunk.text)" }
  }

  /// The passages that answer a question, best first.
  /// - Throws: ``RetrievalError``.
  public func passages(for question: String, count: Int = 5) throws(RetrievalError) -> [Passage] {
    let byWords = words.search(question, count: max(count * 4, 20))
    var rankings = [byWords]
    if let encoder, let vectors {
      do {
        rankings.append(try vectors.search(encoder.embed(question), count: max(count * 4, 20)))
      } catch { throw RetrievalError("\(error)") }
    }
    return reciprocalRankFusion(rankings, count: count).map { Passage(chunk: chunks[$0.document], score: $0.score) }
  }
}

/// The text that asks a language model to answer from passages and to say which.
public struct CitedPrompt: Sendable, Equatable {
  /// What stands before the passages.
  public var instruction: String

  /// - Parameter instruction: what the model is to do.
  public init(
    instruction: String =
      "Answer the question from the numbered passages alone. Put the numbers of the passages that a sentence is based on after it, as in [1]. If they do not say, answer that you do not know."
  ) { self.instruction = instruction }

  /// The prompt: instruction, passages numbered from 1, question.
  public func text(question: String, passages: [DocumentRetriever.Passage]) -> String {
    let numbered = passages.enumerated().map { "[\($0 + 1)] \($1.chunk.text)" }
    return ([instruction] + numbered + ["Question: \(question)", "Answer:"]).joined(separator: "\n\n")
  }
}

/// How far an answer keeps to the passages that it cites.
public struct AnswerCheck: Sendable, Equatable {
  /// One sentence of an answer.
  public struct Sentence: Sendable, Equatable {
    /// The sentence.
    public let text: String
    /// The numbers it cites that are passages', from 1.
    public let citations: [Int]
    /// The share of its words, but for very common ones, that the cited passages have; all passages where it cites none.
    public let support: Double
  }

  /// The answer's sentences.
  public let sentences: [Sentence]
  /// Numbers that are cited but are no passage's.
  public let unknownCitations: [Int]

  /// The mean of the sentences' support, from 0 to 1; 1 without sentences.
  public var faithfulness: Double {
    sentences.isEmpty ? 1 : sentences.reduce(0) { $0 + $1.support } / Double(sentences.count)
  }

  /// Compares an answer with passages by the words that they share: a rough check, which cannot tell a denial from its
  /// opposite.
  public init(_ answer: String, passages: [DocumentRetriever.Passage]) {
    let search = SearchWords(stopWords: .english, stripAccents: .unicode)
    let known = passages.map { Set(search.words(of: $0.chunk.text).map(\.text)) }
    var (found, unknown): ([Sentence], [Int]) = ([], [])
    for text in Self.sentences(answer) {
      let cited = Self.citations(text)
      unknown += cited.numbers.filter { !(1...max(passages.count, 1) ~= $0) || passages.isEmpty }
      let citations = cited.numbers.filter { passages.indices.contains($0 - 1) }
      let words = search.words(of: cited.rest).map(\.text)
      if words.isEmpty { continue }
      let sources = (citations.isEmpty ? Array(passages.indices) : citations.map { $0 - 1 }).map { known[$0] }
      let supported = words.filter { word in sources.contains { $0.contains(word) } }
      found.append(
        Sentence(text: text, citations: citations, support: Double(supported.count) / Double(words.count)))
    }
    sentences = found
    unknownCitations = unknown
  }

  private static func sentences(_ answer: String) -> [String] {
    var (sentences, current): ([String], String) = ([], "")
    let characters = Array(answer)
    for (place, character) in characters.enumerated() {
      current.append(character)
      let isEnd = ".!?\n".contains(character) && (place + 1 == characters.count || characters[place + 1].isWhitespace)
      if isEnd, !nextIsCitation(characters, place + 1) {
        sentences.append(current)
        current = ""
      }
      // A citation after the full stop still belongs to the sentence.
      if character == "]", isEndOfSentence(characters, place) {
        sentences.append(current)
        current = ""
      }
    }
    return (sentences + [current]).filter { $0.contains { !$0.isWhitespace } }
  }

  private static func nextIsCitation(_ characters: [Character], _ place: Int) -> Bool {
    characters[place...].first { !$0.isWhitespace } == "["
  }

  private static func isEndOfSentence(_ characters: [Character], _ place: Int) -> Bool {
    guard let start = characters[...place].lastIndex(of: "["), !nextIsCitation(characters, place + 1) else {
      return false
    }
    guard let before = characters[..<start].last(where: { !$0.isWhitespace }) else { return false }
    return ".!?".contains(before)
  }

  /// The numbers in square brackets, and the text without them.
  private static func citations(_ text: String) -> (numbers: [Int], rest: String) {
    var (numbers, rest): ([Int], String) = ([], "")
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == "[", let end = text[place...].firstIndex(of: "]") {
        let inner = text[text.index(after: place)..<end].split(separator: ",").map { Int($0.filter { $0 != " " }) }
        if !inner.isEmpty, !inner.contains(nil) {
          numbers += inner.compactMap { $0 }
          place = text.index(after: end)
          continue
        }
      }
      rest.append(text[place])
      place = text.index(after: place)
    }
    return (numbers, rest)
  }
}
