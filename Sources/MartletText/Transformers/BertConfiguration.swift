import Foundation
import MartletNumerics

/// The sizes of a BERT, or of a RoBERTa or DistilBERT, as its `config.json` gives them.
public struct BertConfiguration: Sendable, Equatable {
  /// Which of the layouts it is.
  public enum Layout: String, Sendable, Hashable, CaseIterable {
    /// Words, places and kinds of text are added.
    case bert
    /// The same, with places counted from behind that of the filling token; XLM-RoBERTa is one too.
    case roberta
    /// Without kinds of text, and with names of its own.
    case distilbert
  }

  /// Which of the layouts it is. (transformers: `model_type`)
  public let layout: Layout
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
  /// The most tokens of a text. (transformers: `max_position_embeddings`, less the first place's number)
  public let maximumLength: Int
  /// The row of the first place in the table of places: 0, but for RoBERTa, where it follows `pad_token_id`.
  public let firstPosition: Int
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
    let type = tree["model_type"]?.text ?? "bert"
    guard let layout = Layout(rawValue: type == "xlm-roberta" ? "roberta" : type) else {
      throw TransformerError(
        "config.json: the layout is '\(type)'; 'bert', 'roberta', 'xlm-roberta' and 'distilbert' can be read.")
    }
    self.layout = layout
    let isDistilled = layout == .distilbert
    if let kind = tree["position_embedding_type"]?.text, kind != "absolute" {
      throw TransformerError("config.json: positions are '\(kind)'; 'absolute' can be read.")
    }
    if let activation = tree[isDistilled ? "activation" : "hidden_act"]?.text, activation != "gelu" {
      throw TransformerError("config.json: the activation is '\(activation)'; 'gelu' can be read.")
    }
    vocabularyCount = try size("vocab_size", 1...10_000_000)
    width = try size(isDistilled ? "dim" : "hidden_size", 1...65_536)
    layers = try size(isDistilled ? "n_layers" : "num_hidden_layers", 1...1_000)
    heads = try size(isDistilled ? "n_heads" : "num_attention_heads", 1...1_024)
    innerWidth = try size(isDistilled ? "hidden_dim" : "intermediate_size", 1...1_000_000)
    let positions = try size("max_position_embeddings", 1...1_000_000)
    firstPosition = layout == .roberta ? (tree["pad_token_id"]?.whole ?? 1) + 1 : 0
    guard 0..<positions ~= firstPosition else {
      throw TransformerError(
        "config.json: the first place is number \(firstPosition), of \(positions); is pad_token_id right?")
    }
    maximumLength = positions - firstPosition
    types = isDistilled ? 1 : try size("type_vocab_size", 1...1_000)
    epsilon = Float(tree["layer_norm_eps"]?.number ?? 1e-12)
    guard width % heads == 0 else {
      throw TransformerError("config.json: the width \(width) is not a multiple of the \(heads) heads.")
    }
  }
}
