import CMartletRuntime
import MartletNumerics

/// Finds the minimum of a function that is slow to ask, in a box: each question is where the most improvement is expected
/// from what is known, or by another ``SearchStrategy``. (scikit-optimize: `gp_minimize`)
///
///     let found = try BayesianMinimizer(evaluations: 30, seed: 0).minimize(in: [-5...10, 0...15]) { branin($0[0], $0[1]) }
///     found.point
///
/// For a function that answers in microseconds take ``NelderMead`` or a gradient method.
public struct BayesianMinimizer: Sendable {
  /// How often the function is asked; more than ``initialEvaluations``.
  public var evaluations: Int
  /// How many of these are spread over the box first; at least 2.
  public var initialEvaluations: Int
  /// Where it asks next.
  public var strategy: SearchStrategy
  /// Where the random numbers begin; `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - evaluations: more than `initialEvaluations`.
  ///   - initialEvaluations: at least 2.
  ///   - strategy: where it asks next.
  ///   - seed: where the random numbers begin.
  public init(
    evaluations: Int = 30, initialEvaluations: Int = 5, strategy: SearchStrategy = .expectedImprovement,
    seed: UInt64? = nil
  ) {
    self.evaluations = evaluations
    self.initialEvaluations = initialEvaluations
    self.strategy = strategy
    self.seed = seed
  }

  /// What was found.
  public struct Result: Sendable {
    /// The best point.
    public let point: [Double]
    /// The function there.
    public let value: Double
    /// Every point that was asked, in order.
    public let points: [[Double]]
    /// The function at each of them.
    public let values: [Double]
  }

  /// - Parameters:
  ///   - box: the range of each variable, of a width above 0.
  ///   - function: finite values.
  /// - Throws: ``FitError`` of kind `parameter` or `notFinite`, and what the function throws.
  public func minimize(
    in box: [ClosedRange<Double>], _ function: ([Double]) throws(FitError) -> Double
  ) throws(FitError) -> Result {
    let isSound = box.allSatisfy { $0.upperBound > $0.lowerBound && ($0.upperBound - $0.lowerBound).isFinite }
    try SampleChecks.parameter(!box.isEmpty && isSound, "box", "of ranges with a finite width above 0", box)
    try SampleChecks.parameter(
      initialEvaluations > 1 && evaluations > initialEvaluations, "evaluations",
      "above initialEvaluations, which is at least 2", "\(evaluations) and \(initialEvaluations)")
    try strategy.check()
    var search = BayesianSteps(
      box.map { _ in .range }, strategy: strategy, seed: seed, initial: initialEvaluations)
    func place(_ unit: [Double]) -> [Double] {
      zip(unit, box).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    }
    let progress = FitProgress.begin("questions", of: evaluations)
    for _ in 0..<evaluations {
      martlet_poll()
      defer { progress?.advance() }
      let unit = search.next()
      let value = try function(place(unit))
      guard value.isFinite else {
        throw FitError(
          .notFinite, expected: "finite values of the function", found: "\(value) at \(place(unit))",
          advice: "Narrow the box, or return a large number there.")
      }
      search.learn(unit, -value)
    }
    let best = Matrix(search.values).argMax()
    return Result(
      point: place(search.points[best]), value: -search.values[best], points: search.points.map(place),
      values: search.values.map { -$0 })
  }
}
