import CMartletRuntime
import MartletModels
import MartletNumerics

/// Learns what actions are worth from each step alone: what was earned, and what is now thought of where it led.
///
/// `Q(s, a) += learningRate · (r + discount · next − Q(s, a))`; what `next` is tells the methods apart.
struct TemporalDifferenceControl {
  /// What is thought of the state that a step led to.
  enum Next {
    /// What its best action is worth.
    case best
    /// What the action is worth that will be taken.
    case taken
    /// What its actions are worth on average, as likely as they will be taken.
    case expected
    /// What one table says of the action that another thinks best.
    case bestOfOther
  }

  let next: Next
  let learning: TabularLearning
  /// How much of a step's lesson earlier actions of the episode get; 0 for none.
  var traceDecay = 0.0

  func learn(_ environment: some TabularEnvironment) throws(FitError) -> TabularAgent {
    try learning.check()
    try SampleChecks.parameter((0...1).contains(traceDecay), "traceDecay", "from 0 to 1", traceDecay)
    var world = environment
    let streams = PCG64.streams(seed: learning.seed ?? Random.nextSeed(), count: 2)
    var (random, seeds) = (streams[0], streams[1])
    let table = ActionValueTable(
      states: world.stateCount, actions: world.actionCount, start: learning.initialValue)
    var state = Learner(table: table, other: next == .bestOfOther ? table : nil)
    var (returns, lengths): ([Double], [Int]) = ([], [])
    for episode in 0..<learning.episodes {
      let (total, steps) = play(
        &world, seed: episode == 0 ? seeds.next() : nil, &state, rate: learning.learningRate.value(at: episode),
        epsilon: learning.exploration.value(at: episode), &random)
      returns.append(total)
      lengths.append(steps)
    }
    return TabularAgent(actionValues: state.merged, returns: returns, lengths: lengths)
  }

  private struct Learner {
    var table: ActionValueTable
    /// The second table of double learning.
    var other: ActionValueTable?
    /// How much of a lesson each pair that was met in this episode gets.
    var traces: [Int: Double] = [:]

    /// With two tables, actions are chosen by their sum.
    func choose(_ state: Int, epsilon: Double, using random: inout PCG64) -> Int {
      guard let other else { return table.choose(state, epsilon: epsilon, using: &random) }
      if epsilon > 0, random.uniform() < epsilon { return random.integer(below: table.actions) }
      let sums = table.row(state).map { table.values[$0] + other.values[$0] }
      return Greedy.randomPlace(sums, 0..<sums.count, using: &random)
    }

    var merged: Matrix {
      guard let other else { return table.matrix }
      return (table.matrix + other.matrix) / 2
    }
  }

  private func play(
    _ world: inout some TabularEnvironment, seed: UInt64?, _ learner: inout Learner, rate: Double, epsilon: Double,
    _ random: inout PCG64
  ) -> (total: Double, steps: Int) {
    var state = world.reset(seed: seed)
    var action = learner.choose(state, epsilon: epsilon, using: &random)
    learner.traces.removeAll(keepingCapacity: true)
    var (total, steps) = (0.0, 0)
    while steps < learning.maximumSteps {
      martlet_poll()
      let step = world.step(action)
      total += step.reward
      steps += 1
      // Only SARSA learns from the action that it will take; the others choose with what they have learned.
      let early = next == .taken ? learner.choose(step.observation, epsilon: epsilon, using: &random) : 0
      if learner.other != nil, random.uniform() < 0.5 { swap(&learner.table, &learner.other!) }  // not nil: just seen
      let expected = step.isTerminated ? 0 : worth(step.observation, early, learner, epsilon: epsilon)
      let lesson = step.reward + learning.discount * expected - learner.table[state, action]
      if traceDecay == 0 {
        learner.table[state, action] += rate * lesson
      } else {
        teach(&learner, state, action, rate * lesson)
      }
      if step.isOver { break }
      state = step.observation
      action = next == .taken ? early : learner.choose(state, epsilon: epsilon, using: &random)
    }
    return (total, steps)
  }

  private func worth(_ state: Int, _ action: Int, _ learner: Learner, epsilon: Double) -> Double {
    switch next {
    case .best: return learner.table.best(state)
    case .taken: return learner.table[state, action]
    case .expected: return learner.table.expected(state, epsilon: epsilon)
    case .bestOfOther:
      let place = Greedy.place(learner.table.values, learner.table.row(state))
      return learner.other?[state, place] ?? 0
    }
  }

  /// Every pair of the episode learns, less the longer ago it was; one that comes again counts as new.
  private func teach(_ learner: inout Learner, _ state: Int, _ action: Int, _ lesson: Double) {
    learner.traces[state * learner.table.actions + action] = 1
    for (pair, trace) in learner.traces {
      learner.table.values[pair] += trace * lesson
      let kept = trace * learning.discount * traceDecay
      learner.traces[pair] = kept < 1e-6 ? nil : kept
    }
  }
}
