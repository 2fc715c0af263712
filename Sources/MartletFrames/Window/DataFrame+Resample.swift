import Foundation

extension DataFrame {
  /// The rows in groups by the period of time that they fall into, in order, empty periods between included.
  ///
  ///     try sales.resampled(by: "date", every: .month).aggregate(.sum("amount"), .count())
  ///
  /// The result's first column is when each period starts. Rows without a date are left out.
  /// - Parameters:
  ///   - name: a column of dates, in any order.
  ///   - period: how long each group is.
  ///   - includesEmpty: whether periods without a row have one in the result: with a count and a sum of 0, all else
  ///     missing.
  ///   - newName: what the column of the periods' starts is called; by default as the column of dates.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`, or `parameter` for more than ten million periods.
  public func resampled(
    by name: String, every period: DatePeriod, includesEmpty: Bool = true, named newName: String? = nil
  ) throws(FrameError) -> GroupedFrame {
    let dated = try droppingMissing(name)
    let dates = try dated[name, Date.self]
    let numbers = dates.storage.ticks.map { period.number(of: $0) }
    guard includesEmpty, let first = numbers.min(), let last = numbers.max() else {
      let starts = numbers.map { period.start(of: $0) }
      return GroupedFrame(
        dated, keys: [.ticks(newName ?? name, starts, ValidityBitmap(allValid: starts.count))])
    }
    guard last - first < 10_000_000 else {
      throw .parameter(
        "'\(name)' spans \(last - first + 1) periods; at most 10,000,000 are made. Use a longer one or includesEmpty: false."
      )
    }
    let starts = (first...last).map { period.start(of: $0) }
    var firstRows = [Int32](repeating: -1, count: starts.count)
    let ids = numbers.map { Int32($0 - first) }
    for (row, id) in ids.enumerated() where firstRows[Int(id)] < 0 { firstRows[Int(id)] = Int32(row) }
    return GroupedFrame(
      dated, groups: RowGroups(ids: ids, firstRows: firstRows),
      keyValues: [.ticks(newName ?? name, starts, ValidityBitmap(allValid: starts.count))])
  }
}
