import MartletNumerics

/// A layer that makes numbers have mean 0 and variance 1, and scales them.
struct NormWeights: Sendable {
  let scale, shift: [Float]
}

/// One layer of a BERT. Queries, keys and values are one product.
struct BertLayerWeights: Sendable {
  let attention, attentionOutput, inner, output: PackedWeights
  let attentionNorm, outputNorm: NormWeights
}

/// What a BERT has learned.
struct BertWeights: Sendable {
  let words, positions, types: [Float]
  let embeddingNorm: NormWeights
  let layers: [BertLayerWeights]

  init(_ file: SafeTensors, _ sizes: BertConfiguration) throws(TransformerError) {
    // Files of models with a head have the name of the body before each tensor's.
    let body = sizes.layout.rawValue + "."
    let prefix = file.shape(of: body + "embeddings.word_embeddings.weight") == nil ? "" : body
    let names = BertNames(isDistilled: sizes.layout == .distilbert)
    func read(_ name: String, _ shape: [Int]) throws(TransformerError) -> [Float] {
      let tensor: Tensor<Float>
      do {
        tensor = try file.tensor(prefix + name)
      } catch { throw TransformerError(error.description) }
      guard tensor.shape == shape else {
        throw TransformerError(
          "The tensor '\(prefix + name)' has shape \(tensor.shape); config.json asks for \(shape).")
      }
      return tensor.scalars
    }
    func norm(_ name: String) throws(TransformerError) -> NormWeights {
      NormWeights(scale: try read(name + ".weight", [sizes.width]), shift: try read(name + ".bias", [sizes.width]))
    }
    /// One layer, or several that get the same inputs, side by side.
    func dense(_ names: [String], _ outputs: Int, _ inputs: Int) throws(TransformerError) -> PackedWeights {
      var (weight, bias): ([Float], [Float]) = ([], [])
      for name in names {
        weight += try read(name + ".weight", [outputs, inputs])
        bias += try read(name + ".bias", [outputs])
      }
      return PackedWeights(weight: weight, bias: bias, inputs: inputs, outputs: names.count * outputs)
    }
    words = try read("embeddings.word_embeddings.weight", [sizes.vocabularyCount, sizes.width])
    let places = try read(
      "embeddings.position_embeddings.weight", [sizes.firstPosition + sizes.maximumLength, sizes.width])
    positions = Array(places[(sizes.firstPosition * sizes.width)...])
    types =
      sizes.layout == .distilbert
      ? [Float](repeating: 0, count: sizes.width)
      : try read("embeddings.token_type_embeddings.weight", [sizes.types, sizes.width])
    embeddingNorm = try norm("embeddings.LayerNorm")
    var layers: [BertLayerWeights] = []
    for layer in 0..<sizes.layers {
      let place = names.layer + "\(layer)."
      layers.append(
        BertLayerWeights(
          attention: try dense(names.inputs.map { place + $0 }, sizes.width, sizes.width),
          attentionOutput: try dense([place + names.attentionOutput], sizes.width, sizes.width),
          inner: try dense([place + names.inner], sizes.innerWidth, sizes.width),
          output: try dense([place + names.output], sizes.width, sizes.innerWidth),
          attentionNorm: try norm(place + names.attentionNorm),
          outputNorm: try norm(place + names.outputNorm)))
    }
    self.layers = layers
  }
}

/// What the parts of a layer are called in files.
private struct BertNames {
  let layer, attentionOutput, inner, output, attentionNorm, outputNorm: String
  /// Queries, keys and values.
  let inputs: [String]

  init(isDistilled: Bool) {
    if isDistilled {
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
