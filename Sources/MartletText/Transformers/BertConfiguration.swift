import Foundation
import MartletNumerics

/// The sizes of a BERT, as its `config.json` gives them.
public struct BertConfiguration: Sendable, Equatable {
  /// How many tokens there are. (transformers: `vocab_size`)
  public let vocabularyCount: Int
  /// How many numbers describe a token. (transformers: `hidden_size`)
  public let width: Int
  /// How many layers there are. (transformers: `num_hidden_layers`)
  public let layers: Int
  /// How many heads look at the tokens in each layer; a divisor of ``width``. (transformers: `num_attention_heads`)
  public let heads: Int
  /// How wide the inner layer is. (transformers: `intermediate_size`)
  public let innerWidth: Int
  /// The most tokens of a text. (transformers: `max_position_embeddings`)
  public let maximumLength: Int
  /// How many kinds of text there are. (transformers: `type_vocab_size`)
  public let types: Int
  /// Added to variances. (transformers: `layer_norm_eps`)
  public let epsilon: Float

  /// Reads the contents of a `config.json`.
  /// - Throws: ``TransformerError`` when a size is missing, out of range, or the layout is another.
  public init(json: Data) throws(TransformerError) {
    let tree: JSONTree
    do {
      tree = try JSONTreeParser.parse(json)
    } catch { throw TransformerError("config.json is not JSON. \(error.description)") }
    func size(_ name: String, _ range: ClosedRange<Int>) throws(TransformerError) -> Int {
      guard let value = tree[name]?.whole, range ~= value else {
        throw TransformerError(
          "config.json: expected \(name) from \(range.lowerBound) to \(range.upperBound), found \(tree[name]?.number.map { "\($0)" } ?? "nothing")."
        )
      }
      return value
    }
    if let type = tree["model_type"]?.text, type != "bert" {
      throw TransformerError("config.json: the layout is '\(type)'; 'bert' can be read.")
    }
    if let kind = tree["position_embedding_type"]?.text, kind != "absolute" {
      throw TransformerError("config.json: positions are '\(kind)'; 'absolute' can be read.")
    }
    if let activation = tree["hidden_act"]?.text, activation != "gelu" {
      throw TransformerError("config.json: the activation is '\(activation)'; 'gelu' can be read.")
    }
    vocabularyCount = try size("vocab_size", 1...10_000_000)
    width = try size("hidden_size", 1...65_536)
    layers = try size("num_hidden_layers", 1...1_000)
    heads = try size("num_attention_heads", 1...1_024)
    innerWidth = try size("intermediate_size", 1...1_000_000)
    maximumLength = try size("max_position_embeddings", 1...1_000_000)
    types = try size("type_vocab_size", 1...1_000)
    epsilon = Float(tree["layer_norm_eps"]?.number ?? 1e-12)
    guard width % heads == 0 else {
      throw TransformerError("config.json: hidden_size \(width) is not a multiple of num_attention_heads \(heads).")
    }
  }
}
