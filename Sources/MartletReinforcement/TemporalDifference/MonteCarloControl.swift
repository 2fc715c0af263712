import CMartletRuntime
import MartletModels
import MartletNumerics

/// Learns what actions are worth from whole episodes: the mean of what followed.
///
/// After each episode, `Q(s, a)` moves towards the return `G = r + discount · r′ + …` that followed its first visit.
///
///     let agent = try MonteCarloControl(episodes: 500_000, seed: 1).learn(Blackjack())
///     agent.policy.action(in: Blackjack.Hand(playerSum: 20, dealerCard: 10, hasUsableAce: false).state)      // 0: stick
///
/// It assumes nothing about states, but learns only when an episode ends; ``QLearning`` learns from every step.
///
/// Reference: Sutton and Barto (2018), Reinforcement learning, section 5.4.
public struct MonteCarloControl: Sendable, Hashable {
  /// How it plays and learns; its learning rate is used where there is one.
  public var learning: TabularLearning
  /// Whether estimates are means of all returns, rather than moving by the learning rate.
  public var usesMeans: Bool

  /// - Parameters:
  ///   - episodes: how many episodes are played.
  ///   - discount: how much the next reward counts for each step that it is later; from 0 to 1.
  ///   - learningRate: how far an estimate moves towards a return; `nil` keeps the mean of all.
  ///   - exploration: how likely any action is taken instead of the best one; from 0 to 1.
  ///   - initialValue: what every action is thought to be worth before it is tried.
  ///   - maximumSteps: after how many steps an episode is given up.
  ///   - seed: `nil` takes one from `Random`.
  public init(
    episodes: Int, discount: Double = 1, learningRate: RateSchedule? = nil, exploration: RateSchedule = 0.1,
    initialValue: Double = 0, maximumSteps: Int = 10_000, seed: UInt64? = nil
  ) {
    learning = TabularLearning(
      episodes: episodes, discount: discount, learningRate: learningRate ?? 1, exploration: exploration,
      initialValue: initialValue, maximumSteps: maximumSteps, seed: seed)
    usesMeans = learningRate == nil
  }

  /// - Throws: `FitError` of kind `parameter`.
  /// - Complexity: O(actions) a step.
  public func learn(_ environment: some TabularEnvironment) throws(FitError) -> TabularAgent {
    try learning.check()
    var world = environment
    let streams = PCG64.streams(seed: learning.seed ?? Random.nextSeed(), count: 2)
    var (random, seeds) = (streams[0], streams[1])
    var table = ActionValueTable(states: world.stateCount, actions: world.actionCount, start: learning.initialValue)
    var counts = [Int](repeating: 0, count: table.values.count)
    var (totals, lengths): ([Double], [Int]) = ([], [])
    for number in 0..<learning.episodes {
      let epsilon = learning.exploration.value(at: number)
      var episode = Episode(start: world.reset(seed: number == 0 ? seeds.next() : nil))
      while episode.count < learning.maximumSteps {
        martlet_poll()
        let action = table.choose(episode.observations[episode.count], epsilon: epsilon, using: &random)
        let step = world.step(action)
        episode.add(action, step)
        if step.isOver { break }
      }
      teach(&table, &counts, episode, rate: learning.learningRate.value(at: number))
      totals.append(episode.totalReward)
      lengths.append(episode.count)
    }
    return TabularAgent(actionValues: table.matrix, returns: totals, lengths: lengths)
  }

  private func teach(_ table: inout ActionValueTable, _ counts: inout [Int], _ episode: Episode<Int>, rate: Double) {
    let returns = episode.returns(discount: learning.discount)
    var seen: Set<Int> = []
    for step in 0..<episode.count {
      let pair = episode.observations[step] * table.actions + episode.actions[step]
      guard seen.insert(pair).inserted else { continue }
      counts[pair] += 1
      table.values[pair] += (usesMeans ? 1 / Double(counts[pair]) : rate) * (returns[step] - table.values[pair])
    }
  }
}
