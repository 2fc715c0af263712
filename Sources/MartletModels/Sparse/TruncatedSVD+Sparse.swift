import MartletNumerics

extension TruncatedSVD {
  /// Learns from sparse samples without filling in their zeros.
  ///
  ///     let words = try TfidfVectorizer().fit(texts).transform(texts)
  ///     let model = try TruncatedSVD(components: 100).fit(words)      // latent semantic analysis
  /// - Parameter x: sparse, `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(stored · s + (n + d) · s²) for the `s` directions that it takes to settle, a few times the components.
  public func fit(_ x: SparseMatrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    let most = min(x.shape[0], x.shape[1])
    try SampleChecks.parameter((1...most).contains(components), "components", "from 1 to \(most)", components)
    // The start does not change the result beyond rounding.
    var search = LanczosSingularValues(x, seed: 0)
    let found = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try search.largest(components)
    }
    let directions = ComponentSigns.settled(found.vectors)
    let variances = (x • directions.transposed()).variance(axis: 0).scalars
    let means = x.sum(axis: 0) / Double(x.shape[0])
    let squares = x.mapValues { $0 * $0 }.sum(axis: 0) / Double(x.shape[0])
    let total = (squares - means * means).sum()
    return Model(
      components: directions, singularValues: found.values, explainedVariance: variances,
      explainedVarianceRatio: variances.map { total > 0 ? $0 / total : 0 })
  }

  /// The method whose features are sparse, as a step of a pipeline; `then` makes it.
  public struct OnSparse: UnsupervisedEstimator {
    /// The method itself.
    public var base: TruncatedSVD

    /// - Throws: ``FitError`` when the data cannot be learned from.
    public func fit(_ x: SparseMatrix) throws(FitError) -> Model { Model(base: try base.fit(x)) }

    /// What it has learned.
    public struct Model: Transformer, Codable {
      /// The model itself.
      public let base: TruncatedSVD.Model
      /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
      public func transform(_ x: SparseMatrix) throws(FitError) -> Matrix { try base.transform(x) }
    }
  }
}

extension TruncatedSVD.Model {
  /// The coordinates of sparse samples along the directions, shape `[n, components]`.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func transform(_ x: SparseMatrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: components.shape[1])
    return x • components.transposed()
  }
}

extension UnsupervisedEstimator where Model: Transformer, Model.Input == Features, Model.Output == SparseMatrix {
  /// This preprocessing and then a few directions of its sparse results.
  public func then(_ reduction: TruncatedSVD) -> Chain<Self, TruncatedSVD.OnSparse> {
    then(TruncatedSVD.OnSparse(base: reduction))
  }
}
