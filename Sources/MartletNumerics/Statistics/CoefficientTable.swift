import Foundation

/// A number with four digits that count.
func fourDigits(_ number: Double) -> String { String(format: "%.4g", number) }

/// The coefficients of a regression, aligned in columns.
func coefficientTable(_ coefficients: [Coefficient], statistic: String) -> String {
  let header = ["", "estimate", "std. error", statistic, "p", "95 % from", "to"]
  let rows =
    [header]
    + coefficients.map { row in
      [row.name]
        + [row.value, row.standardError, row.statistic, row.pValue, row.interval.lowerBound, row.interval.upperBound]
        .map(fourDigits)
    }
  let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, text in
      let gap = String(repeating: " ", count: widths[column] - text.count)
      return column == 0 ? text + gap : gap + text
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}
