import CMartletRuntime
import MartletModels
import MartletNumerics

/// What methods have in common that learn what actions are worth by trying them.
public struct TabularLearning: Sendable, Hashable {
  /// How many episodes are played.
  public var episodes: Int
  /// How much the next reward counts for each step that it is later; from 0 to 1.
  public var discount: Double
  /// How far an estimate moves towards what was just seen; from 0 to 1. (Sutton and Barto: α)
  public var learningRate: RateSchedule
  /// How likely any action is taken instead of the best one; from 0 to 1. (Sutton and Barto: ε)
  public var exploration: RateSchedule
  /// What every action is thought to be worth at first: more than it can be makes the agent try everything.
  public var initialValue: Double
  /// After how many steps an episode is given up, for worlds without a time limit.
  public var maximumSteps: Int
  /// What the world's and the agent's random numbers depend on; `nil` takes one from `Random`.
  public var seed: UInt64?

  public init(
    episodes: Int, discount: Double = 0.99, learningRate: RateSchedule = 0.1, exploration: RateSchedule = 0.1,
    initialValue: Double = 0, maximumSteps: Int = 10_000, seed: UInt64? = nil
  ) {
    self.episodes = episodes
    self.discount = discount
    self.learningRate = learningRate
    self.exploration = exploration
    self.initialValue = initialValue
    self.maximumSteps = maximumSteps
    self.seed = seed
  }

  func check() throws(FitError) {
    try SampleChecks.parameter(episodes > 0, "episodes", "above 0", episodes)
    try SampleChecks.parameter((0...1).contains(discount), "discount", "from 0 to 1", discount)
    try SampleChecks.parameter(learningRate.stays(in: 0...1), "learningRate", "from 0 to 1", learningRate)
    try SampleChecks.parameter(exploration.stays(in: 0...1), "exploration", "from 0 to 1", exploration)
    try SampleChecks.parameter(initialValue.isFinite, "initialValue", "that is finite", initialValue)
    try SampleChecks.parameter(maximumSteps > 0, "maximumSteps", "above 0", maximumSteps)
  }
}

/// A table of what each action is worth in each state, and the choices that are made by it.
struct ActionValueTable {
  var values: [Double]
  let actions: Int

  init(states: Int, actions: Int, start: Double) {
    values = [Double](repeating: start, count: states * actions)
    self.actions = actions
  }

  func row(_ state: Int) -> Range<Int> { state * actions..<(state + 1) * actions }

  subscript(_ state: Int, _ action: Int) -> Double {
    get { values[state * actions + action] }
    set { values[state * actions + action] = newValue }
  }

  func best(_ state: Int) -> Double { values[state * actions + Greedy.place(values, row(state))] }

  /// The best action, each of equals as likely; with probability `epsilon` any.
  func choose(_ state: Int, epsilon: Double, using random: inout PCG64) -> Int {
    if epsilon > 0, random.uniform() < epsilon { return random.integer(below: actions) }
    return Greedy.randomPlace(values, row(state), using: &random)
  }

  /// What the choices of ``choose(_:epsilon:using:)`` are worth on average.
  func expected(_ state: Int, epsilon: Double) -> Double {
    let mean = values[row(state)].reduce(0, +) / Double(actions)
    return epsilon * mean + (1 - epsilon) * best(state)
  }

  var matrix: Matrix { Matrix(values, shape: [values.count / actions, actions]) }
}

/// What a method has learned about an environment by trying.
public struct TabularAgent: Sendable {
  /// What each action is worth in each state: shape `[states, actions]`.
  public let actionValues: Matrix
  /// The sum of rewards of each episode of learning.
  public let returns: [Double]
  /// The number of steps of each episode of learning.
  public let lengths: [Int]

  /// What to do: the action that is worth most.
  public var policy: TabularPolicy { .greedy(actionValues) }
  /// What each state is worth with the best action.
  public var values: [Double] { actionValues.max(axis: 1).scalars }
}
