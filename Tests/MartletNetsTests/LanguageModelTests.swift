import Foundation
import MartletNets
import MartletNumerics
import Testing

/// Language models and samplers against those of Hugging Face's transformers.
@Suite struct LanguageModelTests {
  struct Reference: Decodable {
    struct Model: Decodable {
      let name, config: String
      let weights: Data
      let ids: [[Int]]
      let scores: [[[Double]]]
      let written: [Int]
    }
    struct Sampler: Decodable {
      let scores, probabilities: [Double]
      let text: [Int]
      let temperature, penalty: Double
      let topK: Int?
      let topP, minP: Double?
    }
    let models: [Model]
    let samplers: [Sampler]
  }

  private func reference() throws -> Reference { try ReferenceFile.read("language-models") }

  /// A model's folder, with its settings changed.
  private func withFolder<Result>(
    _ model: Reference.Model, replacing old: String = "", with new: String = "", _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = old.isEmpty ? model.config : model.config.replacingOccurrences(of: old, with: new)
    #expect(old.isEmpty || config != model.config)
    try Data(config.utf8).write(to: folder.appending(path: "config.json"))
    try model.weights.write(to: folder.appending(path: "model.safetensors"))
    return try body(folder.path)
  }

  private func check(_ model: some WritingModel<Float>, _ wanted: Reference.Model) {
    let scores = model(Tensor(wanted.ids), mode: .inference).value.asDouble
    let numbers = wanted.scores.flatMap { $0.flatMap { $0 } }
    #expect(scores.shape == [2, 6, 17] && agree(scores.scalars, numbers, within: 2e-5), "\(wanted.name)")
    for usesCache in [true, false] {
      let written = model.generate(Array(wanted.ids[0][..<3]), count: 6, temperature: 0, usesCache: usesCache)
      #expect(written == wanted.written, "\(wanted.name)")
    }
  }

  @Test func modelsAreTheReferences() throws {
    let models = try reference().models
    #expect(models.count == 6)
    for model in models {
      try withFolder(model) { folder in
        if model.name.hasPrefix("GPT") {
          check(try GPT<Float>(folder: folder), model)
        } else {
          check(try Llama<Float>(folder: folder), model)
        }
      }
    }
  }

  @Test func otherLayoutsAreRefused() throws {
    let models = try reference().models
    let (gpt, llama) = (models[0], models[2])
    func problem(_ model: Reference.Model, _ old: String, _ new: String) throws -> String {
      try withFolder(model, replacing: old, with: new) { folder in
        let error = #expect(throws: CheckpointError.self) {
          if model.name.hasPrefix("GPT") {
            _ = try GPT<Float>(folder: folder)
          } else {
            _ = try Llama<Float>(folder: folder)
          }
        }
        return error?.description ?? ""
      }
    }
    #expect(try problem(gpt, "\"gpt2\"", "\"opt\"").contains("expected model_type 'gpt2', found 'opt'"))
    #expect(try problem(gpt, "\"n_embd\": 8", "\"n_embd\": 10").contains("wte.weight' needs shape"))
    #expect(try problem(gpt, "\"n_head\": 2", "\"n_head\": 3").contains("multiple of n_head"))
    #expect(try problem(gpt, "\"n_layer\": 2", "\"n_layer\": 3").contains("no such tensor"))
    #expect(try problem(llama, "\"default\"", "\"yarn\"").contains("found 'yarn'"))
    #expect(try problem(llama, "\"hidden_size\": 16", "\"hidden_size\": -4").contains("expected hidden_size from 1"))
    #expect(try problem(llama, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3").contains("layers.2"))
    #expect(throws: CheckpointError.self) { try GPT<Float>(folder: "/nowhere") }
  }

  @Test func samplersLeaveTheReferencesProbabilities() throws {
    let samplers = try reference().samplers
    #expect(samplers.count == 9)
    for wanted in samplers {
      let sampler = TokenSampler(
        temperature: wanted.temperature, topK: wanted.topK, topP: wanted.topP, minP: wanted.minP,
        repetitionPenalty: wanted.penalty)
      let found = sampler.probabilities(wanted.scores, after: wanted.text)
      #expect(agree(found, wanted.probabilities, within: 1e-12), "\(sampler): \(found)")
      let data = try JSONEncoder().encode(sampler)
      #expect(try JSONDecoder().decode(TokenSampler.self, from: data) == sampler)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TokenSampler.self, from: Data(#"{"temperature":-1,"repetitionPenalty":1}"#.utf8))
    }
  }

  /// Turned queries and keys have products that depend on how far apart they are alone.
  @Test func rotationsTellDistances() {
    var random = PCG64(seed: 1)
    let (query, key) = (random.normals(shape: [1, 8]), random.normals(shape: [1, 8]))
    let positions = RotaryPositions(8)
    func product(_ a: Int, _ b: Int) -> Double {
      (positions.rotated(Variable(query), from: a).value * positions.rotated(Variable(key), from: b).value).sum()
    }
    #expect(abs(product(3, 7) - product(103, 107)) < 1e-9 && abs(product(3, 7) - product(3, 8)) > 1e-3)
    #expect(positions.rotated(Variable(query), from: 0).value == query)
    let check = gradientCheck(at: [random.normals(shape: [2, 3, 5, 8])]) {
      ($0[0] * positions.rotated($0[0], from: 2)).sum()
    }
    #expect(check.passes, "\(check)")
  }

  /// As many key heads as heads, each key head repeated: grouped attention is attention with the repeated heads.
  @Test func groupsShareKeysAndValues() {
    let grouped = GroupedQueryAttention(8, heads: 4, keyHeads: 2, seed: 1, precision: Double.self)
    var full = GroupedQueryAttention(8, heads: 4, seed: 2, precision: Double.self)
    full["q_proj.weight"] = grouped["q_proj.weight"]
    full["o_proj.weight"] = grouped["o_proj.weight"]
    for name in ["k_proj.weight", "v_proj.weight"] {
      let parts = [0, 0, 1, 1].map { grouped[name][2 * $0..<2 * $0 + 2] }
      full[name] = .concatenated(parts)
    }
    var random = PCG64(seed: 3)
    let x = random.normals(shape: [2, 5, 8])
    #expect(grouped(x).isClose(to: full(x), absolute: 1e-12))
  }

  /// A Llama learns to go on counting, from token numbers as they are, and writes it on.
  @Test func aLlamaLearnsToCount() throws {
    var random = PCG64(seed: 5)
    let rows = (0..<256).map { _ -> [Int] in
      let (start, step) = (random.integer(below: 11), 1 + random.integer(below: 2))
      return (0..<9).map { (start + $0 * step) % 11 }
    }
    let (x, y) = (Tensor(rows.map { Array($0[..<8]) }), Tensor(rows.map { Array($0[1...]) }))
    var model = Llama(vocabulary: 11, context: 16, width: 32, heads: 4, keyHeads: 2, blocks: 2, seed: 1)
    var trainer = Trainer(optimizer: AdamW(learningRate: 5e-3), epochs: 25, showsChart: false, seed: 1)
    try trainer.fit(&model, DataLoader(x, y, batchSize: 32, seed: 1)) { model, batch, mode in
      crossEntropy(model(batch.x, mode: mode), batch.y)
    }
    #expect(model.generate([4, 5, 6], count: 9, temperature: 0) == [4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4])
    #expect(model.generate([4, 6], count: 5, temperature: 0) == [4, 6, 8, 10, 1, 3, 5])
    #expect(model.generate([4, 6], count: 50, temperature: 0, end: 10) == [4, 6, 8, 10])
  }

  /// Reading and writing: a decoder learns to write a row of numbers backwards, every one of those held out.
  @Test func aDecoderWritesWhatItHasRead() throws {
    struct Translator: Module {
      var words = Embedding(10, width: 32, seed: 1), places = LearnedPositions(6, width: 32, seed: 2)
      var encoder = TransformerEncoder(32, layers: 1, heads: 4, dropout: 0, normalizesFirst: true, seed: 3)
      var decoder = TransformerDecoder(32, layers: 1, heads: 4, dropout: 0, normalizesFirst: true, seed: 4)
      var output = Linear(32, 10, seed: 5)
      func callAsFunction(_ source: Tensor<Int>, _ written: Tensor<Int>, mode: Mode = .inference) -> Variable<Float> {
        let read = encoder(places(words(source), mode: mode), mode: mode)
        return output(decoder(places(words(written), mode: mode), reading: read, mode: mode), mode: mode)
      }
    }
    var random = PCG64(seed: 9)
    let rows = (0..<1200).map { _ in (0..<5).map { _ in random.integer(below: 9) } }
    // 9 is where writing begins.
    func shifted(_ row: [Int]) -> [Int] { [9] + row.reversed().dropLast() }
    let both = Tensor(rows.map { $0 + shifted($0) })
    let answers = Tensor(rows.map { Array($0.reversed()) })
    func part(_ x: Tensor<Int>, _ range: Range<Int>) -> Tensor<Int> { x[indices: [NamedTensorIndex.all, range]] }
    var model = Translator()
    let loader = DataLoader(both[0..<1000], answers[0..<1000], batchSize: 50, seed: 1)
    var trainer = Trainer(
      optimizer: Adam(learningRate: 3e-3), epochs: 25, schedule: .cosine(steps: 25 * 20), showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in
      crossEntropy(model(part(batch.x, 0..<5), part(batch.x, 5..<10), mode: mode), batch.y)
    }
    // Word by word, from what it has written itself.
    let source = part(both[1000..<1200], 0..<5)
    var written = Tensor([Int](repeating: 9, count: 200), shape: [200, 1])
    for _ in 0..<5 {
      let scores = model(source, written).value
      let next = scores[indices: [NamedTensorIndex.all, written.shape[1] - 1..<written.shape[1]]].argMax(axis: 2)
      written = .concatenated([written, next], axis: 1)
    }
    let right = (0..<200).count { written.row($0).scalars.dropFirst().elementsEqual(rows[1000 + $0].reversed()) }
    print("rows written backwards: \(right) of 200")
    #expect(right >= 198)
  }

  @Test func anEmbeddingBeginsASequence() throws {
    let model = Sequential {
      Embedding(7, width: 4, seed: 1)
      LSTM(4, 3, seed: 2)
    }
    let tokens = Tensor([[0, 6, 2], [3, 3, 1]])
    #expect(model(tokens.asFloat).shape == [2, 3, 3])
    #expect(Embedding(7, width: 4, seed: 1)(tokens).value == Embedding(7, width: 4, seed: 1)(tokens.asFloat))
    let batches = Array(DataLoader(tokens, Tensor([1, 0]), batchSize: 1, shuffles: false).epoch())
    #expect(batches.map(\.x) == [Tensor([[0, 6, 2]]), Tensor([[3, 3, 1]])] && batches[1].y == Tensor([0]))
  }
}
