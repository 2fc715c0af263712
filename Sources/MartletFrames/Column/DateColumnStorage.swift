import Foundation

/// Instants as whole microseconds since 1970, so that equal ones are equal to the last bit.
public struct DateColumnStorage: ColumnStorage {
  /// Microseconds since the start of 1970 in UTC.
  package let ticks: [Int]

  package init(ticks: [Int]) { self.ticks = ticks }
  public init(_ values: [Date]) { ticks = values.map(\.columnTicks) }
  public init(filling values: [Date?]) { ticks = values.map { $0?.columnTicks ?? 0 } }
  public var count: Int { ticks.count }
  public subscript(row: Int) -> Date { Date(columnTicks: ticks[row]) }
  public var array: [Date] { ticks.map { Date(columnTicks: $0) } }
}

extension Date {
  /// Microseconds since 1970, rounded; the nearest that a column can hold for dates out of its 292,000 years.
  var columnTicks: Int {
    let ticks = (timeIntervalSince1970 * 1e6).rounded()
    return ticks >= 0x1p63 ? .max : ticks < -0x1p63 ? .min : ticks.isNaN ? 0 : Int(ticks)
  }

  init(columnTicks: Int) { self.init(timeIntervalSince1970: Double(columnTicks) / 1e6) }
}
