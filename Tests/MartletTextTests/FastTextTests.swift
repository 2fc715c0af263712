import Foundation
import MartletModels
import MartletNumerics
import MartletText
import Testing

@Suite struct FastTextTests {
  /// Sentences of three subjects, whose words are drawn from overlapping lists.
  private func sentences(_ count: Int, seed: UInt64) -> (texts: [String], labels: [String]) {
    var random = PCG64(seed: seed)
    let labels = (0..<count).map { ["art", "law", "sea"][$0 % 3] }
    let texts = labels.indices.map { place in
      (0..<12).map { _ in
        random.uniform() < 0.35
          ? "\(labels[place])word\(random.integer(below: 30))" : "common\(random.integer(below: 60))"
      }.joined(separator: " ")
    }
    return (texts, labels)
  }

  @Test func itIsAsGoodAsWeightsOfWords() throws {
    let (x, y) = sentences(1_500, seed: 1)
    let (xTest, yTest) = sentences(3_000, seed: 2)
    let method = FastTextClassifier<String>(learningRate: 0.5, dimensions: 20, epochs: 50, seed: 3)
    let model = try method.fit(x, y)
    let words = try TfidfVectorizer().then(LogisticRegression<String>()).fit(x, y)
    #expect(try model.score(xTest, yTest) >= words.score(xTest, yTest) - 0.01)
    #expect(try method.fit(x, y).predictProbabilities(xTest) == model.predictProbabilities(xTest))
    let best = try model.predict([xTest[0]], count: 2)[0]
    #expect(best.count == 2 && best[0].probability >= best[1].probability && best[0].label == yTest[0])
    let again = try JSONDecoder().decode(FastTextClassifier<String>.Model.self, from: JSONEncoder().encode(model))
    #expect(try again.predictProbabilities(xTest) == model.predictProbabilities(xTest))
  }

  @Test func rowsOfWordsKnowTheirOrder() throws {
    let x = (0..<200).map { $0 % 2 == 0 ? "dog bites man again" : "man bites dog again" }
    let y = x.map { $0.hasPrefix("dog") ? 0 : 1 }
    let method = FastTextClassifier<Int>(
      learningRate: 0.5, dimensions: 8, epochs: 20, wordNGrams: 2, buckets: 1_000, seed: 1)
    #expect(try method.fit(x, y).score(x, y) == 1)
  }

  @Test func partsOfWordsKnowWhatWasNeverSeen() throws {
    let x = ["running jumping swimming", "walked talked jumped"] + ["singing dancing", "danced painted"]
    let method = FastTextClassifier<Int>(
      learningRate: 0.5, dimensions: 16, epochs: 100, characterNGrams: 2...4, buckets: 5_000, seed: 2)
    let model = try method.fit(x, [0, 1, 0, 1])
    #expect(try model.predict(["climbing", "climbed"]) == [0, 1])
    #expect(try model.predictProbabilities([""]).scalars == [0.5, 0.5])
  }

  static let losses: [FastTextLoss] = [.hierarchicalSoftmax, .negativeSampling(samples: 3), .oneVersusAll]

  /// Every loss learns what the softmax learns; bytes instead of numbers lose little, and a fraction of the memory is left.
  @Test(arguments: losses) func otherLossesLearnToo(loss: FastTextLoss) throws {
    let (x, y) = sentences(1_500, seed: 1)
    let (xTest, yTest) = sentences(3_000, seed: 2)
    func fit(_ loss: FastTextLoss) throws -> FastTextClassifier<String>.Model {
      try FastTextClassifier<String>(learningRate: 0.5, dimensions: 20, epochs: 30, wordNGrams: 2, loss: loss, seed: 3)
        .fit(x, y)
    }
    let (model, usual) = (try fit(loss), try fit(.softmax))
    let (score, reference) = (try model.score(xTest, yTest), try usual.score(xTest, yTest))
    print("\(loss): \(score), softmax \(reference)")
    #expect(score >= reference - 0.015)
    let sums = try model.predictProbabilities(xTest).sum(axis: 1)
    #expect(sums.isClose(to: .ones(3_000), absolute: 1e-5))
    let small = try model.quantized(pieceLength: 4)
    print("\(model.byteCount) bytes become \(small.byteCount), \(try small.score(xTest, yTest)) right")
    #expect(try small.score(xTest, yTest) >= score - 0.015 && small.byteCount * 4 < model.byteCount)
    for model in [model, small] {
      let again = try JSONDecoder().decode(FastTextClassifier<String>.Model.self, from: JSONEncoder().encode(model))
      #expect(try again.predictProbabilities(xTest) == model.predictProbabilities(xTest))
    }
    let text = String(decoding: try JSONEncoder().encode(small), as: UTF8.self)
    for (old, new) in [("\"pieceLength\":4", "\"pieceLength\":3"), ("\"dimensions\":20", "\"dimensions\":40")] {
      #expect(text.contains(old))
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(
          FastTextClassifier<String>.Model.self, from: Data(text.replacingOccurrences(of: old, with: new).utf8))
      }
    }
    #expect(throws: FitError.self) { try model.quantized(pieceLength: 3) }
  }

  /// A tree of classes has the ways of Huffman's code: their mean length is the least there is.
  @Test func frequentClassesHaveShortWays() throws {
    // Counts of 8, 4, 2, 1, 1 have ways of 1, 2, 3, 4 and 4 decisions.
    let counts = [2, 8, 1, 4, 1]
    let x = counts.enumerated().flatMap { Array(repeating: "word\($0.offset)", count: $0.element) }
    let y = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    let model = try FastTextClassifier<Int>(
      learningRate: 1, dimensions: 8, epochs: 1, loss: .hierarchicalSoftmax, seed: 1
    ).fit(x, y)
    // A text without a known word has nothing to say at any branch: a half for each decision on the way.
    let found = try model.predictProbabilities(["unknown"]).scalars
    #expect(zip(model.classes, found).allSatisfy { $1 == [0: 0.125, 1: 0.5, 2: 0.0625, 3: 0.25, 4: 0.0625][$0] })
  }

  @Test func wrongParametersAreSaid() {
    #expect(throws: FitError.self) {
      try FastTextClassifier<Int>(loss: .negativeSampling(samples: 0)).fit(["a", "b"], [0, 1])
    }
    #expect(throws: FitError.self) { try FastTextClassifier<Int>(dimensions: 0).fit(["a", "b"], [0, 1]) }
    #expect(throws: FitError.self) { try FastTextClassifier<Int>().fit(["a"], [0, 1]) }
    #expect(throws: FitError.self) { try FastTextClassifier<Int>().fit(["a", "b"], [1, 1]) }
  }
}

@Suite struct WordVectorTests {
  @Test func wordsOfOneSubjectAreNear() throws {
    var random = PCG64(seed: 4)
    let subjects = [["cat", "dog", "horse", "cow", "sheep"], ["red", "green", "blue", "yellow", "brown"]]
    let texts = (0..<600).map { place in
      (0..<8).map { _ in subjects[place % 2][random.integer(below: 5)] }.joined(separator: " ")
    }
    let method = Word2Vec(
      dimensions: 16, window: 3, minimumCount: 1, subsampling: 0, learningRate: 0.05, epochs: 8, seed: 5)
    let vectors = try method.fit(texts)
    for (own, other) in [(0, 1), (1, 0)] {
      for word in subjects[own] {
        #expect(Set(vectors.nearest(to: word, count: 4).map(\.word)) == Set(subjects[own]).subtracting([word]))
        #expect(
          try #require(vectors.similarity(word, subjects[own][0])) > #require(
            vectors.similarity(word, subjects[other][0])))
      }
    }
    #expect(try method.fit(texts).vectors == vectors.vectors)
    let path = NSTemporaryDirectory() + "/martlet-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try vectors.write(to: path)
    let again = try WordVectors(path: path)
    #expect(again.words == vectors.words && again.vectors == vectors.vectors)
    #expect(throws: FitError.self) { try Word2Vec().fit(["too few"]) }
  }

  /// Two words that are a quarter and three quarters of all: their weights by the formula, and nothing left in common.
  @Test func frequentWordsCountLess() throws {
    let vectors = try WordVectors(words: ["a", "b"], vectors: Tensor<Float>([[1, 0], [0, 2]]))
    let texts = ["a b", "b", "b unknown"]
    let plain = vectors.sentenceVectors(texts, smoothing: 0.5, removesCommonDirection: false).asDouble
    // Of five words one is a, three are b.
    let (a, b) = (0.5 / (0.5 + 0.2), 0.5 / (0.5 + 0.6))
    #expect(agree(plain.scalars, [a / 2, b, 0, 2 * b, 0, b], within: 1e-6))
    let found = vectors.sentenceVectors(texts, smoothing: 0.5).asDouble
    // The longest direction of the rows by the closed form for two columns.
    let (p, q, r) = (
      plain[0, 0] * plain[0, 0], plain[0, 0] * plain[0, 1], (0..<3).reduce(0) { $0 + plain[$1, 1] * plain[$1, 1] }
    )
    let angle = 0.5 * atan2(2 * q, p - r)
    let direction = [cos(angle), sin(angle)]
    for row in 0..<3 {
      let along = plain[row, 0] * direction[0] + plain[row, 1] * direction[1]
      #expect(abs(found[row, 0] - (plain[row, 0] - along * direction[0])) < 1e-6)
      #expect(abs(found[row, 1] - (plain[row, 1] - along * direction[1])) < 1e-6)
    }
    #expect(vectors.sentenceVectors(["x", "y z"]) == .zeros(2, 2))
  }

  @Test func analogiesAreDifferences() throws {
    let vectors = try WordVectors(
      words: ["man", "king", "woman", "queen", "apple"],
      vectors: Tensor<Float>([1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, -1, -1, 0], shape: [5, 3]))
    #expect(vectors.analogy("man", "king", "woman").map(\.word) == ["queen"])
    #expect(
      vectors.analogy("man", "king", "absent").isEmpty && vectors["absent"] == nil
        && vectors.nearest(to: "absent").isEmpty)
    #expect(throws: VectorIndexError.self) {
      try WordVectors(words: ["a", "a"], vectors: Tensor<Float>([1, 2], shape: [2, 1]))
    }
    #expect(throws: VectorIndexError.self) { try WordVectors(path: "/nowhere") }
  }
}
