import MartletModels
import MartletNumerics

/// How the rows of a matrix are scaled.
public enum RowNorm: String, Sendable, Codable, CaseIterable {
  /// The absolute values of a row add up to 1.
  case l1
  /// Every row has length 1.
  case l2
  /// Rows stay as they are.
  case none

  /// The rows scaled; those of zeros stay.
  func normalized(_ x: SparseMatrix) -> SparseMatrix {
    if self == .none { return x }
    var values = x.values
    for row in 0..<x.shape[0] {
      let range = x.range(ofRow: row)
      var size = 0.0
      for place in range { size += self == .l1 ? abs(values[place]) : values[place] * values[place] }
      if self == .l2 { size = size.squareRoot() }
      if size > 0 { for place in range { values[place] /= size } }
    }
    return SparseMatrix(unchecked: x.shape, rowStarts: x.rowStarts, columns: x.columns, values: values)
  }
}

/// Weighs counts of terms by how rare the terms are.
///
/// A count `tf` of a term that is in `df` of `n` documents becomes `tf · idf`, `idf = ln((1 + n) / (1 + df)) + 1`; then rows
/// are scaled to length 1.
///
///     let counts = SparseMatrix(Matrix([[3, 0, 1], [2, 0, 0], [3, 0, 0], [4, 0, 0], [3, 2, 0], [3, 0, 2]]))
///     let model = try TfidfTransformer().fit(counts)
///     model.inverseDocumentFrequencies      // [1.0, 2.252762968495368, 1.8472978603872037]
///
/// Reference: Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval.
public struct TfidfTransformer: UnsupervisedEstimator, Equatable, Codable {
  /// How rows are scaled at the end.
  public var norm: RowNorm
  /// Whether terms are weighed at all. (scikit-learn: `use_idf`)
  public var usesInverseDocumentFrequency: Bool
  /// Whether 1 is added to `n` and `df`, as if one more document had every term. (scikit-learn: `smooth_idf`)
  public var smoothInverseDocumentFrequency: Bool
  /// Whether a count `tf` is replaced by `1 + ln(tf)`. (scikit-learn: `sublinear_tf`)
  public var sublinearTermFrequency: Bool

  /// - Parameters:
  ///   - norm: how rows are scaled at the end.
  ///   - usesInverseDocumentFrequency: whether terms are weighed.
  ///   - smoothInverseDocumentFrequency: whether 1 is added to numbers of documents.
  ///   - sublinearTermFrequency: whether counts grow by their logarithm.
  public init(
    norm: RowNorm = .l2, usesInverseDocumentFrequency: Bool = true, smoothInverseDocumentFrequency: Bool = true,
    sublinearTermFrequency: Bool = false
  ) {
    self.norm = norm
    self.usesInverseDocumentFrequency = usesInverseDocumentFrequency
    self.smoothInverseDocumentFrequency = smoothInverseDocumentFrequency
    self.sublinearTermFrequency = sublinearTermFrequency
  }

  /// - Parameter counts: `[n, terms]`, at least one row.
  /// - Throws: ``FitError`` of kind `tooFewSamples` or `parameter`.
  /// - Complexity: O(stored).
  public func fit(_ counts: SparseMatrix) throws(FitError) -> Model {
    guard counts.shape[0] > 0 else {
      throw FitError(.tooFewSamples, expected: "at least one row", found: "none", advice: "Give the counts of texts.")
    }
    guard usesInverseDocumentFrequency else { return Model(weighting: self, inverseDocumentFrequencies: []) }
    var frequencies = [Double](repeating: 0, count: counts.shape[1])
    for (column, value) in zip(counts.columns, counts.values) where value != 0 { frequencies[Int(column)] += 1 }
    let extra: Double = smoothInverseDocumentFrequency ? 1 : 0
    let total = Double(counts.shape[0]) + extra
    let weights = log(Matrix(frequencies.map { total / ($0 + extra) })).scalars.map { $0 + 1 }
    return Model(weighting: self, inverseDocumentFrequencies: weights)
  }

  /// What `TfidfTransformer` has learned: how rare each term is.
  public struct Model: Transformer, Equatable, Codable {
    /// How counts are weighed.
    public let weighting: TfidfTransformer
    /// The weight of each term; empty when terms are not weighed. (scikit-learn: `idf_`)
    public let inverseDocumentFrequencies: [Double]

    /// - Parameter counts: `[n, terms]` with the terms of fitting.
    /// - Throws: ``FitError`` of kind `shape`.
    /// - Complexity: O(stored).
    public func transform(_ counts: SparseMatrix) throws(FitError) -> SparseMatrix {
      var weighted = counts
      if weighting.sublinearTermFrequency {
        let logs = log(Matrix(counts.values)).scalars.map { $0 + 1 }
        weighted = SparseMatrix(
          unchecked: counts.shape, rowStarts: counts.rowStarts, columns: counts.columns, values: logs)
      }
      if weighting.usesInverseDocumentFrequency {
        guard counts.shape[1] == inverseDocumentFrequencies.count else {
          throw FitError(
            .shape, expected: "\(inverseDocumentFrequencies.count) terms, as in fitting",
            found: "shape \(counts.shape)",
            advice: "Give the counts of the terms that the model was fitted with.")
        }
        weighted = weighted.scaled(columns: inverseDocumentFrequencies)
      }
      return weighting.norm.normalized(weighted)
    }
  }
}
