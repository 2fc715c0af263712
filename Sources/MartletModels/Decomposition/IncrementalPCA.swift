import MartletNumerics

/// Principal components batch by batch: for samples that do not fit into memory, or that keep coming.
///
/// Each batch, centred, is put below what is kept of those before it, together with a row for the shift of the mean, and the
/// singular values of that are taken. The model is that of ``PCA``.
///
///     let method = IncrementalPCA(components: 2)
///     var model = try method.fit(first)
///     try method.update(&model, next)
///
/// Directions beyond ``components`` are forgotten after each batch: the result is near that of ``PCA``, not the same.
///
/// Reference: Ross, Lim, Lin and Yang (2008), Incremental learning for robust visual tracking. (scikit-learn:
/// `IncrementalPCA`)
public struct IncrementalPCA: UnsupervisedEstimator {
  public typealias Model = PCA.Model
  /// How many directions are kept; at least 1. (scikit-learn: `n_components`)
  public var components: Int
  /// How many samples ``fit(_:)`` takes at a time; by default five times the features. (scikit-learn: `batch_size`)
  public var batchSize: Int?
  /// Whether coordinates are divided by their standard deviations. (scikit-learn: `whiten`)
  public var whitens: Bool

  /// - Parameters:
  ///   - components: at least 1; at most the number of features, and of samples in each batch.
  ///   - batchSize: at least `components`, or `nil`.
  ///   - whitens: whether every coordinate gets variance 1.
  public init(components: Int, batchSize: Int? = nil, whitens: Bool = false) {
    self.components = components
    self.batchSize = batchSize
    self.whitens = whitens
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · batch) for batches smaller than d, else O(n · d²).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    let size = batchSize ?? 5 * x.shape[1]
    try SampleChecks.parameter(size >= max(components, 2), "batchSize", "of at least \(max(components, 2))", size)
    let most = min(x.shape[0], x.shape[1])
    try SampleChecks.parameter((1...most).contains(components), "components", "from 1 to \(most)", components)
    // A rest that is smaller than the components goes with the batch before it.
    var borders = Array(stride(from: 0, to: x.shape[0], by: size)) + [x.shape[0]]
    if borders.count > 2, borders[borders.count - 1] - borders[borders.count - 2] < components {
      borders.remove(at: borders.count - 2)
    }
    var model = try first(x[borders[0]..<borders[1], .all])
    for (start, end) in zip(borders.dropFirst(), borders.dropFirst(2)) { try update(&model, x[start..<end, .all]) }
    return model
  }

  private func first(_ x: Matrix) throws(FitError) -> Model {
    let means = x.mean(axis: 0)
    return try decomposed(x - means, means: means.scalars, spread: x.variance(axis: 0).sum(), count: x.shape[0])
  }

  /// Takes another batch in. (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting.
  public func update(_ model: inout Model, _ x: Matrix) throws(FitError) {
    try SampleChecks.features(x, count: model.means.count)
    if x.shape[0] == 0 { return }
    try SampleChecks.parameter(
      components == model.components.shape[0], "components", "as in the model, \(model.components.shape[0])", components
    )
    let (before, own) = (Double(model.sampleCount), Double(x.shape[0]))
    let all = before + own
    let (old, new) = (Matrix(model.means), x.mean(axis: 0))
    let means = (old * before + new * own) / all
    let shift = (old - new) * (before / all * own).squareRoot()
    let kept = model.components * Matrix(model.singularValues).reshaped(-1, 1)
    let stacked = Matrix.concatenated([kept, x - new, shift.reshaped(1, -1)], axis: 0)
    // The whole variance about the new mean, for the shares.
    let total = try totalVariance(model) * before + x.variance(axis: 0).sum() * own + shift.dot(shift)
    model = try decomposed(stacked, means: means.scalars, spread: total / all, count: model.sampleCount + x.shape[0])
  }

  /// The mean squared distance from the mean, which the model's shares imply.
  private func totalVariance(_ model: Model) throws(FitError) -> Double {
    let (variance, share) = (model.explainedVariance[0], model.explainedVarianceRatio[0])
    return share > 0 ? variance / share * Double(model.sampleCount - 1) / Double(model.sampleCount) : 0
  }

  private func decomposed(_ rows: Matrix, means: [Double], spread: Double, count: Int) throws(FitError) -> Model {
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try rows.singularValueDecomposition()
    }
    let divisor = Double(count - 1)
    let variances = svd.values.map { $0 * $0 / divisor }
    let total = spread * Double(count) / divisor
    let rest = variances.dropFirst(components)
    return Model(
      means: means, components: ComponentSigns.settled(svd.right.transposed()[0..<components, .all]),
      explainedVariance: Array(variances.prefix(components)),
      explainedVarianceRatio: variances.prefix(components).map { total > 0 ? $0 / total : 0 },
      noiseVariance: rest.isEmpty ? 0 : rest.reduce(0, +) / Double(rest.count), isWhitened: whitens,
      sampleCount: count)
  }
}
