import Foundation

/// A window that moves along the rows; what it is made into stands at its last row.
///
///     col("price").rolling(7).mean()
///     col("price").rolling(30, minimumCount: 1).max()
///     col("load").rolling(.hours(6), by: "time").mean()
///
/// Within ``NumberExpression/over(_:orderedBy:)`` a window does not reach beyond its group.
public struct RollingWindow: Sendable {
  enum Extent: Sendable {
    case rows(Int, isCentered: Bool)
    case time(DatePeriod, column: String)
  }
  let source: NumberExpression
  let extent: Extent
  let minimumCount: Int

  /// The sum of the values in the window.
  public func sum() -> NumberExpression { rolled("sum", minimum: minimumCount) { $0.sum } }
  /// The mean of the values in the window.
  public func mean() -> NumberExpression { rolled("mean", minimum: minimumCount) { $0.mean } }
  /// The smallest of the values in the window.
  public func min() -> NumberExpression { rolled("min", minimum: minimumCount) { $0.least } }
  /// The largest of the values in the window.
  public func max() -> NumberExpression { rolled("max", minimum: minimumCount) { $0.largest } }
  /// The variance of the values in the window, with `n - 1` as divisor.
  public func variance() -> NumberExpression {
    rolled("variance", minimum: Swift.max(minimumCount, 2)) { $0.squares / Double($0.count - 1) }
  }
  /// The standard deviation of the values in the window, with `n - 1` as divisor.
  public func standardDeviation() -> NumberExpression {
    rolled("standard deviation", minimum: Swift.max(minimumCount, 2)) {
      ($0.squares / Double($0.count - 1)).squareRoot()
    }
  }

  /// The median of the values in the window.
  /// - Complexity: O(n · w) for windows of w rows.
  public func median() -> NumberExpression {
    source.mapping("rolling median") { column, context throws(FrameError) in
      let values = try column.doubleValues()
      let bounds = try bounds(context)
      return AnyColumn(
        Column(
          "",
          bounds.map { window -> Double? in
            var present = window.filter { column.validity[$0] }.map { values[$0] }
            guard present.count >= Swift.max(minimumCount, 1) else { return nil }
            return present.withMutablePointer {
              Selection.quantile($0, window.count(where: { column.validity[$0] }), 0.5)
            }
          }))
    }
  }

  private func rolled(
    _ label: String, minimum: Int, _ result: @escaping @Sendable (WindowState) -> Double
  ) -> NumberExpression {
    source.mapping("rolling \(label)") { column, context throws(FrameError) in
      let values = try column.doubleValues()
      let states = WindowState.sliding(values, column.validity, try bounds(context))
      return AnyColumn(Column("", states.map { $0.count >= Swift.max(minimum, 1) ? result($0) : nil }))
    }
  }

  /// The rows of the window at each row; both ends only ever move on.
  private func bounds(_ context: ExpressionContext) throws(FrameError) -> [Range<Int>] {
    var bounds = [Range<Int>](repeating: 0..<0, count: context.rowCount)
    switch extent {
    case .rows(let size, let isCentered):
      let ahead = isCentered ? (size - 1) / 2 : 0
      context.forEachSegment { segment in
        for row in segment {
          let end = Swift.min(row + 1 + ahead, segment.upperBound)
          bounds[row] = Swift.max(segment.lowerBound, row + 1 + ahead - size)..<end
        }
      }
    case .time(let period, let name):
      let dates = try context.frame[name, Date.self]
      let ticks = dates.storage.ticks
      var wrong: Int?
      context.forEachSegment { segment in
        var start = segment.lowerBound
        for row in segment {
          if !dates.validity[row] || (row > segment.lowerBound && ticks[row] < ticks[row - 1]) { wrong = wrong ?? row }
          let limit = period.adding(-1, to: ticks[row])
          while start < row, ticks[start] <= limit { start += 1 }
          bounds[row] = start..<row + 1
        }
      }
      if let wrong {
        throw .parameter(
          "A window of time needs '\(name)' in ascending order without missing dates; row \(wrong) is not. Sort by it first."
        )
      }
    }
    return bounds
  }
}

extension NumberExpression {
  /// A window of so many rows that ends at each row.
  /// - Parameters:
  ///   - size: how many rows, at least 1.
  ///   - minimumCount: how many values have to be there for a result; `size` unless given. (pandas: `min_periods`)
  ///   - isCentered: whether the window has the row in its middle.
  public func rolling(_ size: Int, minimumCount: Int? = nil, isCentered: Bool = false) -> RollingWindow {
    guard size > 0 else { fatalError("A rolling window has at least one row; found \(size).") }
    return RollingWindow(
      source: self, extent: .rows(size, isCentered: isCentered), minimumCount: minimumCount ?? size)
  }

  /// A window of time that ends at each row and does not include its start. (pandas: `rolling("7D")`)
  /// - Parameters:
  ///   - period: how long it is.
  ///   - name: a column of dates in ascending order.
  ///   - minimumCount: how many values have to be there for a result.
  public func rolling(_ period: DatePeriod, by name: String, minimumCount: Int = 1) -> RollingWindow {
    RollingWindow(source: self, extent: .time(period, column: name), minimumCount: minimumCount)
  }

  /// A mean in which each row counts less the longer ago it is.
  ///
  /// `yₜ = ∑ (1 − α)ⁱ xₜ₋ᵢ / ∑ (1 − α)ⁱ` with `α = 2 / (span + 1)`. (pandas: `ewm(span=…).mean()`) Missing values are
  /// missing in the result; they still let the weights of the older ones fall.
  /// - Parameter span: 1 or more; the larger, the smoother.
  public func exponentialMean(span: Double) -> NumberExpression {
    guard span >= 1 else { fatalError("A span is at least 1; found \(span).") }
    let keep = 1 - 2 / (span + 1)
    return mapping("exponential mean") { column, context throws(FrameError) in
      let values = try column.doubleValues()
      var means = values
      context.forEachSegment { segment in
        var (sum, weight) = (0.0, 0.0)
        for row in segment {
          sum *= keep
          weight *= keep
          guard column.validity[row] else { continue }
          sum += values[row]
          weight += 1
          means[row] = sum / weight
        }
      }
      return .doubles("", means, column.validity)
    }
  }
}
