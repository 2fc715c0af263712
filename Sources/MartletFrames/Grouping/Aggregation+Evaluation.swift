extension Aggregation {
  /// One value for each group of rows.
  func evaluate(_ frame: DataFrame, _ groups: GroupedRows) throws(FrameError) -> AnyColumn {
    if case .rows = kind { return AnyColumn(Column(name, groups.sizes)) }
    let column = try source._evaluate(ExpressionContext(frame))
    return try result(column, groups).renamed(name)
  }

  private func result(_ column: AnyColumn, _ groups: GroupedRows) throws(FrameError) -> AnyColumn {
    switch kind {
    case .rows, .present: return AnyColumn(Column(name, GroupSums.counts(column.validity, groups)))
    case .sum: return try GroupSums.sum(column, groups)
    case .mean: return try GroupSums.mean(column, groups)
    case .variance: return try GroupSums.variance(column, groups) { $0 }
    case .standardDeviation: return try GroupSums.variance(column, groups) { $0.squareRoot() }
    case .minimum: return column.taking(GroupPicks.least(column, groups))
    case .maximum: return column.taking(GroupPicks.largest(column, groups))
    case .first: return column.taking(GroupPicks.first(column.validity, groups))
    case .last: return column.taking(GroupPicks.last(column.validity, groups))
    case .distinct: return AnyColumn(Column(name, GroupPicks.distinctCounts(column, groups)))
    case .median: return try GroupQuantiles.quantile(column, 0.5, groups)
    case .quantile(let fraction): return try GroupQuantiles.quantile(column, fraction, groups)
    case .custom(let reduce):
      let values = try GroupQuantiles.presentValues(column, groups)
      return AnyColumn(
        Column(name, (0..<groups.count).map { reduce(Array(values.values[values.starts[$0]..<values.starts[$0 + 1]])) })
      )
    }
  }
}

/// The groups of some rows, with what several aggregations need of them, worked out once.
final class GroupedRows {
  let groups: RowGroups
  private(set) lazy var sizes = groups.sizes()
  private(set) lazy var arranged = groups.arranged()

  init(_ groups: RowGroups) { self.groups = groups }

  var count: Int { groups.count }
}
