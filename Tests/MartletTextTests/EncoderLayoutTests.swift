import Foundation
import MartletNets
import MartletNumerics
import MartletText
import Testing

/// Small encoders in the layouts of BERT, RoBERTa and DistilBERT against Hugging Face's transformers.
@Suite struct EncoderLayoutTests {
  struct Reference: Decodable {
    struct Encoder: Decodable {
      let name, config: String
      let weights: Data
      let ids: [Int]
      let types: [Int]?
      let states: [[Double]]
    }
    let encoders: [Encoder]
  }

  private func encoder(_ wanted: Reference.Encoder, replacing old: String = "", with new: String = "") throws
    -> BertEncoder
  { try withFolder(wanted, replacing: old, with: new) { try BertEncoder(folder: $0) } }

  private func withFolder<Result>(
    _ wanted: Reference.Encoder, replacing old: String = "", with new: String = "", _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = old.isEmpty ? wanted.config : wanted.config.replacingOccurrences(of: old, with: new)
    try Data(config.utf8).write(to: folder.appending(path: "config.json"))
    try wanted.weights.write(to: folder.appending(path: "model.safetensors"))
    return try body(folder.path)
  }

  @Test func statesAreTheReferences() throws {
    let encoders = try ReferenceFile.read("encoders", as: Reference.self).encoders
    #expect(encoders.count == 4)
    for wanted in encoders {
      let found = try encoder(wanted).encode([wanted.ids], types: wanted.types.map { [$0] })[0].asDouble
      #expect(agree(found.scalars, wanted.states.flatMap { $0 }, within: 1e-5), "\(wanted.name)")
    }
  }

  /// What can be trained further gives the same states, also beside a longer text that fills it up.
  @Test func whatIsTrainedBeginsThere() throws {
    let encoders = try ReferenceFile.read("encoders", as: Reference.self).encoders
    for wanted in encoders {
      let body = try withFolder(wanted) { try BERT<Double>(folder: $0) }
      let numbers = wanted.states.flatMap { $0 }
      let found = body(Tensor([wanted.ids]), types: wanted.types.map { Tensor([$0]) })
      #expect(agree(found.value.scalars, numbers, within: 1e-5), "\(wanted.name)")
      guard wanted.types == nil else { continue }
      let texts = PaddedTokens([wanted.ids, wanted.ids + [4, 4]])
      let states = body(texts.tokens, padding: texts.isPadding).value[0, 0..<wanted.ids.count]
      #expect(agree(states.scalars, numbers, within: 1e-5), "\(wanted.name)")
      let means = Matrix(wanted.states).mean(axis: 0).scalars
      #expect(agree(body.means(texts).value.row(0).scalars, means, within: 1e-5))
      #expect(agree(body.firsts(texts).value.row(0).scalars, wanted.states[0], within: 1e-5))
    }
    #expect(throws: TransformerError.self) {
      try withFolder(encoders[3], replacing: "\"dim\": 8", with: "\"dim\": 6") { try BERT<Float>(folder: $0) }
    }
    #expect(throws: TransformerError.self) { try BERT<Float>(folder: "/nowhere") }
  }

  @Test func limitsAreThoseOfTheLayout() throws {
    let encoders = try ReferenceFile.read("encoders", as: Reference.self).encoders
    // RoBERTa's first two rows of places are for filling.
    #expect(try encoder(encoders[2]).configuration.maximumLength == 8)
    #expect(try encoder(encoders[3]).configuration.layout == .distilbert)
    for (place, old, new) in [
      (0, "\"bert\"", "\"electra\""), (2, "\"pad_token_id\": 1", "\"pad_token_id\": 77"),
      (3, "\"dim\": 8", "\"dim\": 6"),
    ] {
      #expect(encoders[place].config.contains(old))
      #expect(throws: TransformerError.self) { try encoder(encoders[place], replacing: old, with: new) }
    }
  }
}
