import CMartletRuntime
import MartletNumerics

/// What an agent has done at a bandit.
public struct BanditRun: Sendable {
  /// The arm of each pull.
  public let arms: [Int]
  /// What each pull paid.
  public let rewards: [Double]
  /// How much less was to be expected than from the best arm, added up to each pull.
  public let regret: [Double]
  /// Which pulls were of a best arm.
  public let areBest: [Bool]
}

extension Bandit {
  /// Has an agent pull arms.
  ///
  ///     let run = BernoulliBandit(probabilities: [0.3, 0.7]).play(UCB1Agent(), pulls: 1000, seed: 1)
  ///     run.regret.last
  ///
  /// - Parameters:
  ///   - agent: begins with what `start` leaves it.
  ///   - pulls: how many.
  ///   - seed: `nil` takes one from `Random`.
  public func play(_ agent: any BanditAgent, pulls: Int, seed: UInt64? = nil) -> BanditRun {
    var random = PCG64(seed: seed ?? Random.nextSeed())
    return play(agent, pulls: pulls, using: &random)
  }

  func play(_ agent: any BanditAgent, pulls: Int, using random: inout PCG64) -> BanditRun {
    var agent = agent
    agent.start(arms: armCount)
    let gaps = gaps
    var (arms, rewards, regret, areBest): ([Int], [Double], [Double], [Bool]) = ([], [], [], [])
    var sum = 0.0
    for _ in 0..<pulls {
      let arm = agent.choose(using: &random)
      let reward = pull(arm, using: &random)
      agent.learn(arm: arm, reward: reward)
      sum += gaps[arm]
      arms.append(arm)
      rewards.append(reward)
      regret.append(sum)
      areBest.append(gaps[arm] == 0)
    }
    return BanditRun(arms: arms, rewards: rewards, regret: regret, areBest: areBest)
  }
}
