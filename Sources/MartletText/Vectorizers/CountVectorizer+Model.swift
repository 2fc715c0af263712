import MartletModels
import MartletNumerics

extension CountVectorizer {
  /// What `CountVectorizer` has learned: the terms.
  public struct Model: Transformer, Equatable {
    /// The terms in the order of their columns. (scikit-learn: `get_feature_names_out`)
    public let featureNames: [String]
    /// How texts become terms.
    public let analysis: TextAnalysis
    /// Whether it only counts whether a term is there.
    public let binary: Bool
    private let terms: TermTable

    init(terms: [String], analysis: TextAnalysis, binary: Bool) {
      featureNames = terms
      self.terms = TermTable(terms)
      self.analysis = analysis
      self.binary = binary
    }

    /// Each term's column.
    public var vocabulary: [String: Int] {
      Dictionary(featureNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The column of a term, or `nil` when it is not counted.
    public func column(of term: String) -> Int? { terms.number(of: term) }

    /// How often each term occurs in each text: sparse, `[texts, terms]`. Terms that were not learned are passed over.
    /// - Throws: ``FitError`` of kind `parameter` when the pattern of words is no regular expression.
    /// - Complexity: O(characters).
    public func transform(_ documents: [String]) throws(FitError) -> SparseMatrix {
      var counts = TermCounts.known(documents, try TermExtractor(analysis), terms)
      if binary { counts.counts = [Double](repeating: 1, count: counts.counts.count) }
      return counts.matrix((0..<Int32(terms.count)).map { $0 }, columnCount: terms.count)
    }

    /// The terms that each row has. Stops the cell unless there is a column for each term.
    public func inverseTransform(_ counts: SparseMatrix) -> [[String]] {
      guard counts.shape[1] == featureNames.count else {
        fatalError("inverseTransform needs \(featureNames.count) columns; the matrix has shape \(counts.shape).")
      }
      return (0..<counts.shape[0]).map { row in
        counts.range(ofRow: row).filter { counts.values[$0] != 0 }.map { featureNames[Int(counts.columns[$0])] }
      }
    }

    public static func == (a: Model, b: Model) -> Bool {
      a.featureNames == b.featureNames && a.analysis == b.analysis && a.binary == b.binary
    }
  }
}

extension CountVectorizer.Model: Codable {
  private enum CodingKeys: String, CodingKey { case terms, analysis, binary }

  /// Writes the terms and how texts become terms.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(featureNames, forKey: .terms)
    try file.encode(analysis, forKey: .analysis)
    try file.encode(binary, forKey: .binary)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let terms = try file.decode([String].self, forKey: .terms)
    guard !terms.isEmpty, TermTable(terms).count == terms.count else {
      throw DecodingError.dataCorruptedError(forKey: .terms, in: file, debugDescription: "Expected terms, none twice.")
    }
    let analysis = try file.decode(TextAnalysis.self, forKey: .analysis)
    do {
      _ = try TermExtractor(analysis)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .analysis, in: file, debugDescription: error.description)
    }
    self.init(terms: terms, analysis: analysis, binary: try file.decode(Bool.self, forKey: .binary))
  }
}
