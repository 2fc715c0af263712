import Foundation
import MartletNumerics

/// How one feature is distributed, and how its values become terms.
struct TermColumn: Sendable {
  /// The values between two cuts.
  private struct Interval: Sendable {
    let mean, deviation, low, high, share: Double
  }

  private let mean, deviation: Double
  /// Ascending; empty where the feature is a term itself.
  private let cuts: [Double]
  private let intervals: [Interval]

  /// - Parameter cuts: into how many intervals of about as many values to cut; `nil` for none.
  init(_ values: [Double], cuts count: Int?) {
    mean = MartletNumerics.mean(values)
    let spread = standardDeviation(values)
    deviation = spread > 0 ? spread : 1
    guard let count else {
      (cuts, intervals) = ([], [])
      return
    }
    let cuts = Set(quantiles(values, (1..<count).map { Double($0) / Double(count) })).sorted()
    self.cuts = cuts
    let members = Dictionary(grouping: values) { value in cuts.firstIndex { value <= $0 } ?? cuts.count }
    intervals = members.sorted { $0.key < $1.key }.map { _, own in
      Interval(
        mean: MartletNumerics.mean(own), deviation: standardDeviation(own), low: own.min() ?? 0, high: own.max() ?? 0,
        share: Double(own.count) / Double(values.count))
    }
  }

  private func interval(of value: Double) -> Int { cuts.firstIndex { value <= $0 } ?? cuts.count }

  /// 1 where two values are in the same interval, else 0; without intervals the value in standard deviations.
  func term(of value: Double, near own: Double) -> Double {
    intervals.isEmpty ? (value - mean) / deviation : interval(of: value) == interval(of: own) ? 1 : 0
  }

  /// A value as the feature is distributed.
  func draw(using random: inout PCG64) -> Double {
    guard !intervals.isEmpty else { return mean + deviation * random.standardNormal() }
    var left = random.uniform()
    let chosen =
      intervals.first { interval in
        left -= interval.share
        return left < 0
      } ?? intervals[intervals.count - 1]
    guard chosen.deviation > 0 else { return chosen.mean }
    // A normal distribution that is cut off at the ends of the interval.
    let normal = NormalDistribution(mean: chosen.mean, standardDeviation: chosen.deviation)
    let (low, high) = (normal.cdf(chosen.low), normal.cdf(chosen.high))
    return min(max(normal.quantile(random.uniform(from: low, to: high)), chosen.low), chosen.high)
  }

  /// The condition that a value meets: `1.2 < length ≤ 3.4`.
  func name(_ feature: String, near value: Double) -> String {
    guard !cuts.isEmpty else { return feature }
    let texts = cuts.map { String(format: "%.3g", $0) }
    let place = interval(of: value)
    if place == 0 { return "\(feature) ≤ \(texts[0])" }
    if place == cuts.count { return "\(feature) > \(texts[place - 1])" }
    return "\(texts[place - 1]) < \(feature) ≤ \(texts[place])"
  }
}
