import MartletModels
import MartletNumerics

/// Turns texts into counts of terms without learning any: a term's column is its hash.
///
///     let model = try HashingVectorizer(features: 1 << 18).fit([])
///     try model.transform(["spam spam eggs"]).storedCount      // 2
///
/// Nothing has to be kept in memory and texts may come one by one; different terms may share a column, and columns have no
/// names. Half of the terms count negatively, so that those which share a column cancel out on average.
///
/// Reference: Weinberger and others (2009), Feature hashing for large scale multitask learning.
public struct HashingVectorizer: UnsupervisedEstimator, Transformer, Equatable, Codable {
  /// How texts become terms.
  public var analysis: TextAnalysis
  /// How many columns there are; at least 1. (scikit-learn: `n_features`)
  public var features: Int
  /// Whether values are 1 where a column has any term. (scikit-learn: `binary`)
  public var binary: Bool
  /// How rows are scaled.
  public var norm: RowNorm
  /// Whether half of the terms count negatively. (scikit-learn: `alternate_sign`)
  public var alternatesSign: Bool

  /// - Parameters:
  ///   - analysis: how texts become terms.
  ///   - features: how many columns there are.
  ///   - binary: whether values are 1 where a column has any term.
  ///   - norm: how rows are scaled.
  ///   - alternatesSign: whether half of the terms count negatively.
  public init(
    analysis: TextAnalysis = TextAnalysis(), features: Int = 1 << 20, binary: Bool = false, norm: RowNorm = .l2,
    alternatesSign: Bool = true
  ) {
    self.analysis = analysis
    self.features = features
    self.binary = binary
    self.norm = norm
    self.alternatesSign = alternatesSign
  }

  /// There is nothing to learn: the choices are the model.
  /// - Throws: ``FitError`` of kind `parameter`.
  public func fit(_ documents: [String]) throws(FitError) -> HashingVectorizer {
    try check()
    return self
  }

  /// The values of each text's columns: sparse, `[texts, features]`.
  /// - Throws: ``FitError`` of kind `parameter`.
  /// - Complexity: O(characters).
  public func transform(_ documents: [String]) throws(FitError) -> SparseMatrix {
    try check()
    var extractor = try TermExtractor(analysis)
    var (starts, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    for document in documents {
      var row: [Int32: Double] = [:]
      extractor.forEachTerm(document) { term in
        let place = MurmurHash3.place(of: term, among: features)
        row[place.column, default: 0] += alternatesSign && place.isNegative ? -1 : 1
      }
      for (column, value) in row.sorted(by: { $0.key < $1.key }) {
        columns.append(column)
        values.append(binary ? 1 : value)
      }
      starts.append(columns.count)
    }
    return norm.normalized(SparseMatrix(rowStarts: starts, columns: columns, values: values, columnCount: features))
  }

  private func check() throws(FitError) {
    guard 1...Int(Int32.max) ~= features else {
      throw FitError(
        .parameter, expected: "features from 1 to \(Int32.max)", found: "\(features)",
        advice: "Change it and fit again.")
    }
    _ = try TermExtractor(analysis)
  }
}
