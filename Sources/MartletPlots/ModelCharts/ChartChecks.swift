extension ChartError {
  /// - Throws: `ChartError` with the message unless the condition holds.
  static func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(ChartError) {
    if !condition { throw ChartError(.unsuitable(message())) }
  }

  /// - Throws: `ChartError` unless all lists have the same number of values, and at least one.
  static func requirePairs(_ chart: String, _ lists: KeyValuePairs<String, Int>) throws(ChartError) {
    let first = lists.first?.value ?? 0
    try require(
      first > 0 && lists.allSatisfy { $0.value == first },
      "\(chart) needs one value for each row in every list, and at least one row: "
        + lists.map { "\($0.key) has \($0.value)" }.joined(separator: ", ") + ".")
  }
}

/// A table without columns, for charts that are made of arrays alone but report what is wrong with them.
struct NoTable: PlotTable {
  var plotColumnNames: [String] { [] }
  func plotColumn(named name: String) -> PlotColumn? { nil }
}
