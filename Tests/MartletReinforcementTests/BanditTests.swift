import Foundation
import MartletNumerics
import MartletReinforcement
import Testing

@Suite struct BanditTests {
  private struct Testbed: Decodable {
    struct Agent: Decodable { let reward, rewardError, hits, hitsError: Double }
    let agents: [String: Agent]
  }

  /// The same testbed in plain NumPy with other random numbers: means of 2,000 problems, within four standard errors.
  @Test func sampleAveragesDoAsInNumPy() throws {
    let reference: Testbed = try ReferenceFile.read("testbed")
    let epsilons = [0.0, 0.01, 0.1]
    let comparison = BanditTestbed(seed: 6).compare(epsilons.map { EpsilonGreedyAgent(epsilon: $0) })
    for (epsilon, curve) in zip(epsilons, comparison.curves) {
      let theirs = try #require(reference.agents["\(epsilon)"])
      let reward = mean(Array(curve.rewards.suffix(100)))
      let hits = mean(Array(curve.bestShares.suffix(100)))
      print("ε = \(epsilon): reward \(reward) (NumPy \(theirs.reward)), best arm \(hits) (NumPy \(theirs.hits))")
      #expect(abs(reward - theirs.reward) < 4 * 2.0.squareRoot() * theirs.rewardError)
      #expect(abs(hits - theirs.hits) < 4 * 2.0.squareRoot() * theirs.hitsError)
    }
  }

  @Test func regretKeepsItsBounds() throws {
    let bandit = BernoulliBandit(probabilities: [0.9, 0.8, 0.8, 0.7])
    let pulls = 5000
    let testbed = BanditTestbed(problems: 60, pulls: pulls, seed: 2) { _ in bandit }
    let curves = testbed.compare([UCB1Agent(), ThompsonSamplingAgent(.bernoulli), EpsilonGreedyAgent(epsilon: 1)])
      .curves
    let regret = curves.map { $0.regret[pulls - 1] }
    print(
      "UCB1 \(regret[0]), Thompson \(regret[1]), any arm \(regret[2]); bound \(UCB1Agent.regretBound(bandit, pulls: pulls))"
    )
    #expect(regret[0] < UCB1Agent.regretBound(bandit, pulls: pulls))
    // Thompson sampling comes near the least possible growth; UCB1 does not.
    let least = bandit.leastRegretRate * log(Double(pulls))
    #expect(regret[1] < 1.5 * least)
    #expect(regret[1] < regret[0])
    // Any arm: a mean gap of 0.1 for each pull.
    #expect(abs(regret[2] / Double(pulls) - 0.1) < 0.002)
    // Logarithmic growth: the second half costs much less than the first.
    #expect(curves[0].regret[pulls - 1] - curves[0].regret[pulls / 2] < 0.6 * curves[0].regret[pulls / 2])
  }

  /// A hundredth of a nat: KL(0.5 ‖ 0.6) = ½ ln(0.5/0.6) + ½ ln(0.5/0.4).
  @Test func divergencesAreClosedForms() {
    let bandit = BernoulliBandit(probabilities: [0.5, 0.6])
    let divergence = 0.5 * log(0.5 / 0.6) + 0.5 * log(0.5 / 0.4)
    #expect(abs(bandit.divergences[0] - divergence) < 1e-15)
    #expect(abs(bandit.leastRegretRate - (0.6 - 0.5) / divergence) < 1e-12)
    #expect(GaussianBandit(means: [0, 2], standardDeviation: 2).divergences == [0.5, 0])
  }

  @Test func agentsFindTheBestArm() {
    let bandit = GaussianBandit(means: [0, 0.5, 2])
    let agents: [any BanditAgent] = [
      EpsilonGreedyAgent(epsilon: 0.05), EpsilonGreedyAgent(epsilon: 0, optimism: 5, stepSize: 0.1),
      UCB1Agent(breadth: 2), GradientBanditAgent(stepSize: 0.2),
      ThompsonSamplingAgent(.gaussian(standardDeviation: 1, priorDeviation: 2)),
    ]
    for agent in agents {
      let run = bandit.play(agent, pulls: 2000, seed: 4)
      #expect(run.areBest.suffix(500).count { $0 } > 450, "\(agent.name)")
      #expect(run.regret.count == 2000 && run.regret[1999] >= run.regret[1998])
    }
  }

  /// One pull by hand: preferences 0.5 apart after `H += α (r − mean)(1 − p)`, where the first baseline is the reward itself.
  @Test func gradientStepsAreTheFormula() {
    var agent = GradientBanditAgent(stepSize: 0.5)
    var random = PCG64(seed: 0)
    agent.start(arms: 2)
    let first = agent.choose(using: &random)
    agent.learn(arm: first, reward: 1)
    // Baseline 1 after the first reward, 2 after the second: the step is 0.5 · (3 − 2) · (1 − 0.5).
    _ = agent.choose(using: &random)
    agent.learn(arm: 0, reward: 3)
    var counts = 0
    for _ in 0..<20_000 { counts += agent.choose(using: &random) == 0 ? 1 : 0 }
    let expected = 1 / (1 + exp(-0.5))
    #expect(abs(Double(counts) / 20_000 - expected) < 0.015)
  }

  @Test func comparisonsRepeat() {
    let testbed = BanditTestbed(problems: 60, pulls: 50, seed: 8)
    let first = testbed.compare([UCB1Agent()]).curves[0].regret
    let second = Parallel.$threadLimit.withValue(1) { testbed.compare([UCB1Agent()]).curves[0].regret }
    #expect(first == second)
  }
}
