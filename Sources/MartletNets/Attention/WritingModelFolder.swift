import Foundation
import MartletNumerics

/// A folder with a language model, as Hugging Face keeps them: `config.json` and `model.safetensors`, or the
/// `model.safetensors.index.json` of several files.
struct WritingModelFolder {
  let tensors: SafeTensors
  private let config: JSONTree

  /// - Throws: ``CheckpointError`` when a file is missing or damaged, or `model_type` is none of `layouts`.
  init(_ folder: String, layouts: [String]) throws(CheckpointError) {
    let base = URL(fileURLWithPath: folder)
    let file = base.appendingPathComponent("config.json").path
    do {
      config = try JSONTreeParser.parse(Data(contentsOf: URL(fileURLWithPath: file)))
    } catch { throw CheckpointError("\(file) cannot be read: \(error.localizedDescription)") }
    let layout = config["model_type"]?.text ?? "nothing"
    guard layouts.contains(layout) else {
      throw CheckpointError(
        "config.json: expected model_type \(layouts.map { "'\($0)'" }.joined(separator: " or ")), found '\(layout)'.")
    }
    let whole = base.appendingPathComponent("model.safetensors").path
    let isInParts = !FileManager.default.fileExists(atPath: whole)
    do {
      tensors = try SafeTensors(path: isInParts ? whole + ".index.json" : whole)
    } catch { throw CheckpointError(error.description) }
  }

  subscript(_ name: String) -> JSONTree? { config[name] }

  /// A size of the model; `usual` where none is given, or else an error.
  func size(_ name: String, _ range: ClosedRange<Int>, usual: Int? = nil) throws(CheckpointError) -> Int {
    guard let value = config[name]?.whole ?? usual, range ~= value else {
      throw CheckpointError(
        "config.json: expected \(name) from \(range.lowerBound) to \(range.upperBound), found \(config[name]?.number.map { "\($0)" } ?? "nothing")."
      )
    }
    return value
  }

  /// Stops with an error where the file has another tensor for a name than one of this shape.
  func tensor<Scalar: TensorScalar>(
    _ name: String, _ shape: [Int], as type: Scalar.Type
  ) throws(CheckpointError) -> Tensor<Scalar> {
    guard tensors.shape(of: name) == shape else {
      throw CheckpointError(
        "'\(name)' needs shape \(shape), as config.json says; the file has \(tensors.shape(of: name).map { "\($0)" } ?? "no such tensor")."
      )
    }
    do {
      return try tensors.tensor(name, as: type)
    } catch { throw CheckpointError(error.description) }
  }
}

extension GPT {
  /// Reads a model in the layout of GPT-2.
  ///
  ///     let model = try GPT<Float>(folder: "distilgpt2")
  ///     let tokenizer = try Tokenizer(path: "distilgpt2/tokenizer.json")
  ///     tokenizer.decode(model.generate(tokenizer.encode("Once upon").ids, count: 40, topP: 0.9, seed: 1))
  /// - Parameter folder: a folder with `config.json` and `model.safetensors`, as Hugging Face keeps models.
  /// - Throws: ``CheckpointError`` when a file is missing or damaged, or the layout is another.
  public init(folder: String) throws(CheckpointError) {
    let file = try WritingModelFolder(folder, layouts: ["gpt2"])
    let width = try file.size("n_embd", 1...65_536)
    let heads = try file.size("n_head", 1...1_024)
    let hidden = try file.size("n_inner", 1...1_000_000, usual: 4 * width)
    let activation = file["activation_function"]?.text ?? "gelu_new"
    let known: [String: TransformerActivation] = [
      "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "gelu": .gelu, "relu": .relu,
    ]
    guard width.isMultiple(of: heads), hidden == 4 * width, let bend = known[activation] else {
      throw CheckpointError(
        "config.json: expected n_embd as a multiple of n_head, n_inner as four times n_embd and a known activation_function; found \(width), \(heads), \(hidden) and '\(activation)'."
      )
    }
    self.init(
      vocabulary: try file.size("vocab_size", 1...10_000_000), context: try file.size("n_positions", 1...1_000_000),
      width: width, heads: heads, blocks: try file.size("n_layer", 1...1_000), seed: 0, precision: Scalar.self)
    let epsilon = file["layer_norm_epsilon"]?.number ?? 1e-5
    norm.epsilon = epsilon
    for place in blocks.indices {
      blocks[place].layer.dense.activation = bend
      (blocks[place].layer.norm1.epsilon, blocks[place].layer.norm2.epsilon) = (epsilon, epsilon)
    }
    // Files of models with a head have the name of the body before each tensor's.
    let prefix = file.tensors.shape(of: "transformer.wte.weight") == nil ? "" : "transformer."
    if let shape = file.tensors.shape(of: "lm_head.weight"), shape == tokens.weight.shape,
      file["tie_word_embeddings"]?.bool == false
    {
      head = Linear(weight: try file.tensor("lm_head.weight", shape, as: Scalar.self))
    }
    var problem: CheckpointError?
    forEachParameter { name, parameter in
      guard problem == nil, name != "head.weight" else { return }
      // GPT-2 keeps the weights of dense layers as [inputs, outputs].
      let (source, isTurned) = GPTNames.source(name)
      do throws(CheckpointError) {
        let shape = isTurned ? Array(parameter.shape.reversed()) : parameter.shape
        let found = try file.tensor(prefix + source, shape, as: Scalar.self)
        parameter.value = isTurned ? found.transposed() : found
      } catch { problem = error }
    }
    if let problem { throw problem }
  }
}

/// What GPT-2's files call the parameters of a ``GPT``.
private enum GPTNames {
  private static let parts = [
    "self_attn.in_proj_": "attn.c_attn.", "self_attn.out_proj.": "attn.c_proj.", "linear1.": "mlp.c_fc.",
    "linear2.": "mlp.c_proj.", "norm1.": "ln_1.", "norm2.": "ln_2.",
  ]

  /// The name in the file, and whether rows and columns are exchanged there.
  static func source(_ name: String) -> (name: String, isTurned: Bool) {
    switch name {
    case "tokens.weight": return ("wte.weight", false)
    case "positions.weight": return ("wpe.weight", false)
    default: break
    }
    let pieces = name.split(separator: ".", maxSplits: 2).map(String.init)
    guard pieces.count == 3, pieces[0] == "blocks",
      let part = parts.first(where: { pieces[2].hasPrefix($0.key) })
    else { return ("ln_f." + (pieces.last ?? name), false) }
    let rest = pieces[2].dropFirst(part.key.count)
    return ("h.\(pieces[1]).\(part.value)\(rest)", rest == "weight" && !part.key.hasPrefix("norm"))
  }
}

extension Llama {
  /// Reads a model in the layout of Llama or Mistral.
  ///
  /// - Parameter folder: a folder with `config.json` and `model.safetensors`, as Hugging Face keeps models.
  /// - Throws: ``CheckpointError`` when a file is missing or damaged, or the layout is another, as with positions that are
  ///   stretched (`rope_scaling`).
  public init(folder: String) throws(CheckpointError) {
    let file = try WritingModelFolder(folder, layouts: ["llama", "mistral"])
    let width = try file.size("hidden_size", 1...65_536)
    let heads = try file.size("num_attention_heads", 1...1_024)
    let keyHeads = try file.size("num_key_value_heads", 1...1_024, usual: heads)
    let size = try file.size("head_dim", 2...4_096, usual: width / heads)
    // Newer files have the base among the settings of positions, older ones beside them.
    let positions = file["rope_parameters"] ?? file["rope_scaling"]
    let kind = positions?["rope_type"]?.text ?? positions?["type"]?.text ?? "default"
    let base = positions?["rope_theta"]?.number ?? file["rope_theta"]?.number ?? 10_000
    let activation = file["hidden_act"]?.text ?? "silu"
    guard kind == "default", base > 0, activation == "silu", heads.isMultiple(of: keyHeads), size.isMultiple(of: 2),
      file["mlp_bias"]?.bool != true
    else {
      throw CheckpointError(
        "config.json: expected positions of kind 'default', hidden_act 'silu', dense layers without bias, and num_attention_heads as a multiple of num_key_value_heads; found '\(kind)', '\(activation)', mlp_bias \(file["mlp_bias"]?.bool ?? false), \(heads) and \(keyHeads)."
      )
    }
    // Where places see only a window, no more than the window is looked at, and nothing differs.
    let context = try file.size("max_position_embeddings", 1...10_000_000)
    let window = file["sliding_window"]?.whole ?? context
    let isTied = file["tie_word_embeddings"]?.bool ?? false
    self.init(
      vocabulary: try file.size("vocab_size", 1...10_000_000), context: max(min(context, window), 1), width: width,
      heads: heads, keyHeads: keyHeads, size: size, blocks: try file.size("num_hidden_layers", 1...1_000),
      hidden: try file.size("intermediate_size", 1...1_000_000), bias: file["attention_bias"]?.bool ?? false,
      base: base, epsilon: file["rms_norm_eps"]?.number ?? 1e-6, tiesHead: isTied, seed: 0, precision: Scalar.self)
    do { try loadWeights(file.tensors, prefix: "") } catch { throw CheckpointError("\(error)") }
  }
}
