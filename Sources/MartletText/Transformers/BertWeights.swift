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

  init(_ folder: BertFolder) throws(TransformerError) {
    let sizes = folder.configuration
    let names = BertNames(sizes.layout)
    func read(_ name: String, _ shape: [Int]) throws(TransformerError) -> [Float] {
      try folder.tensor(name, shape, as: Float.self).scalars
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
