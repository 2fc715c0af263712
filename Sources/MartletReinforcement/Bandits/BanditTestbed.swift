import MartletDisplay
import MartletFrames
import MartletNumerics
import MartletPlots

/// Compares agents on many bandits at once: the curves that a single run is too noisy to show.
///
///     let comparison = BanditTestbed(problems: 500, pulls: 1000, seed: 1)
///       .compare([EpsilonGreedyAgent(epsilon: 0), EpsilonGreedyAgent(epsilon: 0.1), UCB1Agent()])
///     comparison.regretChart
///
/// By default each problem is a ``GaussianBandit`` of ten arms whose means are drawn from a standard normal distribution.
/// The result depends on the seed, not on the number of threads.
///
/// Reference: Sutton and Barto (2018), Reinforcement learning, section 2.3.
public struct BanditTestbed: Sendable {
  /// How many bandits are played.
  public var problems: Int
  /// How many pulls each gets.
  public var pulls: Int
  /// `nil` takes one from `Random`.
  public var seed: UInt64?
  private let bandit: @Sendable (inout PCG64) -> any Bandit

  /// The 10-armed testbed, or one with another number of arms.
  public init(arms: Int = 10, problems: Int = 2000, pulls: Int = 1000, seed: UInt64? = nil) {
    guard arms > 0 else { fatalError("A testbed needs at least 1 arm; found \(arms).") }
    self.init(problems: problems, pulls: pulls, seed: seed) { GaussianBandit(means: $0.normals(arms)) }
  }

  /// A testbed of other bandits.
  ///
  ///     BanditTestbed(problems: 200, pulls: 2000, seed: 3) { _ in BernoulliBandit(probabilities: [0.4, 0.6]) }
  /// - Parameter bandit: makes a problem of random numbers.
  public init(
    problems: Int, pulls: Int, seed: UInt64? = nil, bandit: @escaping @Sendable (inout PCG64) -> any Bandit
  ) {
    guard problems > 0, pulls > 0 else {
      fatalError("A testbed needs at least 1 problem and 1 pull; found \(problems) and \(pulls).")
    }
    self.problems = problems
    self.pulls = pulls
    self.seed = seed
    self.bandit = bandit
  }

  /// Plays all problems with every agent.
  ///
  /// - Complexity: O(agents · problems · pulls) decisions, shared between the cores.
  public func compare(_ agents: [any BanditAgent]) -> Comparison {
    let streams = PCG64.streams(seed: seed ?? Random.nextSeed(), count: problems)
    // A few problems make one piece of work, whose sums are kept apart so that adding them up has one order.
    let pieces = Parallel.mapRanges(problems, length: 25) { range in
      var sums = agents.map { _ in Sums(pulls: pulls) }
      for problem in range {
        var stream = streams[problem]
        let bandit = bandit(&stream)
        for (place, agent) in agents.enumerated() {
          var random = stream
          sums[place].add(bandit.play(agent, pulls: pulls, using: &random))
        }
      }
      return sums
    }
    let curves = agents.indices.map { place in
      var total = Sums(pulls: pulls)
      for piece in pieces { total.add(piece[place]) }
      return total.curve(agents[place].name, problems)
    }
    return Comparison(curves: curves)
  }

  private struct Sums {
    var rewards, best, regret: [Double]

    init(pulls: Int) {
      rewards = [Double](repeating: 0, count: pulls)
      (best, regret) = (rewards, rewards)
    }

    mutating func add(_ run: BanditRun) {
      for pull in rewards.indices {
        rewards[pull] += run.rewards[pull]
        best[pull] += run.areBest[pull] ? 1 : 0
        regret[pull] += run.regret[pull]
      }
    }

    mutating func add(_ other: Sums) {
      for pull in rewards.indices {
        rewards[pull] += other.rewards[pull]
        best[pull] += other.best[pull]
        regret[pull] += other.regret[pull]
      }
    }

    func curve(_ name: String, _ problems: Int) -> Curve {
      let count = Double(problems)
      return Curve(
        agent: name, rewards: rewards.map { $0 / count }, bestShares: best.map { $0 / count },
        regret: regret.map { $0 / count })
    }
  }

  /// How an agent did, averaged over all problems, pull by pull.
  public struct Curve: Sendable {
    /// The agent's name.
    public let agent: String
    /// The mean reward.
    public let rewards: [Double]
    /// How often a best arm was pulled.
    public let bestShares: [Double]
    /// The mean regret, added up.
    public let regret: [Double]
  }

  /// How agents did.
  public struct Comparison: Sendable, RichDisplayable {
    /// One for each agent, in order.
    public let curves: [Curve]

    /// The mean regret, added up, by pull.
    public var regretChart: Chart { chart(\.regret, "regret so far").title("Regret") }
    /// How often a best arm was pulled, by pull.
    public var bestShareChart: Chart { chart(\.bestShares, "share of best arms").title("Best arm").yDomain(0...1) }
    /// The mean reward by pull.
    public var rewardChart: Chart { chart(\.rewards, "mean reward").title("Reward") }

    private func chart(_ values: KeyPath<Curve, [Double]>, _ label: String) -> Chart {
      Chart {
        for curve in curves {
          let places = shownPlaces(curve.rewards.count)
          LineMark(x: places.map { Double($0 + 1) }, y: places.map { curve[keyPath: values][$0] }, label: curve.agent)
        }
      }.xLabel("pull").yLabel(label)
    }

    /// At most 250 pulls are drawn.
    private func shownPlaces(_ count: Int) -> [Int] {
      let step = max(1, (count + 249) / 250)
      return Array(stride(from: 0, to: count, by: step)) + ((count - 1) % step == 0 ? [] : [count - 1])
    }

    /// The regret.
    public func displayBundle() -> DisplayBundle { regretChart.displayBundle() }
  }
}
