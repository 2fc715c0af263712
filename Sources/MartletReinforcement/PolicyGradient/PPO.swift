import MartletModels
import MartletNets
import MartletNumerics

/// Learns from each step several times, but never lets an action become much likelier at once: proximal policy optimisation.
///
/// Several worlds go some steps; then, for some epochs, it follows the gradient of `min(ratio · A, clip(ratio, 1 ± range) ·
/// A)`, where `ratio` is how much likelier an action has become and `A` how much better it went than expected.
///
///     let agent = try PPO(targetReturn: 490, seed: 1).learn(CartPole())
///     let played = CartPole().episodes(100, seed: 0) { agent.action(for: $0) }
///     mean(played.map(\.totalReward))
///
/// One epoch without clipping (`epochs: 1`, `clipRange: .infinity`) makes it the advantage actor-critic, A2C.
///
/// Reference: Schulman et al. (2017), Proximal policy optimization algorithms.
public struct PPO: Sendable, Hashable {
  /// The most steps that all worlds go together.
  public var steps: Int
  /// How many worlds are played side by side.
  public var worlds: Int
  /// How many steps each goes for an update.
  public var stepsPerUpdate: Int
  /// How often the steps of an update are learned from.
  public var epochs: Int
  /// How many steps are learned from at once.
  public var batchSize: Int
  /// How much the next reward counts for each step that it is later; from 0 to 1.
  public var discount: Double
  /// How far advantages look ahead before they trust the critic; from 0, one step, to 1, the end. (GAE's λ)
  public var advantageDecay: Double
  /// How far the ratio of probabilities may go from 1; above 0.
  public var clipRange: Double
  /// How large steps of Adam are at first; they shrink to 0 on the way.
  public var learningRate: Double
  /// How much it pays to keep an open mind: the weight of the policy's entropy; at least 0.
  public var entropyWeight: Double
  /// The width of each hidden layer.
  public var hiddenLayers: [Int]
  /// It ends when the last 100 episodes have reached this mean return; `nil` goes all steps.
  public var targetReturn: Double?
  /// `nil` takes one from `Random`.
  public var seed: UInt64?

  public init(
    steps: Int = 150_000, worlds: Int = 8, stepsPerUpdate: Int = 128, epochs: Int = 10, batchSize: Int = 256,
    discount: Double = 0.99, advantageDecay: Double = 0.95, clipRange: Double = 0.2, learningRate: Double = 2e-3,
    entropyWeight: Double = 0, hiddenLayers: [Int] = [64, 64], targetReturn: Double? = nil, seed: UInt64? = nil
  ) {
    self.steps = steps
    self.worlds = worlds
    self.stepsPerUpdate = stepsPerUpdate
    self.epochs = epochs
    self.batchSize = batchSize
    self.discount = discount
    self.advantageDecay = advantageDecay
    self.clipRange = clipRange
    self.learningRate = learningRate
    self.entropyWeight = entropyWeight
    self.hiddenLayers = hiddenLayers
    self.targetReturn = targetReturn
    self.seed = seed
  }

  /// - Throws: `FitError` of kind `parameter`, or `notConverged` when the loss is no longer finite.
  public func learn<World: Environment>(_ world: World) throws(FitError) -> PolicyGradientAgent
  where World.Observation == [Double] {
    try check()
    let seed = seed ?? Random.nextSeed()
    let unit = PolicyGradientChecks.unit(discount: discount)
    var crew = WorldCrew(world, count: worlds, unit: unit, seed: seed)
    var net = ActorCritic(
      observations: crew.width, actions: world.actionCount, hiddenLayers: hiddenLayers, seed: seed)
    var optimizer = Adam<Float>(learningRate: learningRate)
    var random = PCG64(seed: seed)
    var progress: [Double] = []
    while crew.steps < steps, !ReturnGoal(target: targetReturn).isReached(crew.returns) {
      optimizer.learningRate = learningRate * (1 - Double(crew.steps) / Double(steps))
      let ended = crew.returns.count
      let experience = crew.steps(stepsPerUpdate, net)
      try learn(experience, &net, &optimizer, &random, unit: unit, update: progress.count + 1)
      let finished = Array(crew.returns.dropFirst(ended))
      progress.append(finished.isEmpty ? progress.last ?? 0 : mean(finished))
    }
    return PolicyGradientAgent(network: net, returns: crew.returns, steps: crew.steps, progress: progress)
  }

  private func learn(
    _ experience: Experience, _ net: inout ActorCritic, _ optimizer: inout Adam<Float>, _ random: inout PCG64,
    unit: Double, update: Int
  ) throws(FitError) {
    let (advantages, targets) = experience.advantages(discount: discount, decay: advantageDecay)
    let (observations, actions) = (experience.observations, experience.actions)
    let old = experience.logProbabilities
    for _ in 0..<epochs {
      let order = random.permutation(experience.count)
      for start in stride(from: 0, to: order.count, by: batchSize) {
        let rows = Array(order[start..<min(start + batchSize, order.count)])
        let lesson = PolicyLesson(
          observations: observations[rows: rows], actions: rows.map { actions[$0] },
          advantages: Experience.standardized(rows.map { advantages[$0] }), targets: rows.map { targets[$0] / unit },
          clipping: clipRange.isFinite ? (rows.map { old[$0] }, clipRange) : nil)
        let (loss, gradients) = valueWithGradient(at: net) { lesson.loss($0, entropyWeight: entropyWeight) }
        try PolicyGradientChecks.finite(loss, update: update)
        optimizer.update(&net, along: gradients.clipped(toNorm: 0.5))
      }
    }
  }

  private func check() throws(FitError) {
    try SampleChecks.parameter(steps > 0, "steps", "above 0", steps)
    try SampleChecks.parameter(worlds > 0, "worlds", "above 0", worlds)
    try SampleChecks.parameter(stepsPerUpdate > 0, "stepsPerUpdate", "above 0", stepsPerUpdate)
    try SampleChecks.parameter(epochs > 0, "epochs", "above 0", epochs)
    try SampleChecks.parameter(batchSize > 0, "batchSize", "above 0", batchSize)
    try SampleChecks.parameter((0...1).contains(advantageDecay), "advantageDecay", "from 0 to 1", advantageDecay)
    try SampleChecks.parameter(clipRange > 0, "clipRange", "above 0", clipRange)
    try PolicyGradientChecks.parameters(discount, learningRate, entropyWeight, hiddenLayers)
  }
}
