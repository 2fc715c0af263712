import MartletNumerics

extension Column where Element: ColumnNumber {
  /// The sum of the values that are there; 0 when there are none. Stops the cell where a sum of whole numbers does not fit their type.
  public func sum() -> Element { present.reduce(0, +) }
  /// The mean of the values that are there; NaN when there are none.
  public func mean() -> Double { doubles.mean() }
  /// The standard deviation of the values that are there, with `n - 1` as divisor.
  public func standardDeviation(degreesOfFreedom: Int = 1) -> Double {
    doubles.standardDeviation(degreesOfFreedom: degreesOfFreedom)
  }
  /// The middle of the values that are there; NaN when there are none.
  public func median() -> Double { quantile(0.5) }
  /// The value below which a fraction of those that are there lie.
  public func quantile(_ fraction: Double) -> Double { MartletNumerics.quantile(doubles.scalars, fraction) }

  var doubles: Matrix { Matrix(present.map(\.columnDouble)) }
}

extension Column where Element: Comparable {
  /// The smallest of the values that are there: the first in order, for texts and dates; `nil` when there are none.
  public func min() -> Element? { present.min() }
  /// The largest of the values that are there; `nil` when there are none.
  public func max() -> Element? { present.max() }
}

/// A number that a column holds: `Double`, `Float`, `Int` or `Int32`.
public protocol ColumnNumber: ColumnElement, Comparable, Numeric {
  /// The same number with a fraction.
  var columnDouble: Double { get }
}

extension Double: ColumnNumber {
  public var columnDouble: Double { self }
}

extension Int: ColumnNumber {
  public var columnDouble: Double { Double(self) }
}

extension Float: ColumnNumber {
  public var columnDouble: Double { Double(self) }
}

extension Int32: ColumnNumber {
  public var columnDouble: Double { Double(self) }
}
