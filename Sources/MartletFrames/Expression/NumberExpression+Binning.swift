import Foundation

extension NumberExpression {
  /// The interval that each value lies in, as text such as "(18, 65]"; missing outside of all. (pandas: `cut`)
  ///
  ///     try df.adding("group", col("age").binned(at: [0, 18, 65, 120], labels: ["child", "adult", "senior"]))
  /// - Parameters:
  ///   - edges: in ascending order, at least two. An interval does not include its lower edge, but the first one does.
  ///   - labels: a name for each interval, one fewer than edges.
  public func binned(at edges: [Double], labels: [String]? = nil) -> TextExpression {
    TextExpression("binned \(_label)") { context throws(FrameError) in
      try Binning(edges, labels).column(try _evaluate(context))
    }
  }

  /// The quantile that each value lies in, as text. (pandas: `qcut`)
  ///
  ///     try df.adding("quarter", col("income").binned(intoQuantiles: 4))
  /// - Parameters:
  ///   - count: how many intervals, each with about as many values.
  ///   - labels: a name for each interval.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `parameter` where two quantiles are equal.
  public func binned(intoQuantiles count: Int, labels: [String]? = nil) -> TextExpression {
    TextExpression("binned \(_label)") { context throws(FrameError) in
      guard count >= 1 else { throw .parameter("There is at least one interval; found \(count).") }
      let column = try _evaluate(context)
      var present = try column.presentDoubles().filter { !$0.isNaN }
      let known = present.count
      guard !present.isEmpty else { throw .parameter("'\(column.name)' has no value to make intervals of.") }
      let edges = present.withMutablePointer { values in
        (0...count).map { Selection.quantile(values, known, Double($0) / Double(count)) }
      }
      return try Binning(edges, labels).column(column)
    }
  }
}

/// Intervals, and what they are called.
private struct Binning {
  private let edges: [Double]
  private let labels: [String]

  init(_ edges: [Double], _ labels: [String]?) throws(FrameError) {
    guard edges.count >= 2, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .parameter("Intervals need at least two edges in ascending order, all different; found \(edges).")
    }
    if let labels, labels.count != edges.count - 1 {
      throw .parameter("\(edges.count) edges make \(edges.count - 1) intervals; \(labels.count) labels were given.")
    }
    self.edges = edges
    self.labels =
      labels
      ?? zip(edges, edges.dropFirst()).enumerated().map { place, ends in
        "\(place == 0 ? "[" : "(")\(Self.shown(ends.0)), \(Self.shown(ends.1))]"
      }
  }

  private static func shown(_ edge: Double) -> String {
    edge == edge.rounded() && abs(edge) < 1e15 ? String(Int(edge)) : "\(edge)"
  }

  func column(_ column: AnyColumn) throws(FrameError) -> Column<String> {
    let values = try column.doubleValues()
    return Column("", values.indices.map { row in column.isPresent(row) ? label(values[row]) : nil })
  }

  private func label(_ value: Double) -> String? {
    guard let first = edges.first, let last = edges.last, value >= first, value <= last else { return nil }
    // The first interval includes its lower edge.
    let place = edges.firstIndex { value <= $0 } ?? 0
    return labels[max(place - 1, 0)]
  }
}
