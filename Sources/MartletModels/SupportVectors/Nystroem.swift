import MartletFrames
import MartletNumerics

/// Features whose products are about the similarities of a ``Kernel``: with them a linear method draws curved borders, in time
/// that grows with the number of samples and not with its square.
///
/// Of ``components`` samples, drawn at random, `B` are the similarities to each other; a sample's features are `B^(−½) k`, where
/// `k` are its similarities to those.
///
///     let digits = try Datasets.digits()
///     let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
///     let method = Nystroem(components: 300, kernel: .rbf(gamma: 0.001), seed: 0).then(LinearSVC<Int>())
///     try method.fit(xTrain, yTrain).score(xTest, yTest)      // 0.9861111111111112, as ``SVC``: 0.9916666666666667
///
/// ``RBFSampler`` needs no samples, but more features for the same. The same seed draws the samples that scikit-learn draws.
///
/// Reference: Williams and Seeger (2001), Using the Nyström method to speed up kernel machines. (scikit-learn: `Nystroem`)
public struct Nystroem: UnsupervisedEstimator {
  /// How many samples are drawn, all where there are fewer: so many features come out. (scikit-learn: `n_components`)
  public var components: Int
  /// How similar samples are.
  public var kernel: Kernel
  /// Of the draw.
  public var seed: UInt64?

  /// - Parameters:
  ///   - components: at least 1.
  ///   - kernel: how similar samples are.
  ///   - seed: of the draw; up to 2³² − 1, `nil` for another every time.
  public init(components: Int = 100, kernel: Kernel = .rbf(gamma: .auto), seed: UInt64? = nil) {
    self.components = components
    self.kernel = kernel
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(components² · (components + d)).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(components > 0, "components", "above 0", components)
    try SampleChecks.features(x)
    let kernel = try kernel.fitted(x)
    var random = try SeededStart.generator(seed)
    let drawn = Array(random.permutation(x.shape[0]).prefix(components))
    let samples = x[rows: drawn]
    let vectors = kernel == .precomputed ? .zeros(drawn.count, 0) : samples
    let similar = try kernel.similarities(samples, vectors, at: drawn)
    let eigen = try SampleChecks.algebra("the eigenvalues of the similarities") { () throws(LinearAlgebraError) in
      try similar.symmetricEigen()
    }
    // The bound on what is next to nothing is scikit-learn's.
    let roots = Matrix(eigen.values.map { ($0 < 0 ? -1 : 1) / max(abs($0), 1e-12).squareRoot() })
    return Model(
      kernel: kernel, sampleIndices: drawn, samples: vectors,
      normalization: (eigen.vectors * roots) • eigen.vectors.transposed(), featureCount: x.shape[1])
  }

  /// What `Nystroem` has learned.
  public struct Model: Transformer, Codable, Equatable {
    let kernel: FittedKernel
    /// Where among the samples of fitting those are that were drawn. (scikit-learn: `component_indices_`)
    public let sampleIndices: [Int]
    /// The samples that were drawn, one a row; without features for a precomputed kernel.
    public let samples: Matrix
    /// `B^(−½)`: shape `[components, components]`.
    let normalization: Matrix
    let featureCount: Int

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting; for a precomputed kernel the similarities to all
    ///   samples of fitting.
    /// - Returns: shape `[m, components]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount)
      if x.shape[0] == 0 { return .zeros(0, sampleIndices.count) }
      return try kernel.similarities(x, samples, at: sampleIndices) • normalization
    }

    enum CodingKeys: String, CodingKey { case kernel, sampleIndices, samples, normalization, featureCount }
  }
}

extension Nystroem.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    kernel = try file.decode(FittedKernel.self, forKey: .kernel)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    let isPrecomputed = kernel == .precomputed
    sampleIndices = try ModelChecks.places(
      file, .sampleIndices, below: isPrecomputed ? featureCount : Int(Int32.max))
    let count = sampleIndices.count
    samples = try file.decode(Matrix.self, forKey: .samples)
    try ModelChecks.fits(
      featureCount > 0 && samples.shape == [count, isPrecomputed ? 0 : featureCount]
        && samples.scalars.allSatisfy(\.isFinite), file, .samples, "\(count) samples of \(featureCount) features")
    normalization = try ModelChecks.matrix(file, .normalization, rows: count, columns: count)
  }
}

extension Nystroem.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Nyström features", facts: [kernel.text], header: ["part", "value"],
      rows: [["features", "\(featureCount)"], ["samples drawn", "\(sampleIndices.count)"]])
  }
}
