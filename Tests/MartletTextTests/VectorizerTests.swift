import Foundation
import MartletModels
import MartletNumerics
import MartletText
import Testing

@Suite struct VectorizerTests {
  /// The choices of a case, under the names that the toolkit gives them.
  struct Options: Decodable {
    let analyzer, stripAccents, tokenPattern, norm: String?
    let nGramRange: [Int]?
    let lowercase, binary, sublinear, smooth, idf, alternates: Bool?
    let stopWords: StopList?
    let minimum, maximum: Double?
    let maximumFeatures, features: Int?
    let vocabulary: [String]?

    enum StopList: Decodable {
      case named(String)
      case list([String])
      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let list = try? value.decode([String].self) {
          self = .list(list)
        } else {
          self = .named(try value.decode(String.self))
        }
      }
      var words: StopWords { if case .list(let list) = self { .list(list) } else { .english } }
    }

    var analysis: TextAnalysis {
      TextAnalysis(
        analyzer: analyzer.flatMap(TextAnalyzer.init(rawValue:)) ?? .word,
        nGramRange: nGramRange.map { $0[0]...$0[1] } ?? 1...1, lowercase: lowercase ?? true,
        stripAccents: stripAccents.flatMap(AccentStripping.init(rawValue:)) ?? .none,
        stopWords: stopWords?.words ?? .none, tokenPattern: tokenPattern ?? TextAnalysis.defaultTokenPattern)
    }

    private func frequency(_ value: Double?, _ standard: DocumentFrequency) -> DocumentFrequency {
      guard let value else { return standard }
      return value >= 1 && value == value.rounded() ? .count(Int(value)) : .share(value)
    }

    var counting: CountVectorizer {
      var counting = CountVectorizer(
        minimumDocumentFrequency: frequency(minimum, 1), maximumDocumentFrequency: frequency(maximum, 1.0),
        maximumFeatures: maximumFeatures, binary: binary ?? false, vocabulary: vocabulary)
      counting.analysis = analysis
      return counting
    }

    var weighting: TfidfTransformer {
      TfidfTransformer(
        norm: norm.flatMap(RowNorm.init(rawValue:)) ?? .l2, usesInverseDocumentFrequency: idf ?? true,
        smoothInverseDocumentFrequency: smooth ?? true, sublinearTermFrequency: sublinear ?? false)
    }
  }
  struct Case: Decodable {
    let name, kind: String
    let documents: [String]
    let options: Options
    let matrix, again: ReferenceMatrix
    let terms: [String]?
    let idf: [Double]?
  }
  struct Learners: Decodable {
    struct Fit: Decodable {
      let name: String
      let scores: [[Double]]
      let accuracy: Double
    }
    struct Directions: Decodable {
      let singular, ratio: [Double]
      let first: [[Double]]
    }
    let texts: [String]
    let topics: [Int]
    let fits: [Fit]
    let svd: Directions
  }
  struct Reference: Decodable {
    let cases: [Case]
    let learners: Learners
  }

  static let again = ["the first café of Straße and 中文字符", "unseen words only", ""]

  @Test(arguments: 0..<30) func matricesAreScikitLearns(place: Int) throws {
    let expected = try ReferenceFile.read("vectorizers", as: Reference.self).cases[place]
    let options = expected.options
    let (found, again): (SparseMatrix, SparseMatrix)
    switch expected.kind {
    case "count":
      let (model, counts) = try options.counting.fitTransform(expected.documents)
      #expect(model.featureNames == expected.terms, "\(expected.name)")
      (found, again) = (counts, try model.transform(Self.again))
    case "tfidf":
      let method = TfidfVectorizer(counting: options.counting, weighting: options.weighting)
      let (model, weighted) = try method.fitTransform(expected.documents)
      #expect(model.featureNames == expected.terms, "\(expected.name)")
      if let idf = expected.idf { #expect(agree(model.inverseDocumentFrequencies, idf), "\(expected.name)") }
      (found, again) = (weighted, try model.transform(Self.again))
    default:
      let method = HashingVectorizer(
        analysis: options.analysis, features: options.features ?? 1 << 20, binary: options.binary ?? false,
        norm: options.weighting.norm, alternatesSign: options.alternates ?? true)
      (found, again) = (try method.transform(expected.documents), try method.transform(Self.again))
    }
    for (found, expected) in [(found, expected.matrix), (again, expected.again)] {
      try #require(found.shape == expected.shape)
      #expect(found.rowStarts == expected.starts && found.columns == expected.columns)
      #expect(agree(found.values, expected.values))
    }
  }

  @Test func documentationHasItsWeights() throws {
    let model = try TfidfVectorizer().fit([
      "This is the first document.", "This document is the second document.", "And this is the third one.",
      "Is this the first document?",
    ])
    #expect(model.featureNames == ["and", "document", "first", "is", "one", "second", "the", "third", "this"])
    // ln(5 / (1 + df)) + 1 for terms in 1, 3, 2, 4 … of four documents.
    let expected = [1, 3, 2, 4, 1, 1, 4, 1, 4].map { log(5 / (1 + $0)) + 1.0 }
    #expect(agree(model.inverseDocumentFrequencies, expected, within: 1e-14))
  }

  @Test func sparseLearnersAreScikitLearns() throws {
    let expected = try ReferenceFile.read("vectorizers", as: Reference.self).learners
    let weighted = try TfidfVectorizer().fitTransform(expected.texts).weighted
    let counts = try CountVectorizer().fitTransform(expected.texts).counts
    let topics = expected.topics
    func check(_ name: String, _ scores: Matrix, _ accuracy: Double, within tolerance: Double) {
      guard let fit = expected.fits.first(where: { $0.name == name }) else { return #expect(Bool(false), "no \(name)") }
      #expect(agree(scores[.stride(by: 9)].scalars, fit.scores.flatMap { $0 }, within: tolerance), "\(name)")
      #expect(accuracy == fit.accuracy, "\(name)")
    }
    let multinomial = try MultinomialNaiveBayes<Int>().fit(counts, topics)
    check(
      "multinomial", try multinomial.predictProbabilities(counts), try multinomial.score(counts, topics), within: 1e-9)
    let complement = try ComplementNaiveBayes<Int>().fit(counts, topics)
    check("complement", try complement.predictProbabilities(counts), try complement.score(counts, topics), within: 1e-9)
    let bernoulli = try BernoulliNaiveBayes<Int>().fit(counts, topics)
    check("bernoulli", try bernoulli.predictProbabilities(counts), try bernoulli.score(counts, topics), within: 1e-9)
    let logistic = try LogisticRegression<Int>(tolerance: 1e-10).fit(weighted, topics)
    check("logistic", try logistic.predictProbabilities(weighted), try logistic.score(weighted, topics), within: 1e-6)
    let machine = try LinearSVC<Int>(tolerance: 1e-10).fit(weighted, topics)
    check("svc", try machine.decisionFunction(weighted), try machine.score(weighted, topics), within: 1e-5)
  }

  @Test func sparseFitsAreDenseFits() throws {
    let expected = try ReferenceFile.read("vectorizers", as: Reference.self).learners
    let sparse = try TfidfVectorizer().fitTransform(expected.texts).weighted
    let a = try LogisticRegression<Int>(l1Ratio: 0.5).fit(sparse, expected.topics)
    let b = try LogisticRegression<Int>(l1Ratio: 0.5).fit(sparse.dense, expected.topics)
    #expect(agree(a.coefficients.scalars, b.coefficients.scalars, within: 1e-5))
    let weights = expected.topics.map { Double($0 + 1) }
    let c = try MultinomialNaiveBayes<Int>().fit(sparse, expected.topics, weights: weights)
    let d = try MultinomialNaiveBayes<Int>().fit(sparse.dense, expected.topics, weights: weights)
    #expect(agree(c.weights.scalars, d.weights.scalars, within: 1e-12))
  }

  @Test func directionsAreScikitLearns() throws {
    let expected = try ReferenceFile.read("vectorizers", as: Reference.self).learners
    let weighted = try TfidfVectorizer().fitTransform(expected.texts).weighted
    let model = try TruncatedSVD(components: 4).fit(weighted)
    #expect(agree(model.singularValues, expected.svd.singular))
    #expect(agree(model.explainedVarianceRatio, expected.svd.ratio, within: 1e-8))
    let first = try model.transform(weighted)[0..<3, .all]
    #expect(agree(first.scalars.map { abs($0) }, expected.svd.first.flatMap { $0 }.map { abs($0) }, within: 1e-8))
    let dense = try TruncatedSVD(components: 4).fit(weighted.dense)
    #expect(agree(model.components.scalars, dense.components.scalars, within: 1e-8))
  }

  @Test func pipelinesTakeTexts() throws {
    let expected = try ReferenceFile.read("vectorizers", as: Reference.self).learners
    let labels = expected.topics.map { ["sport", "news", "art"][$0] }
    let method = TfidfVectorizer(nGramRange: 1...2).then(LogisticRegression<String>())
    let model = try method.fit(expected.texts, labels)
    #expect(try model.score(expected.texts, labels) > 0.95)
    #expect(model.estimator.coefficients.shape[0] == 3)
    let latent = TfidfVectorizer().then(TruncatedSVD(components: 8)).then(LogisticRegression<String>())
    #expect(try latent.fit(expected.texts, labels).score(expected.texts, labels) > 0.9)
    let scores = try crossValidate(method, expected.texts, labels, folds: StratifiedKFold(3, seed: 1))
    #expect(scores.scores.mean() > 0.8)
  }

  @Test func nothingToCountIsSaid() throws {
    #expect(throws: FitError.self) { try CountVectorizer().fit(["a b c", "?"]) }
    #expect(throws: FitError.self) { try CountVectorizer().fit([]) }
    #expect(throws: FitError.self) { try CountVectorizer(tokenPattern: "(").fit(["text"]) }
    #expect(throws: FitError.self) { try CountVectorizer(nGramRange: 0...1).fit(["text"]) }
    #expect(throws: FitError.self) { try HashingVectorizer(features: 0).transform(["text"]) }
    #expect(throws: FitError.self) {
      try CountVectorizer(minimumDocumentFrequency: 3, maximumDocumentFrequency: 2).fit(["one two", "two", "two"])
    }
    let counts = try CountVectorizer().fit(["one two"]).transform(["one"])
    #expect(throws: FitError.self) { try BernoulliNaiveBayes<Int>(threshold: -1).fit(counts, [0]) }
  }

  @Test func modelsAreCodable() throws {
    let model = try TfidfVectorizer(stopWords: .list(["the"])).fit(["the cat sat", "the dog ran"])
    let again = try JSONDecoder().decode(TfidfVectorizer.Model.self, from: JSONEncoder().encode(model))
    #expect(again == model)
    let damaged = #"{"counts":{"terms":["a","a"],"analysis":{},"binary":false},"weights":{}}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TfidfVectorizer.Model.self, from: Data(damaged.utf8))
    }
  }
}
