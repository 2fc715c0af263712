import Foundation
import MartletFrames
import MartletNumerics

extension LatentDirichletAllocation {
  /// What `LatentDirichletAllocation` has learned: the topics.
  public struct Model: Transformer {
    public typealias Input = SparseMatrix
    public typealias Output = Matrix

    /// How much of each word is in each topic, the prior included: shape `[topics, words]`. (scikit-learn: `components_`)
    public let components: Matrix
    /// How evenly words are in topics, beforehand.
    public let wordPrior: Double
    /// The perplexity of the texts whenever it was measured; see ``LatentDirichletAllocation/measuresEvery``.
    public let perplexities: [Double]
    /// How many times all texts were looked at.
    public let iterations: Int
    private let inference: TopicInference

    init(components: Matrix, wordPrior: Double, perplexities: [Double], iterations: Int, inference: TopicInference) {
      (self.components, self.wordPrior, self.perplexities) = (components, wordPrior, perplexities)
      (self.iterations, self.inference) = (iterations, inference)
    }

    /// How evenly topics are in texts, beforehand.
    public var textPrior: Double { inference.textPrior }

    /// How probable each word is in each topic: shape `[topics, words]`, each row summing to 1.
    public var wordProbabilities: Matrix { components / components.sum(axis: 1, keepDimensions: true) }

    /// The words that are likeliest in each topic, likeliest first.
    ///
    ///     model.topWords(counts.featureNames, count: 3)      // [["orbit", "moon", "launch"], ["goal", "team", "match"]]
    ///
    /// Stops the cell unless there is a name for each word.
    /// - Parameter names: of the words, in the order of the columns.
    public func topWords(_ names: [String], count: Int = 10) -> [[String]] {
      guard names.count == components.shape[1] else {
        fatalError("topWords needs a name for each of the \(components.shape[1]) words; found \(names.count).")
      }
      return topPlaces(count).map { $0.map { names[$0] } }
    }

    /// The columns of each topic's likeliest words.
    package func topPlaces(_ count: Int) -> [[Int]] {
      (0..<components.shape[0]).map { topic in
        let row = components.row(topic).scalars
        return Array(row.indices.sorted { (-row[$0], $0) < (-row[$1], $1) }.prefix(max(count, 0)))
      }
    }

    /// How much of each topic is in each text: shape `[texts, topics]`, each row summing to 1.
    /// - Parameter x: counts of the words of fitting: sparse, `[texts, words]`, at least 0.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func transform(_ x: SparseMatrix) throws(FitError) -> Matrix {
      try TopicChecks.counts(x, words: components.shape[1])
      let amounts = inference.textAmounts(x)
      return amounts / amounts.sum(axis: 1, keepDimensions: true)
    }

    /// The same for counts that are not sparse.
    /// - Parameter x: shape `[texts, words]`.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: components.shape[1])
      return try transform(SparseMatrix(x))
    }

    /// A bound below the log likelihood of texts. (scikit-learn: `score`)
    /// - Parameter x: counts of the words of fitting.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func logLikelihood(_ x: SparseMatrix) throws(FitError) -> Double {
      try TopicChecks.counts(x, words: components.shape[1])
      return bound(x)
    }

    /// Among how many equally likely words the model is as uncertain as about a word of the texts: lower is better.
    ///
    /// `exp(−`log likelihood` / words)`, as bounded by ``logLikelihood(_:)``; on texts that were not learned from it tells how
    /// many topics are enough.
    /// - Parameter x: counts of the words of fitting, at least one.
    /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
    public func perplexity(_ x: SparseMatrix) throws(FitError) -> Double {
      try TopicChecks.counts(x, words: components.shape[1])
      try TopicChecks.someWords(x)
      return knownPerplexity(x)
    }

    func knownPerplexity(_ x: SparseMatrix) -> Double { exp(-bound(x) / x.values.reduce(0, +)) }

    private func bound(_ x: SparseMatrix) -> Double {
      TopicBound(
        words: components.transposed().compacted(), texts: inference.textAmounts(x), wordPrior: wordPrior,
        textPrior: textPrior
      ).value(x)
    }

    private enum CodingKeys: String, CodingKey {
      case components, wordPrior, textPrior, perplexities, iterations, textTolerance, maximumTextSteps
    }
  }
}

extension LatentDirichletAllocation.Model: Equatable {
  public static func == (a: Self, b: Self) -> Bool {
    a.components == b.components && a.wordPrior == b.wordPrior && a.textPrior == b.textPrior
      && a.perplexities == b.perplexities && a.iterations == b.iterations
      && a.inference.tolerance == b.inference.tolerance && a.inference.maximumSteps == b.inference.maximumSteps
  }
}

extension LatentDirichletAllocation.Model: Codable {
  /// Writes the topics and how texts are looked at.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(components, forKey: .components)
    try file.encode(wordPrior, forKey: .wordPrior)
    try file.encode(textPrior, forKey: .textPrior)
    try file.encode(perplexities, forKey: .perplexities)
    try file.encode(iterations, forKey: .iterations)
    try file.encode(inference.tolerance, forKey: .textTolerance)
    try file.encode(inference.maximumSteps, forKey: .maximumTextSteps)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    components = try ModelChecks.matrix(file, .components)
    try ModelChecks.fits(components.min() > 0, file, .components, "amounts above 0")
    wordPrior = try file.decode(Double.self, forKey: .wordPrior)
    try ModelChecks.fits(wordPrior > 0 && wordPrior.isFinite, file, .wordPrior, "a number above 0")
    let textPrior = try file.decode(Double.self, forKey: .textPrior)
    try ModelChecks.fits(textPrior > 0 && textPrior.isFinite, file, .textPrior, "a number above 0")
    perplexities = try file.decode([Double].self, forKey: .perplexities)
    iterations = try file.decode(Int.self, forKey: .iterations)
    let tolerance = try file.decode(Double.self, forKey: .textTolerance)
    try ModelChecks.fits(tolerance >= 0, file, .textTolerance, "a number of at least 0")
    let steps = try file.decode(Int.self, forKey: .maximumTextSteps)
    try ModelChecks.fits((1...1_000_000).contains(steps), file, .maximumTextSteps, "steps from 1 to 1000000")
    inference = TopicInference(
      components.transposed().compacted(), textPrior: textPrior, tolerance: tolerance, maximumSteps: steps)
  }
}

extension LatentDirichletAllocation.Model: ModelSummary {
  /// - Parameter features: the words.
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? (0..<components.shape[1]).map { "word \($0)" }
    return ModelTable(
      title: "Topics",
      facts: ["\(components.shape[0]) topics of \(components.shape[1]) words, after \(iterations) rounds"],
      header: ["topic", "likeliest words"],
      rows: topWords(names, count: 6).enumerated().map { ["\($0)", $1.joined(separator: ", ")] })
  }
}
