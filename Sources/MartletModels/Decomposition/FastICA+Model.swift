import MartletFrames
import MartletNumerics

extension FastICA {
  /// What `FastICA` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// What takes a centred sample to its sources, one row a source: shape `[components, features]`. (scikit-learn:
    /// `components_`)
    public let components: Matrix
    /// How much of each source there is in each feature, the pseudo-inverse of ``components``: shape
    /// `[features, components]`. (scikit-learn: `mixing_`)
    public let mixing: Matrix
    /// The mean of each feature; zeros where the samples were white already.
    public let means: [Double]
    /// What takes a centred sample to its principal coordinates: shape `[components, features]`. (scikit-learn:
    /// `whitening_`)
    public let whitening: Matrix
    /// How many iterations it took; for `.deflation` the most of one direction.
    public let iterations: Int
    /// Whether every direction settled within the iterations.
    public let hasConverged: Bool

    init(
      components: Matrix, means: [Double], whitening: Matrix, _ found: FixedPointRotation.Result
    ) throws(FitError) {
      self.components = components.compacted()
      mixing = try SampleChecks.algebra("the inverse of the sources' directions") { () throws(LinearAlgebraError) in
        try components.pseudoInverse()
      }
      (self.means, self.whitening) = (means, whitening)
      (iterations, hasConverged) = (found.iterations, found.hasConverged)
    }

    /// The sources' values: shape `[n, components]`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count)
      return (x - Matrix(means)) • components.transposed()
    }

    /// The samples that sources with these values mix to: shape `[n, features]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ sources: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(sources, count: components.shape[0])
      return sources • mixing.transposed() + Matrix(means)
    }
  }
}

extension FastICA.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    means = try ModelChecks.numbers(file, .means)
    components = try ModelChecks.matrix(file, .components, columns: means.count)
    let count = components.shape[0]
    mixing = try ModelChecks.matrix(file, .mixing, rows: means.count, columns: count)
    whitening = try ModelChecks.matrix(file, .whitening, rows: count, columns: means.count)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}

extension FastICA.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? means.indices.map { "feature \($0)" }
    let columns = (0..<components.shape[0]).map { FrameNumberFormat.texts(mixing.column($0).scalars) }
    let settled = hasConverged ? "settled after" : "not settled after"
    return ModelTable(
      title: "Independent components",
      facts: ["\(columns.count) sources of \(means.count) features, \(settled) \(iterations) iterations"],
      header: ["mixing"] + columns.indices.map { "source \($0)" },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }
}
