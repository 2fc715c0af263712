import MartletNumerics

/// A smooth guess of a function from a few of its values, with how unsure it is everywhere: what Bayesian optimisation
/// looks at. Inputs are from 0 to 1 in every dimension, values are standardised.
///
/// A Matérn kernel of smoothness 5/2 with a length for each dimension; lengths and noise are those of the largest
/// likelihood, by a grid for all dimensions together and then steps in each.
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, algorithm 2.1.
struct GaussianProcess {
  private let points: [[Double]]
  private let level: Double
  private let spread: Double
  private let lengths: [Double]
  /// The lower triangle of the kernel's Cholesky factor, row by row.
  private let factor: [Double]
  private let weights: Matrix

  /// - Parameters:
  ///   - points: at least one.
  ///   - values: one for each point, finite.
  init?(_ points: [[Double]], _ values: [Double]) {
    let level = mean(values)
    let deviation = standardDeviation(values, degreesOfFreedom: 0)
    let spread = deviation > 0 ? deviation : 1
    let target = Matrix(values.map { ($0 - level) / spread })
    var best: Candidate?
    func consider(_ lengths: [Double], _ noise: Double) {
      guard let own = Candidate(points, target, lengths, noise), own.likelihood > best?.likelihood ?? -.infinity else {
        return
      }
      best = own
    }
    for length in [0.05, 0.1, 0.2, 0.35, 0.6, 1, 2, 4] {
      for noise in [1e-6, 1e-4, 1e-2, 1e-1] { consider(points[0].map { _ in length }, noise) }
    }
    for _ in 0..<3 {
      for dimension in points[0].indices {
        for factor in [0.5, 0.7, 1.4, 2] {
          guard var lengths = best?.lengths, let noise = best?.noise else { continue }
          lengths[dimension] *= factor
          if (0.02...20).contains(lengths[dimension]) { consider(lengths, noise) }
        }
      }
    }
    guard let best else { return nil }
    self.points = points
    self.level = level
    self.spread = spread
    (lengths, factor, weights) = (best.lengths, best.factor.scalars, best.weights)
  }

  /// Lengths and a noise, and how likely they make the values.
  private struct Candidate {
    let lengths: [Double]
    let noise: Double
    let factor: Matrix
    let weights: Matrix
    let likelihood: Double

    init?(_ points: [[Double]], _ target: Matrix, _ lengths: [Double], _ noise: Double) {
      let kernel = GaussianProcess.kernel(points, points, lengths) + Matrix.eye(points.count) * noise
      guard let factor = try? kernel.cholesky(), let weights = try? kernel.solvePositiveDefinite(target) else {
        return nil
      }
      self.lengths = lengths
      self.noise = noise
      self.factor = factor
      self.weights = weights
      likelihood = -0.5 * target.dot(weights) - (0..<points.count).reduce(0) { $0 + log(factor[$1, $1]) }
    }
  }

  /// The guess at a point, and its standard deviation.
  func guess(at point: [Double]) -> (mean: Double, deviation: Double) {
    let row = Self.kernel([point], points, lengths).row(0)
    // Forward substitution in the lower triangle: v = L⁻¹ k.
    var solved: [Double] = []
    for i in 0..<points.count {
      let start = i * points.count
      var value = row[i]
      for j in 0..<i { value -= factor[start + j] * solved[j] }
      solved.append(value / factor[start + i])
    }
    let variance = max(1 - solved.reduce(0) { $0 + $1 * $1 }, 1e-12)
    return (level + spread * row.dot(weights), spread * variance.squareRoot())
  }

  /// How much better than `best` a point is expected to be, when larger is better.
  ///
  /// Reference: Jones, Schonlau and Welch (1998), Efficient global optimization of expensive black-box functions.
  func expectedImprovement(at point: [Double], over best: Double) -> Double {
    let (mean, deviation) = guess(at: point)
    let z = (mean - best) / deviation
    return (mean - best) * normalCDF(z) + deviation * exp(-z * z / 2) * 0.3989422804014327
  }

  private static func kernel(_ a: [[Double]], _ b: [[Double]], _ lengths: [Double]) -> Matrix {
    var scalars: [Double] = []
    scalars.reserveCapacity(a.count * b.count)
    for first in a {
      for second in b {
        var square = 0.0
        for dimension in lengths.indices {
          let step = (first[dimension] - second[dimension]) / lengths[dimension]
          square += step * step
        }
        let distance = (5 * square).squareRoot()
        scalars.append((1 + distance + distance * distance / 3) * exp(-distance))
      }
    }
    return Matrix(scalars, shape: [a.count, b.count])
  }
}

/// Finds the minimum of a function that is slow to ask, in a box: each question is where the most improvement is expected
/// from what is known. (scikit-optimize: `gp_minimize`)
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
  /// Where the random numbers begin; `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - evaluations: more than `initialEvaluations`.
  ///   - initialEvaluations: at least 2.
  ///   - seed: where the random numbers begin.
  public init(evaluations: Int = 30, initialEvaluations: Int = 5, seed: UInt64? = nil) {
    self.evaluations = evaluations
    self.initialEvaluations = initialEvaluations
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
    var search = BayesianSteps(dimensions: box.count, seed: seed, initial: initialEvaluations)
    func place(_ unit: [Double]) -> [Double] {
      zip(unit, box).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    }
    for _ in 0..<evaluations {
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

/// Where to ask next, in the unit cube; larger values are better.
struct BayesianSteps {
  private(set) var points: [[Double]] = []
  private(set) var values: [Double] = []
  private var random: PCG64
  private var start: [[Double]]
  private let dimensions: Int

  init(dimensions: Int, seed: UInt64?, initial: Int) {
    self.dimensions = dimensions
    var random = PCG64(seed: seed ?? UInt64.random(in: 0 ... .max))
    // A Latin hypercube: in each dimension one point in each of as many slices.
    let columns = (0..<dimensions).map { _ in
      random.permutation(initial).map { (Double($0) + random.uniform()) / Double(initial) }
    }
    start = (0..<initial).map { row in columns.map { $0[row] } }
    self.random = random
  }

  mutating func learn(_ point: [Double], _ value: Double) {
    points.append(point)
    values.append(value)
  }

  mutating func next() -> [Double] {
    if points.count < start.count { return start[points.count] }
    let best = Matrix(values).argMax()
    guard let guess = GaussianProcess(points, values) else { return random.uniforms(dimensions) }
    var chosen = (point: random.uniforms(dimensions), gain: -Double.infinity)
    // Every third question is where the guess itself is best, which settles the last digits of a minimum.
    let exploits = points.count % 3 == 2
    func consider(_ candidate: [Double]) {
      let gain =
        exploits ? guess.guess(at: candidate).mean : guess.expectedImprovement(at: candidate, over: values[best])
      if gain > chosen.gain { chosen = (candidate, gain) }
    }
    for _ in 0..<800 { consider(random.uniforms(dimensions)) }
    // Ever closer around the best that is known and the best candidate.
    for width in [0.1, 0.03, 0.01, 0.003, 0.001] {
      for centre in [points[best], chosen.point] {
        for _ in 0..<100 { consider(centre.map { min(max($0 + width * random.standardNormal(), 0), 1) }) }
      }
    }
    return chosen.point
  }
}
