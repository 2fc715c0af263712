import Foundation
import MartletModels
import MartletNets
import MartletNumerics
import MartletReinforcement
import Testing

@Suite(.serialized) struct PolicyGradientTests {
  private func score(_ agent: PolicyGradientAgent) -> Double {
    mean(CartPole().episodes(100, seed: 1234) { agent.action(for: $0) }.map(\.totalReward))
  }

  /// Gymnasium's threshold for CartPole-v1 is a mean of 475 over 100 episodes.
  @Test(arguments: [1, 2, 3] as [UInt64]) func reinforceBalances(seed: UInt64) throws {
    let start = ContinuousClock.now
    let agent = try Reinforce(targetReturn: 490, seed: seed).learn(CartPole())
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let reached = score(agent)
    print(
      "REINFORCE, seed \(seed): \(reached) after \(agent.steps) steps, \(agent.returns.count) episodes, \(seconds) s")
    #expect(reached >= 475)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func ppoBalances(seed: UInt64) throws {
    let start = ContinuousClock.now
    let agent = try PPO(targetReturn: 490, seed: seed).learn(CartPole())
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let reached = score(agent)
    print("PPO, seed \(seed): \(reached) after \(agent.steps) steps, \(agent.returns.count) episodes, \(seconds) s")
    #expect(reached >= 475)
  }
}
