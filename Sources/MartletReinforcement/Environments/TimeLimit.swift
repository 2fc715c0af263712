/// Breaks episodes off after a number of steps, unless they have ended by themselves.
///
///     var world = TimeLimit(MyWorld(), steps: 100)
///
/// The environments of this module have a `stepLimit` of their own.
public struct TimeLimit<Base: Environment>: Environment {
  /// The environment within.
  public private(set) var base: Base
  private var counter: StepCounter

  /// - Parameter steps: after how many an episode is broken off; at least 1.
  public init(_ base: Base, steps: Int) {
    self.base = base
    counter = StepCounter(limit: steps)
  }

  public var actionSpace: DiscreteSpace { base.actionSpace }

  @discardableResult public mutating func reset(seed: UInt64?) -> Base.Observation {
    counter.reset()
    return base.reset(seed: seed)
  }

  public mutating func step(_ action: Int) -> EnvironmentStep<Base.Observation> {
    var step = base.step(action)
    if counter.count() { step.isTruncated = true }
    return step
  }
}

extension TimeLimit: TabularEnvironment where Base: TabularEnvironment {
  public var stateCount: Int { base.stateCount }
}

/// Counts the steps of an episode.
struct StepCounter: Sendable {
  let limit: Int?
  private var steps = 0

  init(limit: Int?) {
    if let limit, limit < 1 { fatalError("A time limit needs at least 1 step; found \(limit).") }
    self.limit = limit
  }

  mutating func reset() { steps = 0 }

  /// Counts a step, and says whether the limit is reached.
  mutating func count() -> Bool {
    steps += 1
    return limit.map { steps >= $0 } ?? false
  }
}
