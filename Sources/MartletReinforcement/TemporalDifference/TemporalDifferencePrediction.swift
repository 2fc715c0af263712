import CMartletRuntime
import MartletModels
import MartletNumerics

/// Learns what states are worth under a policy, from each step: TD(λ).
///
/// A step's surprise `δ = r + discount · V(s′) − V(s)` moves the values of all states on the way, those longer ago less:
/// `V(x) += learningRate · δ · e(x)`, where `e` grows by 1 at each visit and shrinks by `discount · traceDecay` each step.
///
///     let walk = RandomWalk(states: 5)
///     let policy = TabularPolicy.uniform(states: 5, actions: 1)
///     let learned = try TemporalDifferencePrediction(episodes: 100, learningRate: 0.1, initialValue: 0.5, seed: 1)
///       .learn(walk, policy)
///     learned.values      // near [1/6, 2/6, 3/6, 4/6, 5/6]
///
/// With `traceDecay` 0 only the last state learns, TD(0); with 1 it is Monte Carlo learning, step by step.
///
/// Reference: Sutton (1988), Learning to predict by the methods of temporal differences.
public struct TemporalDifferencePrediction: Sendable, Hashable {
  /// How it plays and learns; its exploration is not used.
  public var learning: TabularLearning
  /// How much of a step's surprise the state before gets, the one before that again, …; from 0 to 1. (λ)
  public var traceDecay: Double

  /// - Parameters:
  ///   - episodes: how many episodes are played.
  ///   - discount: how much the next reward counts for each step that it is later; from 0 to 1.
  ///   - learningRate: how far values move; from 0 to 1.
  ///   - traceDecay: how much of a surprise earlier states get.
  ///   - initialValue: what every state is thought to be worth at first.
  ///   - maximumSteps: after how many steps an episode is given up.
  ///   - seed: `nil` takes one from `Random`.
  public init(
    episodes: Int, discount: Double = 1, learningRate: RateSchedule = 0.1, traceDecay: Double = 0,
    initialValue: Double = 0, maximumSteps: Int = 10_000, seed: UInt64? = nil
  ) {
    learning = TabularLearning(
      episodes: episodes, discount: discount, learningRate: learningRate, exploration: 0, initialValue: initialValue,
      maximumSteps: maximumSteps, seed: seed)
    self.traceDecay = traceDecay
  }

  /// What was learned.
  public struct Prediction: Sendable {
    /// What each state is thought to be worth.
    public let values: [Double]
    /// What was thought after each episode: shape `[episodes, states]`.
    public let history: Matrix
  }

  /// - Throws: `FitError` of kind `parameter` or `shape`.
  /// - Complexity: O(states) a step.
  public func learn(
    _ environment: some TabularEnvironment, _ policy: TabularPolicy
  ) throws(FitError) -> Prediction {
    try learning.check()
    try SampleChecks.parameter((0...1).contains(traceDecay), "traceDecay", "from 0 to 1", traceDecay)
    var world = environment
    guard policy.probabilities.shape == [world.stateCount, world.actionCount] else {
      throw FitError(
        .shape, expected: "a policy of \(world.stateCount) states and \(world.actionCount) actions",
        found: "shape \(policy.probabilities.shape)", advice: "Make the policy for this environment.")
    }
    let streams = PCG64.streams(seed: learning.seed ?? Random.nextSeed(), count: 2)
    var (random, seeds) = (streams[0], streams[1])
    var values = [Double](repeating: learning.initialValue, count: world.stateCount)
    var history: [Double] = []
    for episode in 0..<learning.episodes {
      let rate = learning.learningRate.value(at: episode)
      var traces = [Double](repeating: 0, count: values.count)
      var state = world.reset(seed: episode == 0 ? seeds.next() : nil)
      for _ in 0..<learning.maximumSteps {
        martlet_poll()
        let step = world.step(policy.sample(in: state, using: &random))
        let next = step.isTerminated ? 0 : values[step.observation]
        let surprise = step.reward + learning.discount * next - values[state]
        traces[state] += 1
        for place in values.indices where traces[place] != 0 {
          values[place] += rate * surprise * traces[place]
          traces[place] *= learning.discount * traceDecay
        }
        state = step.observation
        if step.isOver { break }
      }
      history += values
    }
    return Prediction(values: values, history: Matrix(history, shape: [learning.episodes, values.count]))
  }
}
