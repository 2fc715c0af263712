import CMartletRuntime
import MartletNumerics

/// What happened from a `reset` to the end: what was seen, done and earned.
public struct Episode<Observation: Sendable>: Sendable {
  /// What was seen: one more than there are actions, the last one being what the last action led to.
  public private(set) var observations: [Observation]
  /// What was done.
  public private(set) var actions: [Int] = []
  /// What each action earned.
  public private(set) var rewards: [Double] = []
  /// Whether it came to an end by itself; otherwise it was broken off.
  public private(set) var isTerminated = false

  init(start: Observation) { observations = [start] }

  mutating func add(_ action: Int, _ step: EnvironmentStep<Observation>) {
    observations.append(step.observation)
    actions.append(action)
    rewards.append(step.reward)
    isTerminated = step.isTerminated
  }

  /// How many actions were taken.
  public var count: Int { actions.count }
  /// The sum of the rewards.
  public var totalReward: Double { rewards.reduce(0, +) }

  /// What followed from each step on, later rewards counting less: `G_t = r_t + discount · G_{t+1}`.
  ///
  /// - Parameter discount: from 0 to 1.
  public func returns(discount: Double) -> [Double] {
    var sum = 0.0
    return Array(
      rewards.reversed().map { reward in
        sum = reward + discount * sum
        return sum
      }.reversed())
  }
}

extension Environment {
  /// Plays one episode after the other.
  ///
  ///     let played = CartPole().episodes(100, seed: 0) { state in state[2] + state[3] > 0 ? 1 : 0 }
  ///     mean(played.map(\.totalReward))
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - seed: of the world's random numbers; `nil` takes one from `Random`.
  ///   - maximumSteps: after how many steps an episode is given up, for worlds without a time limit.
  ///   - choose: the action for what is seen.
  public func episodes(
    _ count: Int, seed: UInt64? = nil, maximumSteps: Int = 100_000, choose: (Observation) -> Int
  ) -> [Episode<Observation>] {
    var world = self
    let seed = seed ?? Random.nextSeed()
    return (0..<count).map { number in
      var episode = Episode(start: world.reset(seed: number == 0 ? seed : nil))
      while episode.count < maximumSteps {
        martlet_poll()
        let action = choose(episode.observations[episode.count])
        let step = world.step(action)
        episode.add(action, step)
        if step.isOver { break }
      }
      return episode
    }
  }
}
