import MartletNumerics

/// Fills in missing values (NaN) by predicting each feature from all others, in turns, until the values settle.
///
/// Begins with the features' means. Then, feature by feature from the one with the fewest missing values on, a
/// ``BayesianRidge`` learns from the samples that have it, and predicts it for those that do not; one round after the
/// other, until no sample's values change by more than ``tolerance`` times the largest value.
///
///     let filled = try IterativeImputer().fit(x).transform(x)
///
/// Reference: van Buuren and Groothuis-Oudshoorn (2011), mice: multivariate imputation by chained equations.
/// (scikit-learn: `IterativeImputer`)
public struct IterativeImputer: UnsupervisedEstimator {
  /// The most rounds; at least 1. (scikit-learn: `max_iter`)
  public var maximumRounds: Int
  /// When values have settled, as a fraction of the largest value; at least 0. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - maximumRounds: at least 1.
  ///   - tolerance: at least 0.
  public init(maximumRounds: Int = 10, tolerance: Double = 1e-3) {
    self.maximumRounds = maximumRounds
    self.tolerance = tolerance
  }

  /// - Parameter x: shape `[n, d]`; NaN is missing. A feature with no value at all is left out of the result.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d³ + d⁴) a round.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumRounds > 0, "maximumRounds", "above 0", maximumRounds)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.features(x, allowingMissing: true)
    let start = try SimpleImputer(.mean).fit(x)
    let kept = start.fillings.indices.filter { start.fillings[$0] != nil }
    let given = Self.columns(x, kept)
    let isMissing = given.map(\.isNaN)
    var filled = try start.transform(x)
    var model = Model(start: start, steps: [], rounds: 0, hasConverged: true)
    guard isMissing.anyTrue, kept.count > 1 else { return model }
    let missing = (0..<kept.count).map { feature in isMissing.column(feature).scalars }
    let order = kept.indices.sorted { (missing[$0].count { $0 }, $0) < (missing[$1].count { $0 }, $1) }
    let largest = given.scalars.reduce(0.0) { $1.isNaN ? $0 : max($0, abs($1)) }
    model.hasConverged = false
    let progress = FitProgress.begin("rounds", of: maximumRounds)
    for round in 0..<maximumRounds {
      defer { progress?.advance() }
      let before = filled
      for feature in order {
        // A feature that nobody lacks here may be missing later.
        let rows = missing[feature].indices.filter { !missing[feature][$0] }
        let others = kept.indices.filter { $0 != feature }
        let learned = try BayesianRidge().fit(
          Self.columns(filled[rows: rows], others), rows.map { filled[$0, feature] }, weights: nil)
        let step = Model.Step(feature: feature, weights: learned.weights)
        step.fill(&filled, where: missing[feature])
        model.steps.append(step)
      }
      model.rounds = round + 1
      let change = (filled - before).map { abs($0) }.sum(axis: 1).max()
      model.hasConverged = change < tolerance * largest
      if model.hasConverged { break }
    }
    return model
  }

  private static func columns(_ x: Matrix, _ places: [Int]) -> Matrix { x.transposed()[rows: places].transposed() }

  /// What `IterativeImputer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    let start: SimpleImputer.Model
    fileprivate(set) var steps: [Step]
    /// How many rounds it took.
    public fileprivate(set) var rounds: Int
    /// Whether the values settled within its rounds.
    public fileprivate(set) var hasConverged: Bool

    /// A feature, among those that are kept, and how it follows from all others.
    struct Step: Codable, Equatable, Sendable {
      let feature: Int
      let weights: LinearWeights

      /// Predicts the feature in the marked rows.
      func fill(_ x: inout Matrix, where isMissing: [Bool]) {
        let width = x.shape[1]
        for row in isMissing.indices where isMissing[row] {
          var (value, place) = (weights.intercept, 0)
          for other in 0..<width where other != feature {
            value += weights.coefficients[place] * x[row, other]
            place += 1
          }
          x[row, feature] = value
        }
      }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      var filled = try start.transform(x)
      let kept = start.fillings.indices.filter { start.fillings[$0] != nil }
      let missing = kept.map { feature in x.column(feature).scalars.map(\.isNaN) }
      for step in steps { step.fill(&filled, where: missing[step.feature]) }
      return filled
    }
  }
}

extension IterativeImputer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { start.outputNames(for: inputs) }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    start = try file.decode(SimpleImputer.Model.self, forKey: .start)
    try ModelChecks.fits(start.indicators.isEmpty, file, .start, "a start without indicators")
    let width = start.fillings.count { $0 != nil }
    steps = try file.decode([Step].self, forKey: .steps)
    try ModelChecks.fits(
      steps.allSatisfy { (0..<width).contains($0.feature) && $0.weights.coefficients.count == width - 1 }, file, .steps,
      "steps of \(width) features")
    rounds = try file.decode(Int.self, forKey: .rounds)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}
