import MartletFrames
import MartletNumerics

extension PCA {
  /// What `PCA` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The mean of each feature.
    public let means: [Double]
    /// The directions, one a row of length 1: shape `[components, features]`.
    public let components: Matrix
    /// The variance along each direction, in squared units of the features (divisor `n − 1`).
    public let explainedVariance: [Double]
    /// The same as fractions of the whole variance.
    public let explainedVarianceRatio: [Double]
    /// The mean variance along each direction that was left out; 0 where none was.
    public let noiseVariance: Double
    /// Whether coordinates are divided by their standard deviations.
    public let isWhitened: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    /// How long the centred samples are along each direction: the root of variance times `n − 1`.
    public var singularValues: [Double] { explainedVariance.map { ($0 * Double(sampleCount - 1)).squareRoot() } }

    /// How strongly each feature takes part in each component, in units of the feature: shape `[components, features]`.
    public var loadings: Matrix { components * spreads.reshaped(-1, 1) }

    private var spreads: Matrix { Matrix(explainedVariance.map { $0.squareRoot() }) }

    /// A direction without variance cannot be scaled to 1; it stays as small as it is.
    private var scales: Matrix { Matrix(explainedVariance.map { max($0.squareRoot(), .ulpOfOne) }) }

    /// The samples' coordinates along the directions, shape `[n, components]`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count)
      let coordinates = (x - Matrix(means)) • components.transposed()
      return isWhitened ? coordinates / scales : coordinates
    }

    /// The samples that have these coordinates and nothing along the directions left out, shape `[n, d]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ coordinates: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(coordinates, count: components.shape[0])
      return (isWhitened ? coordinates * scales : coordinates) • components + Matrix(means)
    }

    /// The squared distance between each sample and what its coordinates give back: `n` numbers, in squared units of
    /// the features. Large ones are unlike the samples that were learned from.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func reconstructionErrors(_ x: Matrix) throws(FitError) -> [Double] {
      let missed = x - (try inverseTransform(try transform(x)))
      return (missed * missed).sum(axis: 1).scalars
    }
  }
}

extension PCA.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    means = try ModelChecks.numbers(file, .means)
    components = try ModelChecks.matrix(file, .components, columns: means.count)
    let count = components.shape[0]
    explainedVariance = try ModelChecks.numbers(file, .explainedVariance, count: count)
    try ModelChecks.fits(explainedVariance.allSatisfy { $0 >= 0 }, file, .explainedVariance, "variances of at least 0")
    explainedVarianceRatio = try ModelChecks.numbers(file, .explainedVarianceRatio, count: count)
    noiseVariance = try file.decode(Double.self, forKey: .noiseVariance)
    isWhitened = try file.decode(Bool.self, forKey: .isWhitened)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    try ModelChecks.fits(sampleCount > 1, file, .sampleCount, "at least two samples")
  }
}

extension PCA.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    var sum = 0.0
    let running = explainedVarianceRatio.map { ratio in
      sum += ratio
      return sum
    }
    let columns = [explainedVariance, explainedVarianceRatio, running].map { FrameNumberFormat.texts($0) }
    return ModelTable(
      title: "Principal components",
      facts: ["\(components.shape[0]) of \(means.count) features' directions, from \(sampleCount) samples"],
      header: ["component", "variance", "share", "together"],
      rows: explainedVariance.indices.map { place in ["\(place)"] + columns.map { $0[place] } })
  }
}
