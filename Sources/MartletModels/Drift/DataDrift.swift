import CMartletRuntime
import MartletFrames
import MartletNumerics

/// How much a feature has changed between two times: what a model in use is watched by.
///
///     let drift = try DataDrift.between(lastYear, thisYear)
///     drift.stabilityIndex      // below 0.1 as good as unchanged, above 0.25 another distribution
///     try DataDrift.report(before: training, after: today)      // all columns of two tables
public struct DataDrift: Sendable, Equatable {
  /// What the stability index means, by the usual rule of thumb.
  public enum Verdict: String, Sendable, Codable {
    /// Below 0.1.
    case none
    /// From 0.1 to 0.25: look at it.
    case moderate
    /// Above 0.25: fit the model again, or find out what has happened.
    case large
  }

  /// `∑ (a − b) log(a / b)` over bins, `b` and `a` being their shares before and after: the population stability index.
  public let stabilityIndex: Double
  /// The largest distance between the two cumulative distributions, Kolmogorov and Smirnov's; of categories, half the sum
  /// of the differences of their shares.
  public let distance: Double
  /// How probable such a distance, or a larger one, would be by chance alone.
  public let pValue: Double

  /// What the stability index means.
  public var verdict: Verdict { stabilityIndex < 0.1 ? .none : stabilityIndex <= 0.25 ? .moderate : .large }

  /// The drift of a number.
  ///
  /// - Parameters:
  ///   - before: values at the first time, at least one, all finite.
  ///   - after: values at the second.
  ///   - bins: how many bins with equally many values before; at least 2. An empty one counts as a ten-thousandth.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · m) for the exact probability, for more than four million pairs O((n + m) log(n + m)) for its limit.
  ///
  /// Reference: Hodges (1958), The significance probability of the Smirnov two-sample test.
  public static func between(_ before: [Double], _ after: [Double], bins: Int = 10) throws(FitError) -> DataDrift {
    try SampleChecks.parameter(bins > 1, "bins", "above 1", bins)
    for values in [before, after] {
      guard !values.isEmpty else { throw Self.empty }
      try SampleChecks.finite(values, "value", width: 1)
    }
    let sorted = before.sorted()
    let edges = (1..<bins).map { quantile(sorted, Double($0) / Double(bins)) }
    func shares(_ values: [Double]) -> [Double] {
      var counts = [Double](repeating: 0, count: bins)
      for value in values { counts[edges.count { $0 <= value }] += 1 }
      return counts.map { $0 / Double(values.count) }
    }
    let distance = distance(sorted, after.sorted())
    return DataDrift(
      stabilityIndex: index(shares(before), shares(after)), distance: distance,
      pValue: pValue(distance, before.count, after.count))
  }

  /// The drift of a category; the probability is that of the χ² test of both times' counts.
  /// - Throws: ``FitError`` of kind `tooFewSamples`.
  public static func between<Category: Hashable>(_ before: [Category], _ after: [Category]) throws(FitError)
    -> DataDrift
  {
    guard !before.isEmpty, !after.isEmpty else { throw empty }
    var counts: [Category: (Double, Double)] = [:]
    for category in before { counts[category, default: (0, 0)].0 += 1 }
    for category in after { counts[category, default: (0, 0)].1 += 1 }
    let (n, m) = (Double(before.count), Double(after.count))
    // In the order of their sizes, so that sums do not depend on the order of a dictionary.
    let pairs = counts.values.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let statistic = pairs.reduce(0.0) { sum, pair in
      let (first, second) = ((pair.0 + pair.1) * n / (n + m), (pair.0 + pair.1) * m / (n + m))
      return sum + (pair.0 - first) * (pair.0 - first) / first + (pair.1 - second) * (pair.1 - second) / second
    }
    let freedom = Double(pairs.count - 1)
    return DataDrift(
      stabilityIndex: index(pairs.map { $0.0 / n }, pairs.map { $0.1 / m }),
      distance: pairs.reduce(0) { $0 + abs($1.0 / n - $1.1 / m) } / 2,
      pValue: freedom > 0 ? upperIncompleteGamma(freedom / 2, statistic / 2) : 1)
  }

  /// The drift of every column that both tables have, the largest first: `column`, `stabilityIndex`, `distance`, `pValue`,
  /// `verdict`. Missing values are left out of numbers, and are a category of texts.
  /// - Throws: ``FitError`` of kind `table` when the tables share no column, and as for single columns.
  public static func report(before: DataFrame, after: DataFrame, bins: Int = 10) throws(FitError) -> DataFrame {
    let names = before.columnNames.filter(after.columnNames.contains)
    guard !names.isEmpty else {
      throw FitError(
        .table, expected: "a column that both tables have", found: "\(before.columnNames) and \(after.columnNames)",
        advice: "Name the columns alike.")
    }
    var rows: [(name: String, drift: DataDrift)] = []
    for name in names {
      martlet_poll()
      let columns = try SampleChecks.table { () throws(FrameError) in (try before.column(name), try after.column(name))
      }
      if columns.0.isNumeric && columns.1.isNumeric {
        let numbers = try SampleChecks.table { () throws(FrameError) in
          (try columns.0.numbers().compactMap { $0 }, try columns.1.numbers().compactMap { $0 })
        }
        rows.append((name, try between(numbers.0, numbers.1, bins: bins)))
      } else {
        rows.append((name, try between(columns.0.texts(), columns.1.texts())))
      }
    }
    let order = rows.indices.sorted { (-rows[$0].drift.stabilityIndex, $0) < (-rows[$1].drift.stabilityIndex, $1) }
    let sorted = order.map { rows[$0] }
    return TableNames.frame([
      AnyColumn(Column("column", sorted.map(\.name))),
      AnyColumn(Column("stabilityIndex", sorted.map(\.drift.stabilityIndex))),
      AnyColumn(Column("distance", sorted.map(\.drift.distance))),
      AnyColumn(Column("pValue", sorted.map(\.drift.pValue))),
      AnyColumn(Column("verdict", sorted.map(\.drift.verdict.rawValue))),
    ])
  }

  private static let empty = FitError(
    .tooFewSamples, expected: "at least one value at each time", found: "none", advice: "Check what was filtered.")

  private static func index(_ before: [Double], _ after: [Double]) -> Double {
    zip(before, after).reduce(0) { sum, shares in
      let (b, a) = (max(shares.0, 1e-4), max(shares.1, 1e-4))
      return sum + (a - b) * log(a / b)
    }
  }

  /// Of sorted values.
  private static func distance(_ x: [Double], _ y: [Double]) -> Double {
    var (i, j, largest) = (0, 0, 0.0)
    while i < x.count, j < y.count {
      let value = min(x[i], y[j])
      while i < x.count, x[i] == value { i += 1 }
      while j < y.count, y[j] == value { j += 1 }
      largest = max(largest, abs(Double(i) / Double(x.count) - Double(j) / Double(y.count)))
    }
    return largest
  }

  /// Of all orders of both times' values, the share whose distance is as large: one less those that stay within it.
  private static func pValue(_ distance: Double, _ n: Int, _ m: Int) -> Double {
    if distance == 0 { return 1 }
    guard n * m <= 4_000_000 else {
      let scaled = distance * (Double(n) * Double(m) / Double(n + m)).squareRoot()
      let sum = (1...100).reduce(0.0) { sum, k in
        sum + (k.isMultiple(of: 2) ? -1 : 1) * exp(-2 * Double(k * k) * scaled * scaled)
      }
      return min(max(2 * sum, 0), 1)
    }
    let limit = distance - 1e-12
    var row = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m {
        if abs(Double(i) / Double(n) - Double(j) / Double(m)) >= limit {
          row[j] = 0
        } else if i + j == 0 {
          row[j] = 1
        } else {
          let from = (j > 0 ? row[j - 1] * Double(j) : 0) + (i > 0 ? row[j] * Double(i) : 0)
          row[j] = from / Double(i + j)
        }
      }
    }
    return min(max(1 - row[m], 0), 1)
  }
}
