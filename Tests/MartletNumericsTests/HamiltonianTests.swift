import Glibc
import MartletNumerics
import Testing

@Suite struct HamiltonianTests {
  /// Two normal values with a correlation of 0.9 and deviations of 1 and 10.
  private func ridge(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let (u, v, r) = (x[0], x[1] / 10, 0.9)
    let shared = 1 / (1 - r * r)
    return (-shared * (u * u - 2 * r * u * v + v * v) / 2, [-shared * (u - r * v), -shared * (v - r * u) / 10])
  }

  @Test func aRidgeHasItsMoments() {
    let sampler = HamiltonianMonteCarlo(chains: 4, draws: 1_500, warmUp: 1_000, seed: 5)
    let posterior = sampler.sample(from: [3, -3], ridge)
    for (place, spread) in [1.0, 10].enumerated() {
      let found = posterior.summaries[place]
      let error = spread / found.effectiveSize.squareRoot()
      #expect(abs(found.mean) < 4 * error, "seed 5: \(found)")
      #expect(
        abs(found.standardDeviation / spread - 1) < 4 / (2 * found.effectiveSize).squareRoot(), "seed 5: \(found)")
      #expect(found.rHat < 1.01 && found.effectiveSize > 600, "seed 5: \(found)")
    }
    #expect(abs(correlation(posterior.draws(of: 0), posterior.draws(of: 1)) - 0.9) < 0.03, "seed 5")
    #expect((0.6...0.97).contains(posterior.acceptance), "\(posterior.acceptance)")
    // A walk that goes along slopes says more in as many draws.
    let blind = MetropolisHastings(chains: 4, draws: 1_500, seed: 5).sample(from: [3, -3]) { self.ridge($0).value }
    #expect(blind.summaries[1].effectiveSize < posterior.summaries[1].effectiveSize)
  }

  /// A rate's logit after 7 successes in 10 trials, from a flat prior: the rate is beta(8, 4).
  @Test func aPosteriorInClosedForm() {
    let sample = HamiltonianMonteCarlo(chains: 3, draws: 2_000, seed: 8).sample(from: [0]) { x in
      let rate = 1 / (1 + exp(-x[0]))
      return (8 * log(rate) + 4 * log(1 - rate), [8 - 12 * rate])
    }
    let rates = sample.draws(of: 0).map { 1 / (1 + exp(-$0)) }
    let known = BetaDistribution(a: 8, b: 4)
    let error = known.standardDeviation / sample.summaries[0].effectiveSize.squareRoot()
    #expect(abs(mean(rates) - known.mean) < 4 * error, "seed 8")
    #expect(abs(quantile(rates, 0.1) - known.quantile(0.1)) < 10 * error, "seed 8")
  }

  /// Slopes by differences lead to nearly the same places, and there is nothing beyond an edge.
  @Test func slopesByDifferencesAndEdges() {
    let sampler = HamiltonianMonteCarlo(chains: 2, draws: 800, warmUp: 400, seed: 2)
    let sample = sampler.sample(from: [1]) { x in x[0] > 0 ? -x[0] : -Double.infinity }
    #expect(sample.draws(of: 0).allSatisfy { $0 > 0 })
    let found = sample.summaries[0]
    #expect(abs(found.mean - 1) < 5 / found.effectiveSize.squareRoot(), "seed 2: \(found)")
  }

  @Test func theSeedDecides() {
    let sampler = HamiltonianMonteCarlo(chains: 2, draws: 50, warmUp: 100, seed: 3)
    #expect(sampler.sample(from: [0, 0], ridge).chains == sampler.sample(from: [0, 0], ridge).chains)
    let other = HamiltonianMonteCarlo(chains: 2, draws: 50, warmUp: 100, seed: 4)
    #expect(sampler.sample(from: [0, 0], ridge).chains != other.sample(from: [0, 0], ridge).chains)
  }
}
