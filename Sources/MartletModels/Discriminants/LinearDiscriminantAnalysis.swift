import MartletNumerics

/// Tells classes apart by straight borders, as if each were a normal distribution and all had the same covariance; and
/// shows samples along the directions that separate the classes best.
///
///     let iris = try Datasets.iris()
///     let model = try LinearDiscriminantAnalysis<String>().fit(iris, target: "species")
///     try model.score(iris)                 // 0.98
///     model.explainedVarianceRatio          // [0.9912126049653671, 0.008787395034632764]
///     try model.base.transform(iris.matrix(except: "species")).shape      // [150, 2]
///
/// With fewer samples than features take the ``Solver/eigenvectors`` with `.ledoitWolf` shrinkage.
///
/// Reference: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.3.
public struct LinearDiscriminantAnalysis<Label: Hashable & Sendable>: SupervisedEstimator {
  /// How the borders are found.
  public enum Solver: Sendable {
    /// By the singular values of the samples, without a covariance; nothing is shrunk.
    case singularValues
    /// By least squares with the covariance; gives no directions to transform to.
    case leastSquares
    /// By the directions in which the spread between classes is largest compared with that within.
    case eigenvectors
  }

  /// How the borders are found. (scikit-learn: `solver`)
  public var solver: Solver
  /// How far the covariance is shrunk; `.none` for `.singularValues`. (scikit-learn: `shrinkage`)
  public var shrinkage: CovarianceShrinkage
  /// How probable each class is beforehand.
  public var priors: ClassPriors<Label>
  /// How many directions are kept to transform to: at most one fewer than classes. (scikit-learn: `n_components`)
  public var components: Int?

  /// - Parameters:
  ///   - solver: how the borders are found.
  ///   - shrinkage: how far the covariance is shrunk.
  ///   - priors: how probable each class is beforehand.
  ///   - components: as many as there are by default.
  public init(
    solver: Solver = .singularValues, shrinkage: CovarianceShrinkage = .none, priors: ClassPriors<Label> = .observed,
    components: Int? = nil
  ) {
    self.solver = solver
    self.shrinkage = shrinkage
    self.priors = priors
    self.components = components
  }

  /// - Parameters:
  ///   - x: shape `[n, d]` with more samples than classes, every value finite.
  ///   - y: `n` labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or
  ///   `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) by singular values, O(n · d² + d³) otherwise.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    try SampleChecks.features(x, atLeast: coding.classes.count + 1)
    try shrinkage.check()
    try SampleChecks.parameter(
      solver != .singularValues || shrinkage == .none, "shrinkage", "none for singularValues", shrinkage)
    let most = min(coding.classes.count - 1, x.shape[1])
    try SampleChecks.parameter(
      (1...most).contains(components ?? most), "components", "from 1 to \(most)", components ?? most)
    let moments = ClassMoments(x, coding.codes, classCount: coding.classes.count, nil)
    let problem = DiscriminantProblem(
      x: x, codes: coding.codes, means: moments.means,
      priors: try priors.probabilities(coding.classes, counts: moments.counts), shrinkage: shrinkage)
    let found =
      switch solver {
      case .singularValues: try problem.bySingularValues()
      case .leastSquares: try problem.byLeastSquares()
      case .eigenvectors: try problem.byEigenvectors()
      }
    let kept = min(components ?? most, found.directions.shape[1])
    return Model(
      classes: coding.classes, priors: problem.priors, means: moments.means, coefficients: found.coefficients,
      intercepts: found.intercepts, centre: found.centre, directions: found.directions[.all, 0..<kept],
      explainedVarianceRatio: Array(found.ratios.prefix(kept)))
  }
}
