import CMartletRuntime
import Glibc

/// Draws from a distribution of which only a multiple of the density is known, by rolling along its slopes: few of the draws
/// depend on each other, also in many dimensions.
///
///     let posterior = HamiltonianMonteCarlo(seed: 1).sample(from: [0, 0]) { x in
///       (-(x[0] * x[0] + x[1] * x[1]) / 2, [-x[0], -x[1]])
///     }
///     posterior.summaries[0].mean      // near 0
///
/// Steps are as long as makes eight of ten proposals acceptable, and as wide along each axis as what the warm-up saw. Results
/// depend on the seed, not on the number of threads. ``MetropolisHastings`` needs no slopes.
///
/// References: Neal (2011), MCMC using Hamiltonian dynamics; Hoffman and Gelman (2014) for the length of steps.
public struct HamiltonianMonteCarlo: Sendable {
  /// How many walks there are, each with a stream of random numbers of its own.
  public var chains: Int
  /// How many draws each keeps.
  public var draws: Int
  /// How many each throws away first.
  public var warmUp: Int
  /// The most steps along the slopes before a draw; each draw takes a random number of them.
  public var steps: Int
  /// What the results depend on.
  public var seed: UInt64

  public init(chains: Int = 4, draws: Int = 1_000, warmUp: Int = 1_000, steps: Int = 20, seed: UInt64 = 0) {
    (self.chains, self.draws, self.warmUp) = (max(chains, 1), max(draws, 4), max(warmUp, 0))
    (self.steps, self.seed) = (max(steps, 1), seed)
  }

  /// - Parameters:
  ///   - start: where the walks begin, near likely places; each starts a little off.
  ///   - scale: about how wide the distribution is along each axis; 1 by default.
  ///   - logDensity: the logarithm of the density, up to a constant, and its slope along each axis; −∞ where there is
  ///     none.
  /// - Complexity: about `chains · (warmUp + draws) · steps / 2` calls of `logDensity`.
  public func sample(
    from start: [Double], scale: [Double]? = nil, _ logDensity: ([Double]) -> (value: Double, gradient: [Double])
  ) -> PosteriorSample {
    let scale = scale ?? start.map { _ in 1 }
    guard scale.count == start.count, !start.isEmpty else {
      fatalError("A walk needs a start and as many scales; found \(start.count) and \(scale.count).")
    }
    var accepted = 0.0
    let walks = PCG64.streams(seed: seed, count: chains).map { stream in
      var walk = Walk(random: stream, start: start, scale: scale, steps: steps, logDensity)
      for draw in 0..<warmUp {
        walk.adapt(walk.move(logDensity), draw, of: warmUp)
      }
      walk.settle()
      return (0..<draws).map { _ in
        accepted += walk.move(logDensity)
        return walk.place
      }
    }
    return PosteriorSample(chains: walks, acceptance: accepted / Double(chains * draws))
  }

  /// The same with slopes by differences, exact to about ten digits: 8 calls for each parameter and slope.
  public func sample(
    from start: [Double], scale: [Double]? = nil, _ logDensity: ([Double]) -> Double
  ) -> PosteriorSample {
    sample(from: start, scale: scale) { point in (logDensity(point), gradient(at: point, of: logDensity)) }
  }

  private struct Walk {
    var random: PCG64
    var place, slope: [Double]
    var density: Double
    let steps: Int
    private var scale: [Double]
    private var length: StepLength
    private var seen = 0.0
    private var centre, squares: [Double]

    init(
      random: PCG64, start: [Double], scale: [Double], steps: Int,
      _ logDensity: ([Double]) -> (value: Double, gradient: [Double])
    ) {
      var random = random
      (self.scale, self.steps, place) = (scale, steps, start)
      (density, slope) = logDensity(start)
      // A start a little off, where that is possible.
      let moved = zip(start, scale).map { $0 + 0.1 * $1 * random.standardNormal() }
      let other = logDensity(moved)
      if other.value.isFinite { (place, density, slope) = (moved, other.value, other.gradient) }
      length = StepLength(start: 0.1)
      (centre, squares) = (start.map { _ in 0 }, start.map { _ in 0 })
      self.random = random
    }

    /// One draw; returns how likely the proposal was to be accepted.
    mutating func move(_ logDensity: ([Double]) -> (value: Double, gradient: [Double])) -> Double {
      var speed = place.map { _ in random.standardNormal() }
      var (there, value, incline) = (place, density, slope)
      let energy = speed.reduce(-density) { $0 + $1 * $1 / 2 }
      for _ in 0..<random.integer(in: 1...steps) {
        martlet_poll()
        for i in speed.indices { speed[i] += length.current / 2 * scale[i] * incline[i] }
        for i in there.indices { there[i] += length.current * scale[i] * speed[i] }
        (value, incline) = logDensity(there)
        for i in speed.indices { speed[i] += length.current / 2 * scale[i] * incline[i] }
        if !value.isFinite { break }
      }
      let change = energy - speed.reduce(-value) { $0 + $1 * $1 / 2 }
      let chance = change.isNaN ? 0 : min(1, exp(change))
      if random.uniform() < chance { (place, density, slope) = (there, value, incline) }
      return chance
    }

    /// The first half of the warm-up finds the widths along the axes, the second the length of steps that suits them.
    mutating func adapt(_ chance: Double, _ draw: Int, of warmUp: Int) {
      length.adapt(chance)
      let half = warmUp / 2
      // What lies on the way from the start says nothing of the widths.
      guard draw >= half / 4, draw < half else { return }
      seen += 1
      for i in place.indices {
        let distance = place[i] - centre[i]
        centre[i] += distance / seen
        squares[i] += distance * (place[i] - centre[i])
      }
      if draw == half - 1, seen > 20 {
        for i in place.indices where squares[i] > 0 { scale[i] = (squares[i] / seen).squareRoot() }
        length = StepLength(start: 0.5)
      }
    }

    mutating func settle() { length.settle() }
  }

  /// The length of a step, moved towards where eight of ten proposals are accepted: Nesterov's dual averaging.
  private struct StepLength {
    private(set) var current: Double
    private let goal: Double
    private var averaged = 0.0
    private var error = 0.0
    private var count = 0.0

    init(start: Double) { (current, goal) = (start, log(10 * start)) }

    mutating func adapt(_ chance: Double) {
      count += 1
      error += (0.8 - chance - error) / (count + 10)
      let logarithm = goal - count.squareRoot() / 0.05 * error
      averaged += pow(count, -0.75) * (logarithm - averaged)
      current = exp(logarithm)
    }

    /// From here on the average stays.
    mutating func settle() { if count > 0 { current = exp(averaged) } }
  }
}
