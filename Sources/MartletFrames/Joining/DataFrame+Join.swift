extension DataFrame {
  /// Puts rows of two frames side by side where they agree in a column.
  ///
  ///     try orders.joined(customers, on: "customer", kind: .left)
  ///
  /// The key stands once in the result, then come the other columns of this frame and those of the other one. Rows are
  /// in the order of this frame (of the other one for `.right`), those of `.outer` that have no partner at the end. Where
  /// several rows agree, every pair is there. A missing key agrees with nothing, not even with another missing one.
  ///
  /// - Parameters:
  ///   - other: the right frame.
  ///   - name: a column that both frames have, of the same type.
  ///   - kind: which rows are kept.
  ///   - suffix: what is added to the name of a right column that the left frame has, too.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `duplicateColumn`.
  /// - Complexity: O(n + m + pairs).
  public func joined(
    _ other: DataFrame, on name: String, kind: JoinKind = .inner, suffix: String = "_right"
  ) throws(FrameError) -> DataFrame {
    try joined(other, on: [name], equalTo: [name], kind: kind, suffix: suffix)
  }

  /// Puts rows of two frames side by side where they agree in several columns; see
  /// ``joined(_:on:kind:suffix:)-(_,String,_,_)``.
  ///
  ///     try orders.joined(prices, on: ["product", "region"])
  ///     try orders.joined(customers, on: ["customer"], equalTo: ["id"])      // under two names
  /// - Parameters:
  ///   - names: columns of this frame.
  ///   - others: columns of the other frame, if they have other names there.
  public func joined(
    _ other: DataFrame, on names: [String], equalTo others: [String]? = nil, kind: JoinKind = .inner,
    suffix: String = "_right"
  ) throws(FrameError) -> DataFrame {
    let join = try Join(left: self, right: other, on: names, equalTo: others ?? names, suffix: suffix)
    switch kind {
    case .semi: return join.filtered(keepingMatched: true)
    case .anti: return join.filtered(keepingMatched: false)
    case .right: return try join.keepingRight()
    default: return try join.keepingLeft(unmatched: kind != .inner, unmatchedRight: kind == .outer)
    }
  }

  /// Every row of this frame with every row of another one.
  ///
  ///     try sizes.crossJoined(colours)      // all combinations
  /// - Throws: ``FrameError`` of kind `duplicateColumn`.
  public func crossJoined(_ other: DataFrame, suffix: String = "_right") throws(FrameError) -> DataFrame {
    let (product, overflows) = rowCount.multipliedReportingOverflow(by: other.rowCount)
    guard !overflows, product < Int(Int32.max) else {
      throw FrameError(
        kind: .rowCount,
        description: "\(rowCount) × \(other.rowCount) rows are more than a frame holds (2,147,483,646).")
    }
    let left = RowIndex((0..<product).map { Int32($0 / other.rowCount) })
    let right = RowIndex((0..<product).map { Int32($0 % other.rowCount) })
    return try DataFrame(
      columns.map { $0.taking(left) }
        + Join.renamed(other.columns, suffix: suffix, besides: columnNames).map { $0.taking(right) })
  }
}
