import MartletNets
import MartletNumerics

extension BERT {
  /// Reads a model in the layout of BERT, RoBERTa or DistilBERT, to train it further.
  ///
  ///     var body = try BERT<Float>(folder: "all-MiniLM-L6-v2")
  ///     let tokenizer = try Tokenizer(path: "all-MiniLM-L6-v2/tokenizer.json")
  ///     let texts = PaddedTokens(try tokenizer.encode(["A cat sits on the mat."]).map(\.ids))
  ///     body.means(texts).shape      // [1, 384]
  /// - Parameters:
  ///   - folder: a folder with `config.json` and `model.safetensors`, as Hugging Face keeps models.
  ///   - dropout: how likely a number is set to 0 in training.
  /// - Throws: ``TransformerError`` when a file is missing or damaged, or the layout is another.
  public init(folder: String, dropout: Double = 0.1) throws(TransformerError) {
    let folder = try BertFolder(folder)
    let sizes = folder.configuration
    self.init(
      vocabulary: sizes.vocabularyCount, context: sizes.maximumLength, width: sizes.width, layers: sizes.layers,
      heads: sizes.heads, hidden: sizes.innerWidth, types: sizes.layout == .distilbert ? 0 : sizes.types,
      dropout: dropout, seed: 0, precision: Scalar.self)
    let epsilon = Double(sizes.epsilon)
    norm.epsilon = epsilon
    for place in encoder.layers.indices {
      (encoder.layers[place].norm1.epsilon, encoder.layers[place].norm2.epsilon) = (epsilon, epsilon)
    }
    let names = BertNames(sizes.layout)
    var problem: TransformerError?
    forEachParameter { name, parameter in
      guard problem == nil else { return }
      do throws(TransformerError) {
        parameter.value = try Self.read(names.sources(of: name), parameter.shape, folder, sizes)
      } catch { problem = error }
    }
    if let problem { throw problem }
  }

  /// One tensor, or several below each other.
  private static func read(
    _ names: [String], _ shape: [Int], _ folder: BertFolder, _ sizes: BertConfiguration
  ) throws(TransformerError) -> Tensor<Scalar> {
    // The table of places may begin with rows for what fills texts up.
    let unused = names[0].contains("position_embeddings") ? sizes.firstPosition : 0
    let part = [shape[0] / names.count + unused] + shape.dropFirst()
    var parts: [Tensor<Scalar>] = []
    for name in names { parts.append(try folder.tensor(name, part, as: Scalar.self)) }
    let joined = parts.count == 1 ? parts[0] : Tensor.concatenated(parts)
    return unused == 0 ? joined : joined[unused..<part[0]]
  }
}

extension BertNames {
  /// The tensors of a file that a parameter of a ``BERT`` is made of.
  func sources(of parameter: String) -> [String] {
    let kind = parameter.split(separator: ".").last.map(String.init) ?? ""
    switch parameter {
    case "words.weight": return ["embeddings.word_embeddings.weight"]
    case "positions.weight": return ["embeddings.position_embeddings.weight"]
    case "types.weight": return ["embeddings.token_type_embeddings.weight"]
    case "norm.weight", "norm.bias": return ["embeddings.LayerNorm.\(kind)"]
    default: break
    }
    // encoder.layers.3.linear1.weight
    let pieces = parameter.split(separator: ".").map(String.init)
    let place = layer + pieces[2] + "."
    switch pieces[3] {
    case "linear1": return [place + inner + "." + kind]
    case "linear2": return [place + output + "." + kind]
    case "norm1": return [place + attentionNorm + "." + kind]
    case "norm2": return [place + outputNorm + "." + kind]
    default: break
    }
    if pieces[4] == "out_proj" { return [place + attentionOutput + "." + kind] }
    return inputs.map { place + $0 + (kind.hasSuffix("bias") ? ".bias" : ".weight") }
  }
}
