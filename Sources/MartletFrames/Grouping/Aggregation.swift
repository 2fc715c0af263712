/// One value made of many: what ``GroupedFrame/aggregate(_:)`` works out for each group.
///
///     .mean("fare")                              // a column named "mean fare"
///     .median("age").named("typical age")
///     .sum(col("price") * col("amount"))         // of any expression
///
/// Missing values are left out; a group in which none is left has a missing result (its sum is 0). NaN is a value: what
/// is made of it is NaN.
public struct Aggregation: Sendable {
  enum Kind: Sendable {
    case rows, present, sum, mean, median, minimum, maximum, first, last, distinct
    case quantile(Double)
    case variance, standardDeviation
    case custom(@Sendable ([Double]) -> Double?)
  }

  /// What the resulting column is called.
  public let name: String
  let kind: Kind
  let source: any ColumnExpression

  private init(_ kind: Kind, _ label: String, _ source: any ColumnExpression) {
    self.kind = kind
    self.source = source
    name = "\(label) \(source._label)"
  }

  private init(name: String, kind: Kind, source: any ColumnExpression) {
    self.name = name
    self.kind = kind
    self.source = source
  }

  /// How many rows a group has.
  public static func count() -> Aggregation { Aggregation(name: "count", kind: .rows, source: "") }
  /// How many values are there.
  public static func count(_ column: any ColumnExpression) -> Aggregation { Aggregation(.present, "count", column) }
  /// The sum: an `Int` for whole numbers and truth values, else a `Double`.
  public static func sum(_ column: any ColumnExpression) -> Aggregation { Aggregation(.sum, "sum", column) }
  /// The mean, as a `Double`.
  public static func mean(_ column: any ColumnExpression) -> Aggregation { Aggregation(.mean, "mean", column) }
  /// The middle value, or the mean of the two in the middle, as a `Double`.
  public static func median(_ column: any ColumnExpression) -> Aggregation { Aggregation(.median, "median", column) }
  /// The smallest value: of numbers, texts, dates or categories.
  public static func min(_ column: any ColumnExpression) -> Aggregation { Aggregation(.minimum, "min", column) }
  /// The largest value: of numbers, texts, dates or categories.
  public static func max(_ column: any ColumnExpression) -> Aggregation { Aggregation(.maximum, "max", column) }
  /// The value of the first row that has one.
  public static func first(_ column: any ColumnExpression) -> Aggregation { Aggregation(.first, "first", column) }
  /// The value of the last row that has one.
  public static func last(_ column: any ColumnExpression) -> Aggregation { Aggregation(.last, "last", column) }
  /// How many different values there are. (pandas: `nunique`)
  public static func distinctCount(_ column: any ColumnExpression) -> Aggregation {
    Aggregation(.distinct, "distinct", column)
  }

  /// The value below which a fraction lie, interpolated between the two nearest.
  /// - Parameter fraction: 0 for the smallest up to 1 for the largest; stops the cell outside.
  public static func quantile(_ column: any ColumnExpression, _ fraction: Double) -> Aggregation {
    guard (0...1).contains(fraction) else {
      fatalError("A quantile's fraction lies between 0 and 1; found \(fraction).")
    }
    return Aggregation(.quantile(fraction), "quantile \(fraction)", column)
  }

  /// The variance, with `n - 1` as divisor; missing for fewer than two values.
  public static func variance(_ column: any ColumnExpression) -> Aggregation {
    Aggregation(.variance, "variance", column)
  }

  /// The standard deviation, with `n - 1` as divisor; missing for fewer than two values.
  public static func standardDeviation(_ column: any ColumnExpression) -> Aggregation {
    Aggregation(.standardDeviation, "standard deviation", column)
  }

  /// Whatever a function makes of the numbers that are there, in the order of the rows.
  ///
  ///     .custom("range", "price") { prices in (prices.max() ?? 0) - (prices.min() ?? 0) }
  public static func custom(
    _ name: String, _ column: any ColumnExpression, _ reduce: @escaping @Sendable ([Double]) -> Double?
  ) -> Aggregation {
    Aggregation(name: name, kind: .custom(reduce), source: column)
  }

  /// The same under another name.
  public func named(_ name: String) -> Aggregation { Aggregation(name: name, kind: kind, source: source) }
}
