import MartletModels
import MartletNets
import MartletNumerics

/// Makes actions likelier that went better than expected: the REINFORCE algorithm with a learned baseline.
///
/// Plays some episodes and goes one step along `∑ (G − V(s)) ∇ log π(a|s)`, where `G` is what followed and `V` what the
/// critic expected; the critic learns `G`.
///
///     let agent = try Reinforce(updates: 300, targetReturn: 490, seed: 1).learn(CartPole())
///     let played = CartPole().episodes(100, seed: 0) { agent.action(for: $0) }
///     mean(played.map(\.totalReward))      // 500 where it has learned to balance
///
/// Each episode is used once. ``PPO`` uses each step several times, and needs fewer.
///
/// Reference: Williams (1992), Simple statistical gradient-following algorithms for connectionist reinforcement learning.
public struct Reinforce: Sendable, Hashable {
  /// The most updates.
  public var updates: Int
  /// How many episodes are played for each.
  public var episodesPerUpdate: Int
  /// How much the next reward counts for each step that it is later; from 0 to 1.
  public var discount: Double
  /// How large steps of Adam are.
  public var learningRate: Double
  /// How much it pays to keep an open mind: the weight of the policy's entropy; at least 0.
  public var entropyWeight: Double
  /// The width of each hidden layer.
  public var hiddenLayers: [Int]
  /// It ends when the last 100 episodes have reached this mean return; `nil` makes all updates.
  public var targetReturn: Double?
  /// After how many steps an episode is given up, for worlds without a time limit.
  public var maximumSteps: Int
  /// `nil` takes one from `Random`.
  public var seed: UInt64?

  public init(
    updates: Int = 300, episodesPerUpdate: Int = 16, discount: Double = 0.99, learningRate: Double = 0.01,
    entropyWeight: Double = 0, hiddenLayers: [Int] = [32], targetReturn: Double? = nil, maximumSteps: Int = 10_000,
    seed: UInt64? = nil
  ) {
    self.updates = updates
    self.episodesPerUpdate = episodesPerUpdate
    self.discount = discount
    self.learningRate = learningRate
    self.entropyWeight = entropyWeight
    self.hiddenLayers = hiddenLayers
    self.targetReturn = targetReturn
    self.maximumSteps = maximumSteps
    self.seed = seed
  }

  /// - Throws: `FitError` of kind `parameter`, or `notConverged` when the loss is no longer finite.
  public func learn<World: Environment>(_ world: World) throws(FitError) -> PolicyGradientAgent
  where World.Observation == [Double] {
    try SampleChecks.parameter(updates > 0, "updates", "above 0", updates)
    try SampleChecks.parameter(episodesPerUpdate > 0, "episodesPerUpdate", "above 0", episodesPerUpdate)
    try PolicyGradientChecks.parameters(discount, learningRate, entropyWeight, hiddenLayers)
    let seed = seed ?? Random.nextSeed()
    let unit = PolicyGradientChecks.unit(discount: discount)
    var crew = WorldCrew(world, count: episodesPerUpdate, unit: unit, seed: seed)
    var net = ActorCritic(
      observations: crew.width, actions: world.actionCount, hiddenLayers: hiddenLayers, seed: seed)
    var optimizer = Adam<Float>(learningRate: learningRate)
    var progress: [Double] = []
    while progress.count < updates, !ReturnGoal(target: targetReturn).isReached(crew.returns) {
      let experience = crew.episodes(net, maximumSteps: maximumSteps)
      let (advantages, targets) = experience.advantages(discount: discount, decay: 1)
      let lesson = PolicyLesson(
        observations: experience.observations, actions: experience.actions,
        advantages: Experience.standardized(advantages), targets: targets.map { $0 / unit })
      let (loss, gradients) = valueWithGradient(at: net) { lesson.loss($0, entropyWeight: entropyWeight) }
      try PolicyGradientChecks.finite(loss, update: progress.count + 1)
      optimizer.update(&net, along: gradients.clipped(toNorm: 0.5))
      progress.append(mean(experience.stretches.map { $0.rewards.reduce(0, +) }))
    }
    return PolicyGradientAgent(network: net, returns: crew.returns, steps: crew.steps, progress: progress)
  }
}

enum PolicyGradientChecks {
  static func parameters(
    _ discount: Double, _ learningRate: Double, _ entropyWeight: Double, _ hiddenLayers: [Int]
  ) throws(FitError) {
    try SampleChecks.parameter((0...1).contains(discount), "discount", "from 0 to 1", discount)
    try SampleChecks.parameter(learningRate > 0 && learningRate.isFinite, "learningRate", "above 0", learningRate)
    try SampleChecks.parameter(
      entropyWeight >= 0 && entropyWeight.isFinite, "entropyWeight", "of at least 0", entropyWeight)
    try SampleChecks.parameter(hiddenLayers.allSatisfy { $0 > 0 }, "hiddenLayers", "of at least 1 each", hiddenLayers)
  }

  /// What rewards of 1 add up to, the critic's unit.
  static func unit(discount: Double) -> Double { discount < 1 ? 1 / (1 - discount) : 100 }

  static func finite(_ loss: Float, update: Int) throws(FitError) {
    guard loss.isFinite else {
      throw FitError(
        .notConverged, expected: "a finite loss", found: "\(loss) in update \(update)",
        advice: "Take a smaller learning rate, or scale observations and rewards.")
    }
  }
}
