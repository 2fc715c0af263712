import MartletModels
import MartletNumerics

/// Turns texts into counts of their words, or of rows of words or characters.
///
///     let texts = ["This is the first document.", "Is this the second document?"]
///     let model = try CountVectorizer().fit(texts)
///     model.featureNames                          // ["document", "first", "is", "second", "the", "this"]
///     try model.transform(texts).dense            // [[1.0, 1.0, 1.0, 0.0, 1.0, 1.0], [1.0, 0.0, 1.0, 1.0, 1.0, 1.0]]
///
/// Columns are in the order of their terms' code points. Where there are more terms than memory, ``HashingVectorizer``
/// does without a vocabulary; ``TfidfVectorizer`` weighs terms by how rare they are.
///
/// Reference: Manning, Raghavan and Schütze (2008), Introduction to information retrieval, chapter 6.
public struct CountVectorizer: UnsupervisedEstimator, Equatable {
  /// How texts become terms.
  public var analysis: TextAnalysis
  /// Terms of fewer documents are left out. (scikit-learn: `min_df`)
  public var minimumDocumentFrequency: DocumentFrequency
  /// Terms of more documents are left out. (scikit-learn: `max_df`)
  public var maximumDocumentFrequency: DocumentFrequency
  /// At most this many terms are kept, those that occur most; of equals those that come first in the alphabet. `nil` for all.
  /// (scikit-learn: `max_features`)
  public var maximumFeatures: Int?
  /// Whether it only counts whether a term is there. (scikit-learn: `binary`)
  public var binary: Bool
  /// The terms to count, when they are known; nothing is then left out. (scikit-learn: `vocabulary`)
  public var vocabulary: [String]?

  /// - Parameters:
  ///   - analyzer: what counts as a term.
  ///   - nGramRange: how many words or characters in a row are a term.
  ///   - lowercase: whether capitals become small letters.
  ///   - stripAccents: how accents are taken off.
  ///   - stopWords: words that are left out.
  ///   - tokenPattern: what a word is.
  ///   - minimumDocumentFrequency: a whole number of documents, at least 1, or a share of them from 0 to 1.
  ///   - maximumDocumentFrequency: the same.
  ///   - maximumFeatures: at least 1.
  ///   - binary: whether counts above 1 are 1.
  ///   - vocabulary: the terms to count, none twice.
  public init(
    analyzer: TextAnalyzer = .word, nGramRange: ClosedRange<Int> = 1...1, lowercase: Bool = true,
    stripAccents: AccentStripping = .none, stopWords: StopWords = .none,
    tokenPattern: String = TextAnalysis.defaultTokenPattern, minimumDocumentFrequency: DocumentFrequency = 1,
    maximumDocumentFrequency: DocumentFrequency = 1.0, maximumFeatures: Int? = nil, binary: Bool = false,
    vocabulary: [String]? = nil
  ) {
    analysis = TextAnalysis(
      analyzer: analyzer, nGramRange: nGramRange, lowercase: lowercase, stripAccents: stripAccents,
      stopWords: stopWords, tokenPattern: tokenPattern)
    self.minimumDocumentFrequency = minimumDocumentFrequency
    self.maximumDocumentFrequency = maximumDocumentFrequency
    self.maximumFeatures = maximumFeatures
    self.binary = binary
    self.vocabulary = vocabulary
  }

  /// - Parameter documents: the texts, at least one.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`, the latter also when no term is left.
  /// - Complexity: O(characters + terms · log terms).
  public func fit(_ documents: [String]) throws(FitError) -> Model { try fitTransform(documents).model }

  /// Learns the terms and counts them in one pass over the texts. (scikit-learn: `fit_transform`)
  /// - Throws: ``FitError``, as in fitting.
  public func fitTransform(_ documents: [String]) throws(FitError) -> (model: Model, counts: SparseMatrix) {
    try check()
    if let vocabulary {
      let model = Model(terms: vocabulary, analysis: analysis, binary: binary)
      return (model, try model.transform(documents))
    }
    guard !documents.isEmpty else {
      throw FitError(
        .tooFewSamples, expected: "at least one text", found: "none", advice: "Give the texts to learn from.")
    }
    var counts = TermCounts.all(documents, try TermExtractor(analysis))
    if binary { counts.counts = [Double](repeating: 1, count: counts.counts.count) }
    let kept = try kept(counts, documents.count)
    var newColumns = [Int32](repeating: -1, count: counts.terms.count)
    for (column, number) in kept.enumerated() { newColumns[number] = Int32(column) }
    let model = Model(terms: kept.map { counts.terms[$0] }, analysis: analysis, binary: binary)
    return (model, counts.matrix(newColumns, columnCount: kept.count))
  }

  private func check() throws(FitError) {
    func parameter(_ isValid: Bool, _ name: String, _ expected: String, _ found: some Any) throws(FitError) {
      guard !isValid else { return }
      throw FitError(.parameter, expected: "\(name) \(expected)", found: "\(found)", advice: "Change it and fit again.")
    }
    let range = "a whole number from 1 or a share from 0 to 1"
    try parameter(minimumDocumentFrequency.isValid, "minimumDocumentFrequency", range, minimumDocumentFrequency)
    try parameter(maximumDocumentFrequency.isValid, "maximumDocumentFrequency", range, maximumDocumentFrequency)
    if let maximumFeatures { try parameter(maximumFeatures > 0, "maximumFeatures", "above 0", maximumFeatures) }
    if let vocabulary {
      let isSet = TermTable(vocabulary).count == vocabulary.count && !vocabulary.isEmpty
      try parameter(isSet, "vocabulary", "of at least one term, none twice", "\(vocabulary.count) terms")
    }
  }

  /// The terms that are kept, in alphabetical order.
  private func kept(_ counts: TermCounts, _ total: Int) throws(FitError) -> [Int] {
    let (least, most) = (
      minimumDocumentFrequency.documents(of: total), maximumDocumentFrequency.documents(of: total)
    )
    guard most >= least else {
      throw FitError(
        .parameter, expected: "maximumDocumentFrequency of at least minimumDocumentFrequency",
        found: "\(most) and \(least) documents", advice: "Change one of them and fit again.")
    }
    let frequencies = counts.documentFrequencies
    let frequent = frequencies.indices.filter { Double(frequencies[$0]) >= least && Double(frequencies[$0]) <= most }
    var kept = counts.terms.sortedNumbers(frequent)
    if let maximumFeatures, kept.count > maximumFeatures {
      let totals = counts.totals
      let ranked = kept.enumerated().sorted { (-totals[$0.element], $0.offset) < (-totals[$1.element], $1.offset) }
      kept = ranked.prefix(maximumFeatures).sorted { $0.offset < $1.offset }.map(\.element)
    }
    guard !kept.isEmpty else {
      throw FitError(
        .tooFewSamples, expected: "texts with terms to count",
        found: "\(counts.terms.count) terms, none of which is to be kept",
        advice: "Check the stop words, the pattern of words and the document frequencies.")
    }
    return kept
  }
}
