/// What the parts of a layer are called in files.
struct BertNames {
  let layer, attentionOutput, inner, output, attentionNorm, outputNorm: String
  /// Queries, keys and values.
  let inputs: [String]

  init(_ layout: BertConfiguration.Layout) {
    if layout == .distilbert {
      (layer, inputs) = ("transformer.layer.", ["q_lin", "k_lin", "v_lin"].map { "attention.\($0)" })
      (attentionOutput, inner, output) = ("attention.out_lin", "ffn.lin1", "ffn.lin2")
      (attentionNorm, outputNorm) = ("sa_layer_norm", "output_layer_norm")
    } else {
      (layer, inputs) = ("encoder.layer.", ["query", "key", "value"].map { "attention.self.\($0)" })
      (attentionOutput, inner, output) = ("attention.output.dense", "intermediate.dense", "output.dense")
      (attentionNorm, outputNorm) = ("attention.output.LayerNorm", "output.LayerNorm")
    }
  }
}
