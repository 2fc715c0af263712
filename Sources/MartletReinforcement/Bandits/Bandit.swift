import Glibc
import MartletNumerics

/// A row of slot machines: each arm pays by chance, and nobody knows which pays best.
public protocol Bandit: Sendable {
  /// What each arm pays on average.
  var means: [Double] { get }
  /// Pulls an arm, and says what it pays.
  func pull(_ arm: Int, using random: inout PCG64) -> Double
  /// How much a pull of each arm tells about the best one: the Kullback–Leibler divergence of its payments from theirs.
  var divergences: [Double] { get }
}

extension Bandit {
  /// How many arms there are.
  public var armCount: Int { means.count }
  /// The arm that pays best on average, the first of equals.
  public var bestArm: Int { Greedy.place(means, 0..<means.count) }
  /// How much less than the best arm each pays on average: what a pull of it is to be regretted.
  public var gaps: [Double] { means.map { means[bestArm] - $0 } }

  /// How fast regret must grow in the long run, whatever the agent, as a factor of `log(pulls)`: `∑ gap / divergence`.
  ///
  /// Reference: Lai and Robbins (1985), Asymptotically efficient adaptive allocation rules.
  public var leastRegretRate: Double {
    zip(gaps, divergences).reduce(0) { $0 + ($1.0 > 0 ? $1.0 / $1.1 : 0) }
  }
}

/// Arms that pay 1 or 0.
///
///     let bandit = BernoulliBandit(probabilities: [0.45, 0.55])
///     bandit.leastRegretRate      // 4.98…
public struct BernoulliBandit: Bandit, Hashable {
  public let means: [Double]

  /// - Parameter probabilities: how likely each arm pays 1; at least one. Stops the cell unless they are from 0 to 1.
  public init(probabilities: [Double]) {
    guard !probabilities.isEmpty, probabilities.allSatisfy({ (0...1).contains($0) }) else {
      fatalError("A BernoulliBandit needs probabilities from 0 to 1; found \(probabilities).")
    }
    means = probabilities
  }

  public func pull(_ arm: Int, using random: inout PCG64) -> Double { random.uniform() < means[arm] ? 1 : 0 }

  public var divergences: [Double] {
    let best = means[bestArm]
    func part(_ p: Double, _ q: Double) -> Double { p == 0 ? 0 : p * log(p / q) }
    return means.map { part($0, best) + part(1 - $0, 1 - best) }
  }
}

/// Arms whose payments are normal with the same spread.
///
///     GaussianBandit(means: [0, 1, 0.5])
public struct GaussianBandit: Bandit, Hashable {
  public let means: [Double]
  /// The standard deviation of every arm's payments.
  public let standardDeviation: Double

  /// Stops the cell unless there is a mean and the spread is positive.
  public init(means: [Double], standardDeviation: Double = 1) {
    guard !means.isEmpty, standardDeviation > 0 else {
      fatalError("A GaussianBandit needs an arm and a spread above 0; found \(means) and \(standardDeviation).")
    }
    self.means = means
    self.standardDeviation = standardDeviation
  }

  public func pull(_ arm: Int, using random: inout PCG64) -> Double {
    random.normal(mean: means[arm], standardDeviation: standardDeviation)
  }

  public var divergences: [Double] {
    gaps.map { $0 * $0 / (2 * standardDeviation * standardDeviation) }
  }
}
