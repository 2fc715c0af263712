import CMartletRuntime
import Glibc

/// Draws from a distribution of which only a multiple of the density is known, by a walk that prefers likely places.
///
///     let posterior = MetropolisHastings(chains: 4, seed: 1).sample(from: [0]) { x in -x[0] * x[0] / 2 }
///     posterior.summaries[0].mean      // near 0
///
/// The walk's steps adapt during the warm-up, which is thrown away, and stay the same afterwards. Results depend on the seed,
/// not on the number of threads.
///
/// References: Hastings (1970); Haario, Saksman and Tamminen (2001) for the steps.
public struct MetropolisHastings: Sendable {
  /// How many walks there are, each with a stream of random numbers of its own.
  public var chains: Int
  /// How many draws each keeps.
  public var draws: Int
  /// How many each throws away first.
  public var warmUp: Int
  /// What the results depend on.
  public var seed: UInt64

  public init(chains: Int = 4, draws: Int = 2_000, warmUp: Int = 1_000, seed: UInt64 = 0) {
    (self.chains, self.draws, self.warmUp, self.seed) = (max(chains, 1), max(draws, 4), max(warmUp, 0), seed)
  }

  /// - Parameters:
  ///   - start: where the walks begin, near likely places; each starts a little off.
  ///   - scale: about how wide the distribution is along each axis; 1 by default.
  ///   - logDensity: the logarithm of the density, up to a constant; −∞ where there is none.
  /// - Complexity: `chains · (warmUp + draws)` calls of `logDensity`.
  public func sample(
    from start: [Double], scale: [Double]? = nil, _ logDensity: ([Double]) -> Double
  ) -> PosteriorSample {
    let scale = scale ?? start.map { _ in 1 }
    guard scale.count == start.count, !start.isEmpty else {
      fatalError("A walk needs a start and as many scales; found \(start.count) and \(scale.count).")
    }
    var accepted = 0
    let walks = PCG64.streams(seed: seed, count: chains).map { stream in
      var walk = Walk(random: stream, start: start, scale: scale, logDensity)
      for step in 0..<warmUp {
        walk.step(logDensity)
        walk.adapt(after: step)
      }
      walk.accepted = 0
      let kept = (0..<draws).map { _ in
        walk.step(logDensity)
        return walk.place
      }
      accepted += walk.accepted
      return kept
    }
    return PosteriorSample(chains: walks, acceptance: Double(accepted) / Double(chains * draws))
  }

  private struct Walk {
    var random: PCG64
    var place: [Double]
    var density: Double
    var scale: [Double]
    var accepted = 0
    private var length: Double
    private var seen = 0.0
    private var centre, squares: [Double]
    private var recent = 0

    init(random: PCG64, start: [Double], scale: [Double], _ logDensity: ([Double]) -> Double) {
      var random = random
      self.scale = scale
      length = 2.38 / Double(start.count).squareRoot()
      place = start
      density = logDensity(start)
      // A start a little off, where that is possible.
      let moved = zip(start, scale).map { $0 + 0.1 * $1 * random.standardNormal() }
      let other = logDensity(moved)
      if other.isFinite { (place, density) = (moved, other) }
      (centre, squares) = (place, start.map { _ in 0 })
      self.random = random
    }

    mutating func step(_ logDensity: ([Double]) -> Double) {
      martlet_poll()
      let proposal = place.indices.map { place[$0] + length * scale[$0] * random.standardNormal() }
      let other = logDensity(proposal)
      if log(1 - random.uniform()) < other - density {
        (place, density) = (proposal, other)
        accepted += 1
        recent += 1
      }
    }

    /// Towards a fourth of the steps accepted, and as wide along each axis as what was seen.
    mutating func adapt(after step: Int) {
      seen += 1
      for i in place.indices {
        let distance = place[i] - centre[i]
        centre[i] += distance / seen
        squares[i] += distance * (place[i] - centre[i])
      }
      guard (step + 1) % 100 == 0 else { return }
      length *= exp((Double(recent) / 100 - 0.234) * 1.5)
      recent = 0
      if step >= 199 {
        for i in place.indices where squares[i] > 0 { scale[i] = (squares[i] / seen).squareRoot() }
        if step == 199 { length = 2.38 / Double(place.count).squareRoot() }
      }
    }
  }
}
