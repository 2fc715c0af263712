import MartletModels
import MartletNumerics

/// Learns what actions are worth to an agent that explores: state, action, reward, state, action.
///
/// `Q(s, a) += learningRate · (r + discount · Q(s′, a′) − Q(s, a))`, where `a′` is what will be done.
///
///     let agent = try SARSA(episodes: 500, learningRate: 0.5, seed: 1).learn(CliffWalking())
///
/// At a cliff it learns the safe way round, since it knows that it sometimes slips. With `traceDecay` it is SARSA(λ):
/// every step also teaches the actions that led to it.
///
/// Reference: Rummery and Niranjan (1994), On-line Q-learning using connectionist systems; Singh and Sutton (1996),
/// Reinforcement learning with replacing eligibility traces.
public struct SARSA: Sendable, Hashable {
  /// How it plays and learns.
  public var learning: TabularLearning
  /// How much of a step's lesson the step before gets, the one before that again, …; 0 for none, up to 1. (λ)
  public var traceDecay: Double
  /// Whether the mean of all next actions takes the place of the one that is drawn: the same lesson with less noise.
  public var isExpected: Bool

  /// - Parameters:
  ///   - episodes: how many episodes are played.
  ///   - discount: how much the next reward counts for each step that it is later; from 0 to 1.
  ///   - learningRate: how far an estimate moves towards what was just seen; from 0 to 1.
  ///   - exploration: how likely any action is taken instead of the best one; from 0 to 1.
  ///   - initialValue: what every action is thought to be worth at first.
  ///   - traceDecay: how much of a lesson earlier steps get.
  ///   - isExpected: whether it learns from the mean of the next actions (Expected SARSA).
  ///   - maximumSteps: after how many steps an episode is given up.
  ///   - seed: `nil` takes one from `Random`.
  public init(
    episodes: Int, discount: Double = 0.99, learningRate: RateSchedule = 0.1, exploration: RateSchedule = 0.1,
    initialValue: Double = 0, traceDecay: Double = 0, isExpected: Bool = false, maximumSteps: Int = 10_000,
    seed: UInt64? = nil
  ) {
    learning = TabularLearning(
      episodes: episodes, discount: discount, learningRate: learningRate, exploration: exploration,
      initialValue: initialValue, maximumSteps: maximumSteps, seed: seed)
    self.traceDecay = traceDecay
    self.isExpected = isExpected
  }

  /// - Throws: `FitError` of kind `parameter`.
  /// - Complexity: O(actions) a step, and with traces O(steps of the episode) a step.
  public func learn(_ environment: some TabularEnvironment) throws(FitError) -> TabularAgent {
    try TemporalDifferenceControl(next: isExpected ? .expected : .taken, learning: learning, traceDecay: traceDecay)
      .learn(environment)
  }
}
