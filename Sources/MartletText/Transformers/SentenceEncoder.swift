import Foundation
import MartletNumerics

/// Turns texts into vectors that are near each other when the texts mean similar things.
///
///     let encoder = try SentenceEncoder(folder: "all-MiniLM-L6-v2")
///     let vectors = try encoder.embed(["A cat sits on the mat.", "A kitten is on the rug."])
///     vectors.shape      // [2, 384]
///
/// The folder is one of sentence-transformers: a ``BertEncoder``'s files and `tokenizer.json`. The descriptions of a text's
/// tokens are averaged (or the first is taken, where `1_Pooling/config.json` says so) and scaled to length 1, so that the
/// product of two vectors is the cosine of their angle.
///
/// Reference: Reimers and Gurevych (2019), Sentence-BERT: sentence embeddings using siamese BERT-networks.
public struct SentenceEncoder: Sendable {
  /// How the descriptions of tokens become one.
  public enum Pooling: String, Sendable {
    /// Their mean.
    case mean
    /// That of the first token.
    case first
  }

  /// What cuts texts into tokens.
  public let tokenizer: Tokenizer
  /// What describes tokens.
  public let encoder: BertEncoder
  /// How the descriptions of tokens become one.
  public let pooling: Pooling
  /// Whether vectors have length 1.
  public let normalizes: Bool

  /// Reads a model's folder.
  /// - Throws: ``TransformerError`` when a file is missing or damaged, or the layout is another.
  public init(folder: String) throws(TransformerError) {
    let base = URL(fileURLWithPath: folder)
    encoder = try BertEncoder(folder: folder)
    var tokenizer: Tokenizer
    do {
      tokenizer = try Tokenizer(path: base.appendingPathComponent("tokenizer.json").path)
    } catch { throw TransformerError(error.description) }
    let length =
      Self.read(base, "sentence_bert_config.json")?["max_seq_length"]?.whole ?? tokenizer.truncation?.maximumLength
    tokenizer.padding = nil
    tokenizer.truncation = TokenizerTruncation(
      maximumLength: min(max(length ?? encoder.configuration.maximumLength, 1), encoder.configuration.maximumLength))
    self.tokenizer = tokenizer
    let settings = Self.read(base, "1_Pooling/config.json")
    pooling = settings?["pooling_mode_cls_token"]?.bool == true ? .first : .mean
    let modules = Self.read(base, "modules.json")?.list
    normalizes = modules?.contains { $0["type"]?.text?.hasSuffix("Normalize") == true } ?? true
  }

  private static func read(_ base: URL, _ name: String) -> JSONTree? {
    guard let data = try? Data(contentsOf: base.appendingPathComponent(name)) else { return nil }
    return try? JSONTreeParser.parse(data)
  }

  /// The vectors of texts, shape `[texts, width]`.
  /// - Throws: ``TransformerError``.
  public func embed(_ texts: [String]) throws(TransformerError) -> Tensor<Float> {
    let encodings: [TokenEncoding]
    do {
      encodings = try tokenizer.encode(texts)
    } catch { throw TransformerError(error.description) }
    let width = encoder.configuration.width
    var scalars: [Float] = []
    scalars.reserveCapacity(texts.count * width)
    // Some thousand texts at a time: their tokens' descriptions are not kept.
    for first in stride(from: 0, to: texts.count, by: 4_096) {
      let part = encodings[first..<min(first + 4_096, texts.count)]
      for states in try encoder.encode(part.map(\.ids), types: part.map(\.typeIDs)) { scalars += pooled(states) }
    }
    return Tensor(scalars, shape: [texts.count, width])
  }

  /// The vector of one text, shape `[width]`.
  /// - Throws: ``TransformerError``.
  public func embed(_ text: String) throws(TransformerError) -> Tensor<Float> {
    try embed([text]).reshaped(to: [encoder.configuration.width])
  }

  private func pooled(_ states: Tensor<Float>) -> [Float] {
    var vector = pooling == .first ? states[0, .all].scalars : states.mean(axis: 0).scalars
    guard normalizes else { return vector }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if length > 0 { for place in vector.indices { vector[place] /= length } }
    return vector
  }
}
