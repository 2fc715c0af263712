import Foundation
import MartletFrames
import MartletNumerics

extension FactorAnalysis {
  /// What `FactorAnalysis` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The loadings, one factor a row: how much a factor moves each feature, in the feature's units, shape
    /// `[components, features]`; the largest of each row is positive.
    public let components: Matrix
    /// The variance of each feature that no factor explains. (scikit-learn: `noise_variance_`)
    public let noiseVariances: [Double]
    /// The mean of each feature.
    public let means: [Double]
    /// The log likelihood of the samples in each round. (scikit-learn: `loglike_`)
    public let logLikelihoods: [Double]
    /// Whether it settled within its rounds.
    public let hasConverged: Bool

    /// How many rounds it took.
    public var iterations: Int { logLikelihoods.count }

    /// The variance of each feature that the factors explain. (in tests of persons: communality)
    public var commonVariances: [Double] { (components * components).sum(axis: 0).scalars }

    /// The covariance of the features: `LLᵀ + diag(ψ)`, shape `[features, features]`. (scikit-learn: `get_covariance`)
    public func covariance() -> Matrix {
      components.transposed() • components + Matrix.diagonal(noiseVariances)
    }

    /// What is expected of the factors, given the samples: shape `[n, components]`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `notConverged`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count)
      let inNoise = components / Matrix(noiseVariances)
      let precision = Matrix.eye(components.shape[0]) + inNoise • components.transposed()
      let solved = try SampleChecks.algebra("the factors' precision") { () throws(LinearAlgebraError) in
        try precision.solvePositiveDefinite(inNoise)
      }
      return (x - Matrix(means)) • solved.transposed()
    }

    /// The log of how probable each sample is: `n` numbers. (scikit-learn: `score_samples`; their mean is its `score`)
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `notConverged`.
    /// - Complexity: O(d³ + n · d²).
    public func logDensities(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: means.count)
      if x.shape[0] == 0 { return [] }
      let centred = (x - Matrix(means)).transposed()
      let (factor, half) = try SampleChecks.algebra("the covariance's factor") { () throws(LinearAlgebraError) in
        let factor = try covariance().cholesky()
        return (factor, try factor.solveTriangular(centred, isLower: true))
      }
      let determinant = factor.diagonal().scalars.reduce(0) { $0 + 2 * log($1) }
      let constant = Double(means.count) * log(2 * Double.pi) + determinant
      return (half * half).sum(axis: 0).scalars.map { -0.5 * ($0 + constant) }
    }
  }
}

extension FactorAnalysis.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    means = try ModelChecks.numbers(file, .means)
    components = try ModelChecks.matrix(file, .components, columns: means.count)
    noiseVariances = try ModelChecks.numbers(file, .noiseVariances, count: means.count)
    try ModelChecks.fits(noiseVariances.allSatisfy { $0 > 0 }, file, .noiseVariances, "variances above 0")
    logLikelihoods = try ModelChecks.numbers(file, .logLikelihoods)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}

extension FactorAnalysis.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? means.indices.map { "feature \($0)" }
    let factors = (0..<components.shape[0]).map { FrameNumberFormat.texts(components.row($0).scalars) }
    let noise = FrameNumberFormat.texts(noiseVariances)
    let likelihood = FrameNumberFormat.texts([logLikelihoods[logLikelihoods.count - 1]])[0]
    return ModelTable(
      title: "Factors", facts: ["log likelihood \(likelihood) after \(iterations) rounds"],
      header: ["feature"] + factors.indices.map { "factor \($0)" } + ["noise variance"],
      rows: names.indices.map { row in [names[row]] + factors.map { $0[row] } + [noise[row]] })
  }
}
