import MartletNumerics

extension Chart {
  /// Which quantities go together: Pearson's correlation of every pair of columns, from −1 to 1.
  ///
  ///     try Chart.correlations(iris)
  ///     try Chart.correlations(diabetes, columns: ["age", "bmi", "progression"])
  ///
  /// Rows in which one of the two columns is missing do not count for the pair. A cell is empty where a column does not
  /// vary.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - columns: 2 to 60 columns of numbers; default all.
  /// - Throws: `ChartError` when a column is missing or holds names.
  public static func correlations(_ table: some PlotTable, columns: [String]? = nil) throws(ChartError) -> Chart {
    let columns = try NumericColumns(table, columns, chart: "A correlation map", most: 60)
    let numbers = columns.columns.indices.map(columns.numbers)
    let values = numbers.map { first in
      numbers.map { second in
        let pairs = zip(first, second).filter { $0.isFinite && $1.isFinite }
        return pairs.count < 2 ? .nan : min(max(correlation(pairs.map(\.0), pairs.map(\.1)), -1), 1)
      }
    }
    var map = HeatmapMark(values, rows: columns.names, columns: columns.names, ramp: .diverging)
    map.isCentred = true
    return try Chart(NoTable()) { map }.title("Correlations")
  }
}
