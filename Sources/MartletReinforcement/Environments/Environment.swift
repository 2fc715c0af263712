import MartletDisplay
import MartletNumerics

/// A world that an agent acts in: it shows something, takes an action, and answers with a reward and what is shown next.
///
/// Environments are values: a copy is another world in the same situation. Those of this module start and move as
/// Gymnasium's do for the same seed and actions.
///
///     var lake = FrozenLake()
///     var state = lake.reset(seed: 42)
///     let step = lake.step(2)
///     state = step.observation
///     step.reward            // 0.0
///     step.isOver            // false
///
/// A world of your own is a struct with these two functions and an action space:
///
///     struct Coin: Environment {
///       let actionSpace = DiscreteSpace(2)
///       var random = PCG64(seed: 0)
///       mutating func reset(seed: UInt64?) -> Int {
///         if let seed { random = PCG64(seed: seed) }
///         return 0
///       }
///       mutating func step(_ guess: Int) -> EnvironmentStep<Int> {
///         EnvironmentStep(observation: 0, reward: guess == random.integer(below: 2) ? 1 : 0, isTerminated: true)
///       }
///     }
public protocol Environment<Observation>: Sendable {
  /// What the agent sees.
  associatedtype Observation: Sendable
  /// The actions that it may take: `0..<actionSpace.count`.
  var actionSpace: DiscreteSpace { get }
  /// Begins an episode.
  ///
  /// - Parameter seed: starts the world's random numbers anew; `nil` goes on with those of the last episode, or with a
  ///   seed from `Random` in the first one.
  /// - Returns: what the agent sees first.
  @discardableResult mutating func reset(seed: UInt64?) -> Observation
  /// Takes an action. Stops the cell when there is no such action, or before the first `reset`.
  mutating func step(_ action: Int) -> EnvironmentStep<Observation>
}

extension Environment {
  /// Begins the next episode with the random numbers of the last one.
  @discardableResult public mutating func reset() -> Observation { reset(seed: nil) }

  /// How many actions there are.
  public var actionCount: Int { actionSpace.count }
}

/// What an environment answers to an action.
public struct EnvironmentStep<Observation: Sendable>: Sendable {
  /// What the agent sees now.
  public var observation: Observation
  /// What the action was worth.
  public var reward: Double
  /// Whether the episode has come to its end: what follows is worth nothing.
  public var isTerminated: Bool
  /// Whether the episode is broken off, as by a time limit: what would have followed may be worth something.
  public var isTruncated: Bool
  /// Whether the episode has ended in either way.
  public var isOver: Bool { isTerminated || isTruncated }

  public init(observation: Observation, reward: Double, isTerminated: Bool = false, isTruncated: Bool = false) {
    self.observation = observation
    self.reward = reward
    self.isTerminated = isTerminated
    self.isTruncated = isTruncated
  }
}

/// An environment whose observations number its states, for methods that keep a table.
public protocol TabularEnvironment: Environment where Observation == Int {
  /// How many states there are: observations are from 0 up to, not including, this.
  var stateCount: Int { get }
}

/// An environment that can be drawn.
public protocol PicturedEnvironment: Environment, RichDisplayable {
  /// The present situation.
  var picture: SVG { get }
}

extension PicturedEnvironment {
  /// The present situation as a picture.
  public func displayBundle() -> DisplayBundle { picture.displayBundle() }
}

/// What environments have in common when they are misused.
enum EnvironmentChecks {
  static func action(_ action: Int, of space: DiscreteSpace, in name: String) {
    guard space.contains(action) else {
      fatalError("\(name) has the actions 0 to \(space.count - 1); found \(action).")
    }
  }

  static func begun(_ hasBegun: Bool, _ name: String) {
    guard hasBegun else { fatalError("\(name) has no episode yet. Call reset() before step(_:).") }
  }
}

/// An environment's random numbers: those of the last seed that was given.
struct EnvironmentRandom: Sendable {
  private(set) var hasBegun = false
  var generator = PCG64(seed: 0)

  mutating func reset(seed: UInt64?) {
    if let seed {
      generator = PCG64(seed: seed)
    } else if !hasBegun {
      generator = PCG64(seed: Random.nextSeed())
    }
    hasBegun = true
  }
}
