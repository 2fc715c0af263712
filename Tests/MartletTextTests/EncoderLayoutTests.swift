import Foundation
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
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = old.isEmpty ? wanted.config : wanted.config.replacingOccurrences(of: old, with: new)
    try Data(config.utf8).write(to: folder.appending(path: "config.json"))
    try wanted.weights.write(to: folder.appending(path: "model.safetensors"))
    return try BertEncoder(folder: folder.path)
  }

  @Test func statesAreTheReferences() throws {
    let encoders = try ReferenceFile.read("encoders", as: Reference.self).encoders
    #expect(encoders.count == 4)
    for wanted in encoders {
      let found = try encoder(wanted).encode([wanted.ids], types: wanted.types.map { [$0] })[0].asDouble
      #expect(agree(found.scalars, wanted.states.flatMap { $0 }, within: 1e-5), "\(wanted.name)")
    }
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
