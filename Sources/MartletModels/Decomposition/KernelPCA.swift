import MartletFrames
import MartletNumerics

/// Principal components of samples in the space of a ``Kernel``: directions that are curved in the features.
///
/// Of the similarities of all samples, centred, the largest eigenvalues `λ` and their vectors `v` are kept; a sample of
/// fitting has the coordinates `√λ v`.
///
///     let model = try KernelPCA(components: 2, kernel: .rbf(gamma: 10)).fit(circles)
///     try model.transform(circles)
///
/// Reference: Schölkopf, Smola and Müller (1998), Nonlinear component analysis as a kernel eigenvalue problem.
/// (scikit-learn: `KernelPCA`)
public struct KernelPCA: UnsupervisedEstimator {
  /// How many components are kept; `nil` for all with a positive eigenvalue. (scikit-learn: `n_components`)
  public var components: Int?
  /// How similar samples are.
  public var kernel: Kernel

  /// - Parameters:
  ///   - components: at least 1, or `nil`.
  ///   - kernel: how similar samples are.
  public init(components: Int? = nil, kernel: Kernel = .rbf(gamma: .auto)) {
    self.components = components
    self.kernel = kernel
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n³) time, O(n²) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    let wanted = components ?? x.shape[0]
    try SampleChecks.parameter((1...x.shape[0]).contains(wanted), "components", "from 1 to \(x.shape[0])", wanted)
    let fitted = try kernel.fitted(x)
    let fitting = try fitted.whileFitting(x)
    let similar = try fitting.kernel.similarities(fitting.x, fitting.x)
    let means = similar.mean(axis: 0)
    let total = means.mean()
    let centred = similar - means - means.reshaped(-1, 1) + total
    let eigen = try SampleChecks.algebra("the eigenvalues of the similarities") { () throws(LinearAlgebraError) in
      try centred.symmetricEigen()
    }
    // What rounding has made of nothing is no direction.
    let least = (eigen.values.last ?? 0) * 1e-10
    let kept = eigen.values.indices.reversed().prefix(wanted).filter { eigen.values[$0] > max(least, 0) }
    guard !kept.isEmpty else {
      throw FitError(
        .parameter, expected: "samples that differ", found: "similarities that are all alike",
        advice: "Take another kernel, or look at the features.")
    }
    let directions = ComponentSigns.settled(eigen.vectors.transposed()[rows: Array(kept)])
    return Model(
      kernel: fitted, samples: x, eigenvalues: kept.map { eigen.values[$0] }, directions: directions,
      means: means.scalars)
  }

  /// What `KernelPCA` has learned.
  public struct Model: Transformer, Codable {
    let kernel: FittedKernel
    /// The samples of fitting.
    public let samples: Matrix
    /// The eigenvalues, largest first.
    public let eigenvalues: [Double]
    /// The eigenvectors, one a row of length 1.
    let directions: Matrix
    /// The mean similarity of each sample of fitting to all.
    let means: [Double]

    /// The coordinates of the samples of fitting, shape `[n, components]`.
    public var embedding: Matrix {
      (directions * Matrix(eigenvalues.map { $0.squareRoot() }).reshaped(-1, 1)).transposed().compacted()
    }

    /// The samples' coordinates, shape `[m, components]`.
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: samples.shape[1])
      if x.shape[0] == 0 { return .zeros(0, eigenvalues.count) }
      let similar = try kernel.similarities(x, samples)
      let own = similar.mean(axis: 1, keepDimensions: true)
      let centred = similar - own - Matrix(means) + mean(means)
      return centred • directions.transposed() / Matrix(eigenvalues.map { $0.squareRoot() })
    }

    private enum CodingKeys: String, CodingKey { case kernel, samples, eigenvalues, directions, means }
  }
}

extension KernelPCA.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    kernel = try file.decode(FittedKernel.self, forKey: .kernel)
    samples = try ModelChecks.matrix(file, .samples)
    try ModelChecks.fits(
      kernel != .precomputed || samples.shape[0] == samples.shape[1], file, .samples, "similarities of all samples")
    eigenvalues = try ModelChecks.numbers(file, .eigenvalues)
    try ModelChecks.fits(eigenvalues.allSatisfy { $0 > 0 }, file, .eigenvalues, "numbers above 0")
    directions = try ModelChecks.matrix(file, .directions, rows: eigenvalues.count, columns: samples.shape[0])
    means = try ModelChecks.numbers(file, .means, count: samples.shape[0])
  }
}

extension KernelPCA.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let values = FrameNumberFormat.texts(eigenvalues)
    return ModelTable(
      title: "Kernel principal components", facts: ["\(kernel.text), \(samples.shape[0]) samples"],
      header: ["component", "eigenvalue"], rows: values.indices.map { ["\($0)", values[$0]] })
  }
}
