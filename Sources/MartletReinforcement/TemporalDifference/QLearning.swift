import MartletModels
import MartletNumerics

/// Learns what the best actions are worth, whatever actions are tried meanwhile.
///
/// `Q(s, a) += learningRate · (r + discount · max Q(s′, ·) − Q(s, a))`.
///
///     let agent = try QLearning(episodes: 500, learningRate: 0.5, seed: 1).learn(CliffWalking())
///     agent.policy.action(in: 36)      // 0: up, away from the cliff's foot
///
/// It learns the best policy, not the one that it follows: at a cliff's edge it falls while it explores. ``SARSA`` takes
/// its own wrong steps into account.
///
/// Reference: Watkins and Dayan (1992), Q-learning; van Hasselt (2010), Double Q-learning.
public struct QLearning: Sendable, Hashable {
  /// How it plays and learns.
  public var learning: TabularLearning
  /// Whether one table chooses the best action and another says what it is worth: no luck is counted twice then.
  public var isDouble: Bool

  /// - Parameters:
  ///   - episodes: how many episodes are played.
  ///   - discount: how much the next reward counts for each step that it is later; from 0 to 1.
  ///   - learningRate: how far an estimate moves towards what was just seen; from 0 to 1.
  ///   - exploration: how likely any action is taken instead of the best one; from 0 to 1.
  ///   - initialValue: what every action is thought to be worth at first.
  ///   - isDouble: whether two tables check each other.
  ///   - maximumSteps: after how many steps an episode is given up.
  ///   - seed: `nil` takes one from `Random`.
  public init(
    episodes: Int, discount: Double = 0.99, learningRate: RateSchedule = 0.1, exploration: RateSchedule = 0.1,
    initialValue: Double = 0, isDouble: Bool = false, maximumSteps: Int = 10_000, seed: UInt64? = nil
  ) {
    learning = TabularLearning(
      episodes: episodes, discount: discount, learningRate: learningRate, exploration: exploration,
      initialValue: initialValue, maximumSteps: maximumSteps, seed: seed)
    self.isDouble = isDouble
  }

  /// - Throws: `FitError` of kind `parameter`.
  /// - Complexity: O(actions) a step.
  public func learn(_ environment: some TabularEnvironment) throws(FitError) -> TabularAgent {
    try TemporalDifferenceControl(next: isDouble ? .bestOfOther : .best, learning: learning).learn(environment)
  }
}
