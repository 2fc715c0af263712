import MartletModels
import MartletNumerics

/// Turns texts into weights of their words: frequent in the text and rare among all weighs most.
///
///     let texts = [
///       "This is the first document.", "This document is the second document.", "And this is the third one.",
///       "Is this the first document?",
///     ]
///     let model = try TfidfVectorizer().fit(texts)
///     model.inverseDocumentFrequencies.prefix(3)      // [1.916290731874155, 1.2231435513142097, 1.5108256237659907]
///     let method = TfidfVectorizer(nGramRange: 1...2).then(LogisticRegression<String>())
///
/// ``CountVectorizer`` and ``TfidfTransformer`` in one.
public struct TfidfVectorizer: UnsupervisedEstimator, Equatable {
  /// What is counted.
  public var counting: CountVectorizer
  /// How counts are weighed.
  public var weighting: TfidfTransformer

  /// A vectorizer of parts that were chosen before.
  public init(counting: CountVectorizer, weighting: TfidfTransformer) {
    self.counting = counting
    self.weighting = weighting
  }

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
  ///   - norm: how rows are scaled at the end.
  ///   - usesInverseDocumentFrequency: whether terms are weighed.
  ///   - smoothInverseDocumentFrequency: whether 1 is added to numbers of documents.
  ///   - sublinearTermFrequency: whether counts grow by their logarithm.
  public init(
    analyzer: TextAnalyzer = .word, nGramRange: ClosedRange<Int> = 1...1, lowercase: Bool = true,
    stripAccents: AccentStripping = .none, stopWords: StopWords = .none,
    tokenPattern: String = TextAnalysis.defaultTokenPattern, minimumDocumentFrequency: DocumentFrequency = 1,
    maximumDocumentFrequency: DocumentFrequency = 1.0, maximumFeatures: Int? = nil, binary: Bool = false,
    vocabulary: [String]? = nil, norm: RowNorm = .l2, usesInverseDocumentFrequency: Bool = true,
    smoothInverseDocumentFrequency: Bool = true, sublinearTermFrequency: Bool = false
  ) {
    self.init(
      counting: CountVectorizer(
        analyzer: analyzer, nGramRange: nGramRange, lowercase: lowercase, stripAccents: stripAccents,
        stopWords: stopWords, tokenPattern: tokenPattern, minimumDocumentFrequency: minimumDocumentFrequency,
        maximumDocumentFrequency: maximumDocumentFrequency, maximumFeatures: maximumFeatures, binary: binary,
        vocabulary: vocabulary),
      weighting: TfidfTransformer(
        norm: norm, usesInverseDocumentFrequency: usesInverseDocumentFrequency,
        smoothInverseDocumentFrequency: smoothInverseDocumentFrequency, sublinearTermFrequency: sublinearTermFrequency))
  }

  /// - Parameter documents: the texts, at least one.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`, the latter also when no term is left.
  public func fit(_ documents: [String]) throws(FitError) -> Model {
    let (counts, matrix) = try counting.fitTransform(documents)
    return Model(counts: counts, weights: try weighting.fit(matrix))
  }

  /// Learns terms and weights, and weighs the texts, in one pass over them. (scikit-learn: `fit_transform`)
  /// - Throws: ``FitError``, as in fitting.
  public func fitTransform(_ documents: [String]) throws(FitError) -> (model: Model, weighted: SparseMatrix) {
    let (counts, matrix) = try counting.fitTransform(documents)
    let model = Model(counts: counts, weights: try weighting.fit(matrix))
    return (model, try model.weights.transform(matrix))
  }

  /// What `TfidfVectorizer` has learned: the terms, and how rare each is.
  public struct Model: Transformer, Equatable, Codable {
    /// What was learned about terms.
    public let counts: CountVectorizer.Model
    /// What was learned about their weights.
    public let weights: TfidfTransformer.Model

    /// The terms in the order of their columns.
    public var featureNames: [String] { counts.featureNames }
    /// Each term's column.
    public var vocabulary: [String: Int] { counts.vocabulary }
    /// The weight of each term. (scikit-learn: `idf_`)
    public var inverseDocumentFrequencies: [Double] { weights.inverseDocumentFrequencies }

    /// The weights of the terms of each text: sparse, `[texts, terms]`.
    /// - Throws: ``FitError`` of kind `parameter` when the pattern of words is no regular expression.
    public func transform(_ documents: [String]) throws(FitError) -> SparseMatrix {
      try weights.transform(try counts.transform(documents))
    }

    /// The terms that each row has. Stops the cell unless there is a column for each term.
    public func inverseTransform(_ weighted: SparseMatrix) -> [[String]] { counts.inverseTransform(weighted) }
  }
}
