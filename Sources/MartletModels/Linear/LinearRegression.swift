import MartletFrames
import MartletNumerics

/// Predicts a number as a weighted sum of the features: the weights with the least squared error.
///
/// Minimises `∑ᵢ vᵢ(yᵢ − xᵢw − b)²`, where `vᵢ` are the samples' weights, 1 by default. Where features repeat each other, of all best weights it takes the smallest.
///
///     let patients = try Datasets.diabetes()
///     let model = try LinearRegression().fit(patients, target: "progression", features: ["bmi"])
///     model.intercept           // 152.13348416289614
///     model.coefficients        // [949.4352603840387]
///     try model.score(patients) // 0.3439237602253802
///
/// Suited to a roughly straight relation with noise of equal size everywhere.
///
/// Solved by singular values (LAPACK `dgelsd`) on centred features, which many samples are first reduced to a triangle for;
/// with ``isPositive`` by Lawson and Hanson's active set.
public struct LinearRegression: WeightedEstimator {
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// Whether coefficients are held at 0 or more, as where they are amounts or prices. (scikit-learn: `positive`)
  public var isPositive: Bool

  /// - Parameters:
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - isPositive: `true` for coefficients of at least 0; the intercept may be below.
  public init(fitsIntercept: Bool = true, isPositive: Bool = false) {
    self.fitsIntercept = fitsIntercept
    self.isPositive = isPositive
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Returns: a model with `d` coefficients.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d²) time for n ≥ d, O(n · d) memory.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let centre = fitsIntercept ? WeightedMeans.columns(x, weights) : .zeros(x.shape[1])
    let level = fitsIntercept ? WeightedMeans.mean(y, weights) : 0
    let (coefficients, unbound, score) = try solve(x, y, centre, level, weights)
    return Model(
      coefficients: coefficients.scalars, intercept: level - centre.dot(coefficients), rank: unbound.rank,
      singularValues: unbound.singularValues, sampleCount: y.count, trainingScore: score)
  }

  /// The coefficients for centred features, the least squares whether or not they are held at 0, and R²; a weighted sample
  /// is its row times the root of its weight.
  private func solve(
    _ x: Matrix, _ y: [Double], _ centre: Matrix, _ level: Double, _ weights: [Double]?
  ) throws(FitError) -> (coefficients: Matrix, unbound: LeastSquaresSolution<Double>, score: Double) {
    do throws(LinearAlgebraError) {
      let roots = weights?.map { $0.squareRoot() }
      if !isPositive, x.shape[0] > TallLeastSquares.pieceLength, x.shape[1] < TallLeastSquares.mostFeatures,
        let tall = try TallLeastSquares.solve(x, y, centre: centre.scalars + [level], roots: roots)
      {
        let mean = tall.squaredError / (weights?.reduce(0, +) ?? Double(y.count))
        return (tall.solution.solution, tall.solution, ExplainedShare.of(mean, WeightedMeans.spread(y, weights)))
      }
      let shifted = x - centre
      let factors = roots.map { Matrix($0) } ?? .ones(y.count)
      let (features, targets) = (shifted * factors.reshaped(-1, 1), (Matrix(y) - level) * factors)
      let unbound = try features.leastSquares(targets)
      let coefficients =
        isPositive ? Matrix(try NonNegativeLeastSquares(features, targets).solution) : unbound.solution
      let fitted = (shifted • coefficients + level).scalars
      return (coefficients, unbound, r2Score(predicted: fitted, actual: y, weights: weights))
    } catch {
      throw FitError(
        .notConverged, expected: "singular values of the features", found: error.description,
        advice: "Scale the features, for example with StandardScaler.")
    }
  }

  /// What `LinearRegression` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: Regressor, Codable, Equatable {
    /// How much the prediction grows with each feature, in units of the target over units of the feature.
    public let coefficients: [Double]
    /// The prediction where every feature is zero.
    public let intercept: Double
    /// How many features are linearly independent (after centring).
    public let rank: Int
    /// The singular values of the centred features, largest first.
    public let singularValues: [Double]
    /// How many samples it has learned from.
    public let sampleCount: Int
    /// R² on the samples it has learned from. On new ones it is lower.
    public let trainingScore: Double

    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: coefficients.count)
      return (x • Matrix(coefficients) + intercept).scalars
    }
  }
}

extension LinearRegression.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    coefficients = try ModelChecks.numbers(file, .coefficients)
    intercept = try file.decode(Double.self, forKey: .intercept)
    rank = try file.decode(Int.self, forKey: .rank)
    singularValues = try ModelChecks.numbers(file, .singularValues)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    trainingScore = try file.decode(Double.self, forKey: .trainingScore)
  }
}

extension LinearRegression.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? coefficients.indices.map { "feature \($0)" }
    let numbers = FrameNumberFormat.texts([intercept] + coefficients)
    let facts = ["\(target ?? "target") from \(sampleCount) samples, R² \(FrameNumberFormat.texts([trainingScore])[0])"]
    let deficient = "Only \(rank) of \(coefficients.count) features are independent: single coefficients mean little."
    return ModelTable(
      title: "Linear regression", facts: facts + (rank < coefficients.count ? [deficient] : []),
      header: ["feature", "coefficient"], rows: zip(["intercept"] + names, numbers).map { [$0, $1] })
  }
}
