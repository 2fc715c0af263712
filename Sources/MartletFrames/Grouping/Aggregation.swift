import MartletNumerics

/// One number made of many: what ``GroupedFrame/aggregate(_:)`` works out for each group.
///
///     .mean("fare")                          // a column named "mean fare"
///     .median("age").named("typical age")
///
/// Missing values are left out; a group in which none is left has a missing result (its sum is 0).
public struct Aggregation: Sendable {
  /// What the resulting column is called.
  public let name: String
  private let source: String?
  private let reduce: @Sendable (_ present: [Double], _ rows: Int) -> Double?
  private let isWhole: Bool

  /// How many rows a group has.
  public static func count() -> Aggregation {
    Aggregation(name: "count", source: nil, reduce: { _, rows in Double(rows) }, isWhole: true)
  }
  /// The sum.
  public static func sum(_ column: String) -> Aggregation { numeric("sum", column) { Matrix($0).sum() } }
  /// The mean.
  public static func mean(_ column: String) -> Aggregation { filled("mean", column) { MartletNumerics.mean($0) } }
  /// The middle value.
  public static func median(_ column: String) -> Aggregation { filled("median", column) { MartletNumerics.median($0) } }
  /// The smallest value.
  public static func min(_ column: String) -> Aggregation { filled("min", column) { Matrix($0).min() } }
  /// The largest value.
  public static func max(_ column: String) -> Aggregation { filled("max", column) { Matrix($0).max() } }
  /// The value below which a fraction lie.
  public static func quantile(_ column: String, _ fraction: Double) -> Aggregation {
    filled("quantile \(fraction)", column) { MartletNumerics.quantile($0, fraction) }
  }
  /// The standard deviation, with `n - 1` as divisor; missing for fewer than two values.
  public static func standardDeviation(_ column: String) -> Aggregation {
    numeric("standard deviation", column) {
      $0.count < 2 ? nil : MartletNumerics.standardDeviation($0, degreesOfFreedom: 1)
    }
  }

  /// The same under another name.
  public func named(_ name: String) -> Aggregation {
    Aggregation(name: name, source: source, reduce: reduce, isWhole: isWhole)
  }

  private static func filled(
    _ name: String, _ column: String, _ reduce: @escaping @Sendable ([Double]) -> Double
  ) -> Aggregation {
    numeric(name, column) { $0.isEmpty ? nil : reduce($0) }
  }

  private static func numeric(
    _ name: String, _ column: String, _ reduce: @escaping @Sendable ([Double]) -> Double?
  ) -> Aggregation {
    Aggregation(name: "\(name) \(column)", source: column, reduce: { present, _ in reduce(present) }, isWhole: false)
  }

  /// One value for each group of rows.
  func evaluate(_ frame: DataFrame, _ groups: [[Int]]) throws(FrameError) -> AnyColumn {
    let numbers = try source.map { name throws(FrameError) in try frame.column(name).numbers() }
    let results = groups.map { rows in
      reduce(numbers.map { numbers in rows.compactMap { numbers[$0] } } ?? [], rows.count)
    }
    if isWhole { return AnyColumn(Column(name, results.map { $0.map { Int($0) } })) }
    return AnyColumn(Column(name, results))
  }
}
