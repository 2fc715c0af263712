import MartletFrames
import MartletNumerics

/// Describes samples by their coordinates along the largest singular directions, without centring them first.
///
/// For counts of words this is latent semantic analysis. The singular values are exact (LAPACK `dgesdd`).
///
///     let digits = try Datasets.digits()
///     let model = try TruncatedSVD(components: 2).fit(digits.features)
///     model.explainedVarianceRatio      // [0.028708507746387488, 0.14890050079355222]
///
/// Where the mean is of no interest, use ``PCA``, which takes it away.
///
/// Reference: Deerwester and others (1990), Indexing by latent semantic analysis.
public struct TruncatedSVD: UnsupervisedEstimator {
  public typealias Features = Matrix

  /// How many directions are kept: from 1 to the smaller of samples and features. (scikit-learn: `n_components`)
  public var components: Int

  /// - Parameter components: 2 by default, which a plane can show.
  public init(components: Int = 2) { self.components = components }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    let most = min(x.shape[0], x.shape[1])
    try SampleChecks.parameter((1...most).contains(components), "components", "from 1 to \(most)", components)
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try x.singularValueDecomposition()
    }
    let directions = ComponentSigns.settled(svd.right.transposed()[0..<components, .all])
    let variances = (x • directions.transposed()).variance(axis: 0).scalars
    let total = x.variance(axis: 0).sum()
    return Model(
      components: directions, singularValues: Array(svd.values.prefix(components)), explainedVariance: variances,
      explainedVarianceRatio: variances.map { total > 0 ? $0 / total : 0 })
  }

  /// What `TruncatedSVD` has learned.
  public struct Model: Transformer, Codable, Equatable {
    public typealias Input = Matrix
    public typealias Output = Matrix

    /// The directions, one a row of length 1: shape `[components, features]`.
    public let components: Matrix
    /// How long the samples are along each direction, largest first.
    public let singularValues: [Double]
    /// The variance of the coordinates along each direction (divisor `n`).
    public let explainedVariance: [Double]
    /// The same as fractions of the features' whole variance.
    public let explainedVarianceRatio: [Double]

    /// The samples' coordinates along the directions, shape `[n, components]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: components.shape[1])
      return x • components.transposed()
    }

    /// The samples that have these coordinates and nothing along other directions.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ coordinates: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(coordinates, count: components.shape[0])
      return coordinates • components
    }
  }
}

extension TruncatedSVD.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    components = try ModelChecks.matrix(file, .components)
    let count = components.shape[0]
    singularValues = try ModelChecks.numbers(file, .singularValues, count: count)
    explainedVariance = try ModelChecks.numbers(file, .explainedVariance, count: count)
    explainedVarianceRatio = try ModelChecks.numbers(file, .explainedVarianceRatio, count: count)
  }
}

extension TruncatedSVD.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let columns = [singularValues, explainedVariance, explainedVarianceRatio].map { FrameNumberFormat.texts($0) }
    return ModelTable(
      title: "Truncated singular values",
      facts: ["\(components.shape[0]) of \(components.shape[1]) features' directions"],
      header: ["component", "singular value", "variance", "share"],
      rows: singularValues.indices.map { place in ["\(place)"] + columns.map { $0[place] } })
  }
}
