import MartletNumerics

/// Describes samples by fewer numbers: their coordinates along the directions in which they vary most.
///
/// The directions are the eigenvectors of the features' covariance, longest first; each is turned so that its largest
/// element is positive. Of all linear maps to as many numbers, this one loses the least squared distance.
///
///     let iris = try Datasets.iris()
///     let model = try PCA(components: 2).fit(iris.matrix(except: "species"))
///     model.explainedVarianceRatio      // [0.9246187232017271, 0.05306648311706767]
///     try model.transform(iris.matrix(except: "species")).shape      // [150, 2]
///
/// Features of different units first need ``StandardScaler``: otherwise those with the largest numbers win.
///
/// References: Shlens (2014), A tutorial on principal component analysis; Minka (2000), Automatic choice of
/// dimensionality for PCA, for ``Components/maximumLikelihood``.
public struct PCA: UnsupervisedEstimator {
  /// How many directions are kept.
  public enum Components: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// As many as there are: the smaller of samples and features.
    case all
    /// This many, from 1 to the smaller of samples and features.
    case count(Int)
    /// As few as explain more than this fraction of the variance, between 0 and 1.
    case variance(Double)
    /// As many as make the samples most likely; needs at least as many samples as features.
    case maximumLikelihood
    public init(integerLiteral count: Int) { self = .count(count) }
  }

  /// How the directions are found.
  public enum Solver: Sendable {
    /// By the covariance for at least ten times as many samples as features and at most 1,000 of these, else by
    /// singular values.
    case automatic
    /// Eigenvectors of the covariance: fast for many samples; small variances have fewer exact digits.
    case covariance
    /// The singular values of the centred samples: exact, and slower.
    case singularValues
  }

  /// How many directions are kept. (scikit-learn: `n_components`)
  public var components: Components
  /// Whether coordinates are divided by their standard deviations. (scikit-learn: `whiten`)
  public var whitens: Bool
  /// How the directions are found. (scikit-learn: `svd_solver`)
  public var solver: Solver

  /// - Parameters:
  ///   - components: a number, `.variance(0.95)`, `.maximumLikelihood` or `.all`.
  ///   - whitens: whether every coordinate gets variance 1.
  ///   - solver: how the directions are found.
  public init(components: Components = .all, whitens: Bool = false, solver: Solver = .automatic) {
    self.components = components
    self.whitens = whitens
    self.solver = solver
  }

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d² + d³) by the covariance, O(n · d · min(n, d)) by singular values.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    try checkComponents(x)
    let means = x.mean(axis: 0).scalars
    let (variances, directions) = try decomposed(x, means)
    let total = variances.reduce(0, +)
    let kept = try count(variances, total: total, samples: x.shape[0])
    let rest = variances.dropFirst(kept)
    return Model(
      means: means, components: ComponentSigns.settled(directions[0..<kept, .all]),
      explainedVariance: Array(variances[..<kept]),
      explainedVarianceRatio: variances[..<kept].map { total > 0 ? $0 / total : 0 },
      noiseVariance: rest.isEmpty ? 0 : rest.reduce(0, +) / Double(rest.count), isWhitened: whitens,
      sampleCount: x.shape[0])
  }

  /// The variance along each direction, largest first, and the directions, one a row; `min(n, d)` of each.
  private func decomposed(_ x: Matrix, _ means: [Double]) throws(FitError) -> ([Double], Matrix) {
    let (n, d) = (x.shape[0], x.shape[1])
    let byCovariance =
      switch solver {
      case .automatic: d <= 1_000 && n >= 10 * d
      case .covariance: true
      case .singularValues: false
      }
    let divisor = Double(n - 1)
    if byCovariance {
      let covariance = Scatter.about(means, of: x) / divisor
      let eigen = try SampleChecks.algebra("the eigenvalues of the covariance") {
        () throws(LinearAlgebraError) in try covariance.symmetricEigen()
      }
      let count = min(n, d)
      // Rounding may leave a variance of nothing slightly below zero.
      let values = eigen.values.reversed().prefix(count).map { max($0, 0) }
      return (Array(values), eigen.vectors.transposed().reversed(axis: 0)[0..<count, .all])
    }
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try (x - Matrix(means)).singularValueDecomposition()
    }
    return (svd.values.map { $0 * $0 / divisor }, svd.right.transposed())
  }

  private func checkComponents(_ x: Matrix) throws(FitError) {
    let most = min(x.shape[0], x.shape[1])
    switch components {
    case .all: break
    case .count(let count):
      try SampleChecks.parameter((1...most).contains(count), "components", "from 1 to \(most)", count)
    case .variance(let share):
      try SampleChecks.parameter(share > 0 && share < 1, "components", "as a variance between 0 and 1", share)
    case .maximumLikelihood:
      guard x.shape[0] >= x.shape[1] else {
        throw FitError(
          .tooFewSamples, expected: "at least \(x.shape[1]) samples, as many as features, for maximumLikelihood",
          found: "\(x.shape[0])", advice: "Say how many components, or which share of the variance.")
      }
    }
  }

  private func count(_ variances: [Double], total: Double, samples: Int) throws(FitError) -> Int {
    switch components {
    case .all: return variances.count
    case .count(let count): return count
    case .variance(let share):
      var sum = 0.0
      for (place, variance) in variances.enumerated() {
        sum += total > 0 ? variance / total : 1
        if sum > share { return place + 1 }
      }
      return variances.count
    case .maximumLikelihood: return MinkaEvidence(spectrum: variances, samples: samples).bestRank
    }
  }
}
