import CMartletRuntime
import MartletNumerics

/// Finds topics in texts: each topic has words of its own, each text some topics.
///
/// A text's shares of topics are drawn from a Dirichlet distribution, each of its words from a topic drawn by these shares;
/// topics are distributions over words, drawn from a Dirichlet distribution as well. What is behind the words is
/// approximated by independent Dirichlet distributions, by turns for the texts and for the topics: variational Bayes.
///
///     let counts = CountVectorizer(stopWords: .english).then(LatentDirichletAllocation(topics: 5, seed: 0))
///     let model = try counts.fit(texts)
///     try model.transform(texts)       // how much of each topic is in each text, shape [texts, 5]
///
/// With the same ``seed`` topics are the same as scikit-learn's for that `random_state`, whatever the number of threads.
///
/// References: Blei, Ng and Jordan (2003), Latent Dirichlet allocation; Hoffman, Blei and Bach (2010), Online learning for
/// latent Dirichlet allocation.
public struct LatentDirichletAllocation: UnsupervisedEstimator {
  public typealias Features = SparseMatrix

  /// After how many texts the topics change. (scikit-learn: `learning_method`)
  public enum Learning: Sendable, Codable, Equatable {
    /// After all of them.
    case batch
    /// After `batchSize`; the `t`-th batch counts `(offset + t)^−decay`, `decay` above ½ and at most 1 for topics that
    /// settle. Suited to many texts. (scikit-learn: `batch_size`, `learning_decay`, `learning_offset`)
    case online(batchSize: Int = 128, decay: Double = 0.7, offset: Double = 10)
  }

  /// How many topics; at least 1. (scikit-learn: `n_components`)
  public var topics: Int
  /// How evenly topics are in texts, above 0; `nil` for `1 / topics`. Small for texts of few topics. (scikit-learn:
  /// `doc_topic_prior`, the literature's α)
  public var textPrior: Double?
  /// How evenly words are in topics, above 0; `nil` for `1 / topics`. (scikit-learn: `topic_word_prior`, the literature's η)
  public var wordPrior: Double?
  /// After how many texts the topics change.
  public var learning: Learning
  /// How many times all texts are looked at; at least 1. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// The perplexity is measured whenever so many rounds are over, and fitting ends when it changes by less than
  /// ``perplexityTolerance``; `nil` for never. (scikit-learn: `evaluate_every`)
  public var measuresEvery: Int?
  /// See ``measuresEvery``; at least 0. (scikit-learn: `perp_tol`)
  public var perplexityTolerance: Double
  /// A text has settled when its amounts of topics move by less, in words and on average. (scikit-learn: `mean_change_tol`)
  public var textTolerance: Double
  /// The most steps for a text; at least 1. (scikit-learn: `max_doc_update_iter`)
  public var maximumTextSteps: Int
  /// From 0 to 2³² − 1; without one every fit starts elsewhere. (scikit-learn: `random_state`)
  public var seed: UInt64?

  /// - Parameters:
  ///   - topics: at least 1.
  ///   - textPrior: above 0; `nil` for `1 / topics`.
  ///   - wordPrior: above 0; `nil` for `1 / topics`.
  ///   - learning: after how many texts the topics change.
  ///   - maximumIterations: at least 1.
  ///   - measuresEvery: after how many rounds the perplexity is measured, at least 1; `nil` for never.
  ///   - perplexityTolerance: at least 0.
  ///   - textTolerance: at least 0.
  ///   - maximumTextSteps: at least 1.
  ///   - seed: for the same topics every time.
  public init(
    topics: Int = 10, textPrior: Double? = nil, wordPrior: Double? = nil, learning: Learning = .batch,
    maximumIterations: Int = 10, measuresEvery: Int? = nil, perplexityTolerance: Double = 0.1,
    textTolerance: Double = 1e-3, maximumTextSteps: Int = 100, seed: UInt64? = nil
  ) {
    self.topics = topics
    self.textPrior = textPrior
    self.wordPrior = wordPrior
    self.learning = learning
    self.maximumIterations = maximumIterations
    self.measuresEvery = measuresEvery
    self.perplexityTolerance = perplexityTolerance
    self.textTolerance = textTolerance
    self.maximumTextSteps = maximumTextSteps
    self.seed = seed
  }

  /// - Parameter x: how often each word is in each text: sparse, `[texts, words]`, every count finite and at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(stored · topics) for each step of the texts, in each round; O(stored + (texts + words) · topics) memory.
  public func fit(_ x: SparseMatrix) throws(FitError) -> Model {
    try TopicChecks.counts(x)
    try TopicChecks.someWords(x)
    try check()
    var random = try SeededStart.generator(seed)
    var state = TopicState(self, words: x.shape[1], &random)
    var (perplexities, rounds): ([Double], Int) = ([], 0)
    let progress = FitProgress.begin("rounds", of: maximumIterations)
    while rounds < maximumIterations {
      martlet_poll()
      defer { progress?.advance() }
      learn(x, &state, &random)
      rounds += 1
      guard let measuresEvery, rounds % measuresEvery == 0 else { continue }
      perplexities.append(state.model([], rounds).knownPerplexity(x))
      if perplexities.suffix(2).count == 2, abs(perplexities.suffix(2).reduce(0) { $1 - $0 }) < perplexityTolerance {
        break
      }
    }
    return state.model(perplexities, rounds)
  }

  /// The same for counts that are not sparse.
  /// - Parameter x: how often each word is in each text: shape `[texts, words]`, every count finite and at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    return try fit(SparseMatrix(x))
  }

  private func learn(_ x: SparseMatrix, _ state: inout TopicState, _ random: inout MT19937) {
    guard case .online(let size, let decay, let offset) = learning else {
      return state.learnAll(x, &random)
    }
    for first in stride(from: 0, to: x.shape[0], by: size) {
      let batch = x.rows(Array(first..<min(first + size, x.shape[0])))
      state.learn(batch, ofAll: Double(x.shape[0]), decay: decay, offset: offset, &random)
    }
  }

  private func check() throws(FitError) {
    try SampleChecks.parameter(topics > 0, "topics", "above 0", topics)
    for (name, prior) in [("textPrior", textPrior), ("wordPrior", wordPrior)] {
      try SampleChecks.parameter(prior ?? 1 > 0 && prior ?? 1 < .infinity, name, "above 0", prior ?? 0)
    }
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(measuresEvery ?? 1 > 0, "measuresEvery", "above 0", measuresEvery ?? 0)
    try SampleChecks.parameter(
      perplexityTolerance >= 0, "perplexityTolerance", "of at least 0", perplexityTolerance)
    try SampleChecks.parameter(textTolerance >= 0, "textTolerance", "of at least 0", textTolerance)
    try SampleChecks.parameter(maximumTextSteps > 0, "maximumTextSteps", "above 0", maximumTextSteps)
    guard case .online(let size, let decay, let offset) = learning else { return }
    try SampleChecks.parameter(size > 0, "batchSize", "above 0", size)
    try SampleChecks.parameter((0...1).contains(decay), "decay", "from 0 to 1", decay)
    try SampleChecks.parameter(offset >= 1 && offset.isFinite, "offset", "of at least 1", offset)
  }
}

/// What topics ask of texts.
enum TopicChecks {
  static func someWords(_ x: SparseMatrix) throws(FitError) {
    guard x.values.contains(where: { $0 > 0 }) else {
      throw FitError(
        .tooFewSamples, expected: "at least one word of the vocabulary", found: "none",
        advice: "Give texts with words that are counted.")
    }
  }

  /// - Parameter words: as many as in fitting, where there was one.
  static func counts(_ x: SparseMatrix, words: Int? = nil) throws(FitError) {
    if let words { try SampleChecks.features(x, count: words) } else { try SampleChecks.features(x) }
    if let least = x.values.min(), least < 0 {
      throw FitError(
        .parameter, expected: "counts of at least 0", found: "\(least)",
        advice: "Give how often each word occurs, as CountVectorizer does.")
    }
  }
}
