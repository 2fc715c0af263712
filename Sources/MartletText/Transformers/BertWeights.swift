import MartletNumerics

/// A layer that multiplies and adds: `x • weightᵀ + bias`.
struct DenseWeights: Sendable {
  /// Shape `[outputs, inputs]`.
  let weight: [Float]
  let bias: [Float]
  let inputs, outputs: Int
}

/// A layer that makes numbers have mean 0 and variance 1, and scales them.
struct NormWeights: Sendable {
  let scale, shift: [Float]
}

/// One layer of a BERT. Queries, keys and values are one product.
struct BertLayerWeights: Sendable {
  let attention, attentionOutput, inner, output: DenseWeights
  let attentionNorm, outputNorm: NormWeights
}

/// What a BERT has learned.
struct BertWeights: Sendable {
  let words, positions, types: [Float]
  let embeddingNorm: NormWeights
  let layers: [BertLayerWeights]

  init(_ file: SafeTensors, _ sizes: BertConfiguration) throws(TransformerError) {
    // Files of models with a head have the name of the body before each tensor's.
    let prefix = file.shape(of: "bert.embeddings.word_embeddings.weight") == nil ? "" : "bert."
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
    func dense(_ name: String, _ outputs: Int, _ inputs: Int) throws(TransformerError) -> DenseWeights {
      DenseWeights(
        weight: try read(name + ".weight", [outputs, inputs]), bias: try read(name + ".bias", [outputs]),
        inputs: inputs, outputs: outputs)
    }
    words = try read("embeddings.word_embeddings.weight", [sizes.vocabularyCount, sizes.width])
    positions = try read("embeddings.position_embeddings.weight", [sizes.maximumLength, sizes.width])
    types = try read("embeddings.token_type_embeddings.weight", [sizes.types, sizes.width])
    embeddingNorm = try norm("embeddings.LayerNorm")
    var layers: [BertLayerWeights] = []
    for layer in 0..<sizes.layers {
      let place = "encoder.layer.\(layer)"
      var parts: [DenseWeights] = []
      for part in ["query", "key", "value"] {
        parts.append(try dense("\(place).attention.self.\(part)", sizes.width, sizes.width))
      }
      layers.append(
        BertLayerWeights(
          attention: DenseWeights(
            weight: parts.flatMap(\.weight), bias: parts.flatMap(\.bias), inputs: sizes.width, outputs: 3 * sizes.width),
          attentionOutput: try dense("\(place).attention.output.dense", sizes.width, sizes.width),
          inner: try dense("\(place).intermediate.dense", sizes.innerWidth, sizes.width),
          output: try dense("\(place).output.dense", sizes.width, sizes.innerWidth),
          attentionNorm: try norm("\(place).attention.output.LayerNorm"),
          outputNorm: try norm("\(place).output.LayerNorm")))
    }
    self.layers = layers
  }
}
