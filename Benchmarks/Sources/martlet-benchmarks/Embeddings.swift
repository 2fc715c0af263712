import Martlet

/// Vectors of texts by all-MiniLM-L6-v2, which the peers' script leaves in the folder: equally long ones, some of 5 to 84 words,
/// and a single one.
let embeddings = Family(name: "embeddings") { data in
  let encoder = try SentenceEncoder(folder: "\(data)/minilm")
  for (name, count, lengths) in [("equal", 128, 16...16), ("mixed", 128, 5...84), ("one", 1, 7...7)] {
    let texts = texts(count, lengths)
    let (seconds, vectors) = try best(of: count > 1 ? 5 : 50) { try encoder.embed(texts) }
    report("minilm_\(count)_\(name)", seconds, score: Double(abs(vectors).mean()))
  }
}

/// Texts of different lengths, in words; the same in neural_peers.py.
private func texts(_ count: Int, _ lengths: ClosedRange<Int>) -> [String] {
  let words = ["word", "river", "machine", "learning", "of", "the", "valley"]
  return (0..<count).map { i in
    let length = lengths.lowerBound + i * 37 % lengths.count
    return (0..<length).map { words[(i + $0) % 7] }.joined(separator: " ")
  }
}

/// Models in ONNX files that the peers' script leaves in the folder.
let importedNets = Family(name: "onnx") { data in
  for name in ["cnn", "encoder"] {
    let model = try ONNXModel(path: "\(data)/\(name).onnx")
    let x = try Tensor<Float>(npy: "\(data)/\(name).npy")
    let (seconds, output) = try best(of: 50) { () -> Tensor<Float> in try model.run(x) }
    report("onnx_\(name)", seconds, score: Double(abs(output).mean()))
  }
  let model = try ONNXModel(path: "\(data)/minilm.onnx")
  let ids = Tensor((0..<32 * 18).map { $0 % 1_000 + 1_000 }, shape: [32, 18])
  let given = ["ids": ids, "mask": Tensor.ones(shape: ids.shape)]
  let (seconds, states) = try best(of: 15) { try model.run(given)["states", Float.self] }
  report("onnx_minilm_32x18", seconds, score: Double(abs(states).mean()))
}
