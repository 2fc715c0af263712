import MartletNumerics

/// Tells classes apart by a smooth function that it is unsure of away from the samples, so that probabilities become even
/// there.
///
/// A Gaussian process gives the function's values, `1 / (1 + exp(−f))` the probability of the second class. The values that
/// the answers make most probable are found by Newton's steps, and a normal distribution is laid about them: Laplace's
/// approximation. The kernel's numbers are those that make the answers likeliest (unless ``optimizes`` is `false`), climbed
/// to in their logarithms from where they are and from ``restarts`` random starts. Of several classes each has a function
/// and a kernel of its own, against all others; their probabilities are scaled to sum to 1.
///
///     let iris = try Datasets.iris()
///     let (x, species) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
///     let model = try GaussianProcessClassifier<String>().fit(x, species)
///     try model.score(x, species)                               // 0.9866666666666667
///     try model.predictProbabilities(x[0..<1, .all])            // setosa, versicolor, virginica
///
/// For up to some thousand samples: time grows with their cube.
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, chapter 3.
public struct GaussianProcessClassifier<Label: Hashable & Sendable>: SupervisedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// How alike the function's values are.
  public var kernel: CovarianceKernel
  /// Whether the kernel's numbers are learned, each from 10⁻⁵ to 10⁵. (scikit-learn: `optimizer`)
  public var optimizes: Bool
  /// From how many random starts, besides the kernel as it is. (scikit-learn: `n_restarts_optimizer`)
  public var restarts: Int
  /// The most of Newton's steps; at least 1. (scikit-learn: `max_iter_predict`)
  public var maximumSteps: Int
  /// Fixes the random starts.
  public var seed: UInt64?

  /// - Parameters:
  ///   - kernel: how alike the function's values are.
  ///   - optimizes: `false` takes the kernel as it is.
  ///   - restarts: at least 0.
  ///   - maximumSteps: at least 1.
  ///   - seed: fixes the random starts.
  public init(
    kernel: CovarianceKernel = .constant(1) * .rbf(length: 1), optimizes: Bool = true, restarts: Int = 0,
    maximumSteps: Int = 100, seed: UInt64? = nil
  ) {
    self.kernel = kernel
    self.optimizes = optimizes
    self.restarts = restarts
    self.maximumSteps = maximumSteps
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n³) for each of Newton's steps, for each class.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    try SampleChecks.parameter(maximumSteps > 0, "maximumSteps", "above 0", maximumSteps)
    let search = KernelSearch(kernel: kernel, restarts: restarts, seed: seed)
    try search.check()
    let squares = SquaredDistances.between(x, x)
    let (steps, learns) = (maximumSteps, optimizes)
    let functions = try LatentClasses.functions(codes: coding.codes, classes: coding.classes.count) {
      (answers) throws(FitError) in
      let learned = learns ? search.best { LatentClasses.likelihood($0, squares, answers, steps) } : search.kernel
      return try LatentFunction(kernel: learned, squares, answers: answers, maximumSteps: steps)
    }
    return Model(
      classes: coding.classes, samples: x, codes: coding.codes, functions: functions, maximumSteps: maximumSteps)
  }
}

/// The functions of several classes.
enum LatentClasses {
  /// One for each class, or one for the second of two classes; made from answers of 1 and 0.
  static func functions(
    codes: [Int], classes: Int, _ make: @escaping @Sendable (_ answers: Matrix) throws(FitError) -> LatentFunction
  ) throws(FitError) -> [LatentFunction] {
    let positives = classes == 2 ? [1] : Array(0..<classes)
    return try ConcurrentTasks.map(positives.count, showing: "classes") { (place) throws(FitError) in
      try make(Matrix(codes.map { $0 == positives[place] ? 1 : 0 }))
    }
  }

  /// How likely answers are under a kernel, and the slopes by the logarithms of its numbers.
  static func likelihood(
    _ kernel: CovarianceKernel, _ squares: Matrix, _ answers: Matrix, _ steps: Int
  ) -> (value: Double, slopes: [Double])? {
    let covariance = kernel.values(squares, isSame: true)
    guard let mode = LaplaceApproximation(covariance, answers: answers, maximumSteps: steps),
      let slopes = mode.slopes(covariance, kernel.slopes(squares))
    else { return nil }
    return (mode.logMarginalLikelihood, slopes)
  }
}
