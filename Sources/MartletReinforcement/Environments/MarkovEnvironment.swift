import MartletNumerics

/// An environment that is a walk through a known ``MarkovDecisionProcess``.
public protocol MarkovEnvironment: TabularEnvironment {
  /// What may happen.
  var process: MarkovDecisionProcess { get }
  /// Where the walk is.
  var walk: MarkovWalk { get set }
}

extension MarkovEnvironment {
  public var stateCount: Int { process.stateCount }

  @discardableResult public mutating func reset(seed: UInt64?) -> Int { walk.reset(process, seed: seed) }

  public mutating func step(_ action: Int) -> EnvironmentStep<Int> {
    EnvironmentChecks.action(action, of: actionSpace, in: "\(Self.self)")
    EnvironmentChecks.begun(walk.hasBegun, "\(Self.self)")
    return walk.step(process, action)
  }
}

/// A place in a ``MarkovDecisionProcess``, and the random numbers that decide where it goes.
public struct MarkovWalk: Sendable {
  /// The present state.
  public private(set) var state = 0
  /// The last action of this episode.
  public private(set) var lastAction: Int?
  private var random = EnvironmentRandom()
  private var counter: StepCounter

  /// - Parameter stepLimit: after how many steps an episode is broken off; `nil` for never.
  public init(stepLimit: Int? = nil) { counter = StepCounter(limit: stepLimit) }

  var hasBegun: Bool { random.hasBegun }

  mutating func reset(_ process: MarkovDecisionProcess, seed: UInt64?) -> Int {
    random.reset(seed: seed)
    counter.reset()
    lastAction = nil
    let place = random.generator.uniform()
    var sum = 0.0
    state =
      process.startProbabilities.firstIndex { probability in
        sum += probability
        return sum > place
      } ?? 0
    return state
  }

  mutating func step(_ process: MarkovDecisionProcess, _ action: Int) -> EnvironmentStep<Int> {
    let outcomes = process.outcomes[state][action]
    let place = random.generator.uniform()
    var sum = 0.0
    // Rounding may leave the sum a little below 1; as in Gymnasium the first outcome then happens.
    let happens = outcomes.firstIndex { outcome in
      sum += outcome.probability
      return sum > place
    }
    let outcome = outcomes[happens ?? 0]
    state = outcome.state
    lastAction = action
    return EnvironmentStep(
      observation: state, reward: outcome.reward, isTerminated: outcome.isTerminal, isTruncated: counter.count())
  }
}
