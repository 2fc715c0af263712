import Glibc
import MartletNumerics

/// Something that decides which arm to pull, and learns from what it pays.
public protocol BanditAgent: Sendable {
  /// What charts call it.
  var name: String { get }
  /// Forgets everything, before the first of `arms` arms is pulled.
  mutating func start(arms: Int)
  /// The arm to pull.
  mutating func choose(using random: inout PCG64) -> Int
  /// Learns what an arm has paid.
  mutating func learn(arm: Int, reward: Double)
}

/// How often each arm has been pulled and what it has paid on average.
struct ArmMeans: Sendable, Hashable {
  private(set) var counts: [Int]
  private(set) var means: [Double]

  init(arms: Int = 0, start: Double = 0) {
    counts = [Int](repeating: 0, count: arms)
    means = [Double](repeating: start, count: arms)
  }

  /// - Parameter share: how far the mean moves towards the reward; by default so that it is the mean of all.
  mutating func add(_ reward: Double, arm: Int, share: Double? = nil) {
    counts[arm] += 1
    means[arm] += (share ?? 1 / Double(counts[arm])) * (reward - means[arm])
  }
}

/// Pulls the arm that has paid best, and now and then any.
///
///     EpsilonGreedyAgent(epsilon: 0.1)
public struct EpsilonGreedyAgent: BanditAgent, Hashable {
  /// How likely any arm is pulled instead; from 0 to 1.
  public let epsilon: Double
  /// What an arm is thought to pay before it is pulled: a high value makes it try all.
  public let optimism: Double
  /// How far an estimate moves towards each reward; `nil` takes the mean of all rewards.
  public let stepSize: Double?
  private var arms = ArmMeans()

  public init(epsilon: Double, optimism: Double = 0, stepSize: Double? = nil) {
    guard (0...1).contains(epsilon) else { fatalError("epsilon is from 0 to 1; found \(epsilon).") }
    self.epsilon = epsilon
    self.optimism = optimism
    self.stepSize = stepSize
  }

  public var name: String {
    let start = optimism == 0 ? "" : ", optimism \(optimism)"
    return epsilon == 0 ? "greedy\(start)" : "ε-greedy, ε = \(epsilon)\(start)"
  }

  public mutating func start(arms: Int) { self.arms = ArmMeans(arms: arms, start: optimism) }

  public mutating func choose(using random: inout PCG64) -> Int {
    if epsilon > 0, random.uniform() < epsilon { return random.integer(below: arms.means.count) }
    return Greedy.randomPlace(arms.means, 0..<arms.means.count, using: &random)
  }

  public mutating func learn(arm: Int, reward: Double) { arms.add(reward, arm: arm, share: stepSize) }
}

/// Pulls the arm that could, with some luck, be the best: `mean + √(breadth · ln t / pulls)`.
///
///     UCB1Agent()      // for payments from 0 to 1; a larger breadth for larger ones
///
/// Reference: Auer, Cesa-Bianchi and Fischer (2002), Finite-time analysis of the multiarmed bandit problem.
public struct UCB1Agent: BanditAgent, Hashable {
  /// How much doubt counts: 2 for payments from 0 to 1; above 0.
  public let breadth: Double
  private var arms = ArmMeans()
  private var pulls = 0

  public init(breadth: Double = 2) {
    guard breadth > 0 else { fatalError("breadth is above 0; found \(breadth).") }
    self.breadth = breadth
  }

  public var name: String { breadth == 2 ? "UCB1" : "UCB, breadth \(breadth)" }

  public mutating func start(arms: Int) { (self.arms, pulls) = (ArmMeans(arms: arms), 0) }

  public mutating func choose(using random: inout PCG64) -> Int {
    if let unknown = arms.counts.firstIndex(of: 0) { return unknown }
    let bounds = arms.means.indices.map {
      arms.means[$0] + (breadth * log(Double(pulls)) / Double(arms.counts[$0])).squareRoot()
    }
    return Greedy.randomPlace(bounds, 0..<bounds.count, using: &random)
  }

  public mutating func learn(arm: Int, reward: Double) {
    arms.add(reward, arm: arm)
    pulls += 1
  }

  /// What regret stays below on average for payments from 0 to 1 and a breadth of 2: `∑ 8 ln(pulls) / gap + (1 + π²/3) ∑
  /// gap`.
  public static func regretBound(_ bandit: some Bandit, pulls: Int) -> Double {
    let gaps = bandit.gaps.filter { $0 > 0 }
    return gaps.reduce(0) { $0 + 8 * log(Double(pulls)) / $1 } + (1 + .pi * .pi / 3) * gaps.reduce(0, +)
  }
}

/// Learns preferences instead of means: arms that pay more than usual are preferred more.
///
/// `p = softmax(preferences)`; after each pull `preferences += stepSize · (reward − baseline) · (pulled − p)`.
///
/// Reference: Sutton and Barto (2018), Reinforcement learning, section 2.8.
public struct GradientBanditAgent: BanditAgent, Hashable {
  /// How far preferences move; above 0.
  public let stepSize: Double
  private var preferences: [Double] = []
  private var shares: [Double] = []
  private var (baseline, pulls) = (0.0, 0)

  public init(stepSize: Double = 0.1) {
    guard stepSize > 0 else { fatalError("stepSize is above 0; found \(stepSize).") }
    self.stepSize = stepSize
  }

  public var name: String { "gradient, step \(stepSize)" }

  public mutating func start(arms: Int) {
    preferences = [Double](repeating: 0, count: arms)
    (baseline, pulls) = (0, 0)
  }

  public mutating func choose(using random: inout PCG64) -> Int {
    let largest = preferences.max() ?? 0
    let weights = preferences.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    shares = weights.map { $0 / sum }
    return Greedy.sample(shares, using: &random)
  }

  public mutating func learn(arm: Int, reward: Double) {
    pulls += 1
    baseline += (reward - baseline) / Double(pulls)
    for other in preferences.indices {
      preferences[other] += stepSize * (reward - baseline) * ((other == arm ? 1 : 0) - shares[other])
    }
  }
}

/// Pulls each arm as likely as it is the best one, as far as is known: it draws what each could pay and takes the largest.
///
///     ThompsonSamplingAgent(.bernoulli)
///
/// Reference: Thompson (1933), On the likelihood that one unknown probability exceeds another.
public struct ThompsonSamplingAgent: BanditAgent, Hashable {
  /// What is believed about an arm.
  public enum Belief: Sendable, Hashable {
    /// Payments of 0 and 1, with a uniform prior of their probability.
    case bernoulli
    /// Normal payments with a known spread, and a normal prior of their mean around 0.
    case gaussian(standardDeviation: Double, priorDeviation: Double)
  }

  /// What is believed about an arm.
  public let belief: Belief
  private var arms = ArmMeans()

  public init(_ belief: Belief) { self.belief = belief }

  public var name: String { "Thompson sampling" }

  public mutating func start(arms: Int) { self.arms = ArmMeans(arms: arms) }

  public mutating func choose(using random: inout PCG64) -> Int {
    var draws: [Double] = []
    for (mean, count) in zip(arms.means, arms.counts.map(Double.init)) {
      switch belief {
      case .bernoulli: draws.append(random.beta(1 + mean * count, 1 + (1 - mean) * count))
      case .gaussian(let spread, let prior):
        let precision = 1 / (prior * prior) + count / (spread * spread)
        let centre = count * mean / (spread * spread) / precision
        draws.append(random.normal(mean: centre, standardDeviation: 1 / precision.squareRoot()))
      }
    }
    return Greedy.place(draws, 0..<draws.count)
  }

  public mutating func learn(arm: Int, reward: Double) {
    if belief == .bernoulli, !(0...1).contains(reward) {
      fatalError("ThompsonSamplingAgent(.bernoulli) needs rewards from 0 to 1; found \(reward).")
    }
    arms.add(reward, arm: arm)
  }
}
