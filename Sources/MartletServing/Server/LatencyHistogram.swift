import Foundation

/// How long answers took: counts in classes that are each a 16th of a doubling wide, so that quantiles are exact to 4.5 %.
public struct LatencyHistogram: Sendable, Equatable {
  /// From a nanosecond to a minute and more.
  private var counts = [Int](repeating: 0, count: 40 * Self.perDoubling)
  private static let perDoubling = 16
  /// How many answers were timed.
  public private(set) var count = 0
  /// How long all of them took, in seconds.
  public private(set) var totalSeconds = 0.0

  package init() {}

  package mutating func add(nanoseconds: UInt64) {
    let place = Int(log2(Double(max(nanoseconds, 1))) * Double(Self.perDoubling))
    counts[min(place, counts.count - 1)] += 1
    count += 1
    totalSeconds += Double(nanoseconds) / 1e9
  }

  /// The seconds within which the fraction `share` of the answers came; not a number before the first.
  /// - Parameter share: from 0 to 1: 0.5 for the median.
  public func quantile(_ share: Double) -> Double {
    guard count > 0 else { return .nan }
    let rank = Int((min(max(share, 0), 1) * Double(count)).rounded(.up))
    var passed = 0
    for (place, own) in counts.enumerated() {
      passed += own
      // The middle of the class, by its logarithm.
      if own > 0, passed >= rank { return Foundation.exp2((Double(place) + 0.5) / Double(Self.perDoubling)) / 1e9 }
    }
    return .nan
  }

  /// How many answers took less than 2 to the power of `exponent` nanoseconds.
  package func count(below exponent: Int) -> Int { counts[..<(exponent * Self.perDoubling)].reduce(0, +) }
}
