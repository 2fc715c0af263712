import MartletFrames
import MartletNumerics

/// Tells classes apart by weighted sums of the features, and says how sure it is.
///
/// The weights minimise `C · ∑ᵢ −vᵢ log p(yᵢ | xᵢ) + ½(1 − ρ)‖W‖² + ρ‖W‖₁`, where `C` is ``inverseRegularization``, `ρ` is
/// ``l1Ratio``, `vᵢ` how much a sample counts (1 by default), and the probabilities are `softmax(Wx + b)`; for two classes
/// there is one row of weights and `p = 1 / (1 + exp(−wx − b))`. Intercepts are not regularised. The problem has one
/// minimum, however it is looked for; see ``LogisticSolver``.
///
///     let iris = try Datasets.iris()
///     let model = try LogisticRegression<String>().fit(iris, target: "species")
///     try model.score(iris)           // 0.9733333333333334
///
/// Features of very different sizes are regularised unequally and take long: scale them with ``StandardScaler`` first.
///
/// Reference: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.4.
public struct LogisticRegression<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// The smaller, the more the weights are held back; positive, infinite for not at all. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// The share of the penalty that is on absolute values, from 0 to 1; above 0, weights that do not earn their keep are
  /// exactly zero. (scikit-learn: `l1_ratio`)
  public var l1Ratio: Double
  /// Whether each class has an intercept. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// The most steps taken. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has arrived when no component of the gradient of the mean loss is larger than this. (scikit-learn: `tol`)
  public var tolerance: Double
  /// How much the classes count. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>
  /// How the minimum is looked for.
  public var solver: LogisticSolver

  /// - Parameters:
  ///   - inverseRegularization: greater than 0.
  ///   - l1Ratio: 0 for squares alone, 1 for absolute values alone.
  ///   - fitsIntercept: `false` gives features of zero equal probabilities.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  ///   - classWeights: `.balanced` where a rare class matters as much as a common one.
  ///   - solver: how the minimum is looked for; each finds the same.
  public init(
    inverseRegularization: Double = 1, l1Ratio: Double = 0, fitsIntercept: Bool = true, maximumIterations: Int = 10_000,
    tolerance: Double = 1e-7, classWeights: ClassWeights<Label> = .equal, solver: LogisticSolver = .automatic
  ) {
    self.inverseRegularization = inverseRegularization
    self.l1Ratio = l1Ratio
    self.fitsIntercept = fitsIntercept
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
    self.classWeights = classWeights
    self.solver = solver
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts, on top of ``classWeights``; all the same by default.
  /// - Returns: a model with a row of weights for each class, or one row for two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · classes) a step; see ``LogisticSolver``.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    // Whole, so that no step copies a view.
    return try learn(Matrix(x.scalars, shape: x.shape), y, weights)
  }

  /// What both kinds of samples share, which have been checked.
  private func learn<Samples: LinearSamples>(
    _ x: Samples, _ y: [Label], _ weights: [Double]?
  ) throws(FitError) -> Model {
    try SampleChecks.parameter(inverseRegularization > 0, "inverseRegularization", "above 0", inverseRegularization)
    try SampleChecks.parameter((0...1).contains(l1Ratio), "l1Ratio", "from 0 to 1", l1Ratio)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    let counted = try classWeights.weights(of: y, and: weights)
    let coding = try SampleChecks.classes(y, counted)
    let loss = LogisticLoss(
      features: x, codes: coding.codes, weights: counted, classCount: coding.classes.count,
      fitsIntercept: fitsIntercept, inverseRegularization: inverseRegularization, l1Ratio: l1Ratio)
    let found = try minimize(loss)
    let (weights, intercepts) = loss.split(found.point)
    return Model(
      classes: coding.classes, coefficients: weights, intercepts: intercepts, iterations: found.iterations,
      hasConverged: found.hasConverged, sampleCount: y.count,
      isSeparated: inverseRegularization == .infinity && loss.separates(found.point))
  }

  private func minimize<Samples>(_ loss: LogisticLoss<Samples>) throws(FitError) -> LogisticSolution {
    switch solver {
    case .automatic, .lbfgs: return byGradients(loss)
    case .newtonCholesky: return try bySecondDerivatives(loss)
    case .saga(let seed):
      return StochasticAverageGradient(loss, seed: seed).minimize(
        loss, tolerance: tolerance, maximumIterations: maximumIterations)
    }
  }

  private func byGradients<Samples>(_ loss: LogisticLoss<Samples>) -> LogisticSolution {
    let start = [Double](repeating: 0, count: loss.parameterCount)
    let found: LBFGS.Result
    if l1Ratio == 0 {
      let search = LBFGS(gradientTolerance: tolerance, maximumIterations: maximumIterations)
      found = search.minimize(from: start) { loss.evaluate($0) }
    } else {
      let search = OrthantWiseLBFGS(gradientTolerance: tolerance, maximumIterations: maximumIterations)
      found = search.minimize(from: start, penalties: loss.absolutePenalties) { loss.evaluate($0) }
    }
    return LogisticSolution(point: found.point, iterations: found.iterations, hasConverged: found.hasConverged)
  }

  private func bySecondDerivatives<Samples>(_ loss: LogisticLoss<Samples>) throws(FitError) -> LogisticSolution {
    guard l1Ratio == 0 else {
      throw FitError(
        .parameter, expected: "l1Ratio 0 for .newtonCholesky: absolute values have no second derivatives",
        found: "\(l1Ratio)", advice: "Take .automatic or .saga.")
    }
    let most = LogisticLoss<Samples>.mostParametersOfHessian
    guard loss.parameterCount <= most else {
      throw FitError(
        .parameter, expected: "at most \(most) weights and intercepts for .newtonCholesky",
        found: "\(loss.parameterCount), whose second derivatives take too much memory", advice: "Take .automatic.")
    }
    let start = [Double](repeating: 0, count: loss.parameterCount)
    let search = NewtonMinimizer(gradientTolerance: tolerance, maximumIterations: maximumIterations)
    let found = search.minimize(from: start, { loss.evaluate($0) }, hessian: { loss.hessian($0) })
    return LogisticSolution(point: found.point, iterations: found.iterations, hasConverged: found.hasConverged)
  }
}

extension LogisticRegression: SparseEstimator {
  /// - Parameters:
  ///   - x: sparse, `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts, on top of ``classWeights``; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(stored · classes) a step.
  public func fit(_ x: SparseMatrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    return try learn(x, y, weights)
  }
}
