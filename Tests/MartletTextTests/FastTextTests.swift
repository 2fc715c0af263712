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

  @Test func wrongParametersAreSaid() {
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
