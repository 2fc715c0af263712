import Glibc

/// How a rate, such as exploration or the step of learning, changes from episode to episode.
///
///     RateSchedule.linear(from: 1, to: 0.05, over: 500).value(at: 250)      // 0.525
///     RateSchedule.exponential(from: 1, to: 0.01, halfLife: 100).value(at: 200)      // 0.25
///     let rate: RateSchedule = 0.1                                          // always the same
public enum RateSchedule: Sendable, Hashable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Always the same.
  case constant(Double)
  /// In equal steps from the first value to the last, within so many episodes; then it stays.
  case linear(from: Double, to: Double, over: Int)
  /// Half as much after every so many episodes, but never less than the last value.
  case exponential(from: Double, to: Double, halfLife: Double)
  /// `from / (1 + episode / halfLife)`: as slow as a mean of all episodes learns.
  case inverse(from: Double, halfLife: Double)

  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  /// The rate in an episode, counted from 0.
  public func value(at episode: Int) -> Double {
    switch self {
    case .constant(let value): value
    case .linear(let first, let last, let length):
      length <= 0 ? last : first + (last - first) * min(1, Double(episode) / Double(length))
    case .exponential(let first, let last, let halfLife): max(last, first * exp2(-Double(episode) / halfLife))
    case .inverse(let first, let halfLife): first / (1 + Double(episode) / halfLife)
    }
  }

  /// Whether every value lies in a range.
  func stays(in range: ClosedRange<Double>) -> Bool {
    switch self {
    case .constant(let value): range.contains(value)
    case .linear(let first, let last, let length): length >= 0 && range.contains(first) && range.contains(last)
    case .exponential(let first, let last, let halfLife):
      halfLife > 0 && range.contains(first) && range.contains(last)
    case .inverse(let first, let halfLife): halfLife > 0 && range.contains(first)
    }
  }
}
