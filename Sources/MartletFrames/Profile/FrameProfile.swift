import Foundation
import MartletDisplay
import MartletNumerics

extension DataFrame {
  /// A first look at data: what every column holds, what is missing, what stands out, and which columns go together.
  ///
  ///     try Datasets.penguins().profile()      // in a notebook: a report with histograms
  ///
  /// - Throws: ``FrameError`` of kind `duplicateColumn` for a column that is named "column".
  /// - Complexity: O(rows · columns · log rows), and O(rows · c²) for c columns of numbers.
  public func profile() throws(FrameError) -> FrameProfile { try FrameProfile(self) }
}

/// What ``DataFrame/profile()`` finds.
public struct FrameProfile: Sendable {
  /// One column.
  public struct ColumnProfile: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its type, as tables show it.
    public let type: String
    /// How many rows have no value.
    public let missingCount: Int
    /// How many different values there are.
    public let distinctCount: Int
    /// The most frequent value as text, and how often it is there.
    public let mostFrequent: String?
    /// How often the most frequent value is there.
    public let frequency: Int
    /// What numbers tell beyond that; `nil` for other columns and where every value is missing.
    public let numbers: NumberProfile?
  }

  /// A column of numbers.
  public struct NumberProfile: Sendable, Hashable {
    /// The arithmetic mean.
    public let mean: Double
    /// How far values are from the mean; `nil` for a single one.
    public let standardDeviation: Double?
    /// Smallest value, lower quartile, median, upper quartile, largest value.
    public let quartiles: [Double]
    /// How many values lie more than one and a half times the quartiles' distance outside of them (Tukey's fences).
    public let outlierCount: Int
    /// How many values lie in each of ten equally wide ranges from the smallest to the largest.
    public let histogram: [Int]
  }

  /// The number of rows.
  public let rowCount: Int
  /// How many rows repeat an earlier one.
  public let duplicateRowCount: Int
  /// Every column.
  public let columns: [ColumnProfile]
  /// The correlation of every two columns of numbers.
  public let correlations: DataFrame
  /// What deserves a look before anything is fitted, in words.
  public let notes: [String]

  init(_ frame: DataFrame) throws(FrameError) {
    rowCount = frame.rowCount
    duplicateRowCount = frame.columns.isEmpty ? 0 : frame.rowCount - (try frame.distinct()).rowCount
    let summary = frame.summary()
    let (distinct, frequent) = (try summary["distinct", Int.self], try summary["mostFrequent", String.self])
    let frequencies = try summary["frequency", Int.self]
    columns = frame.columns.enumerated().map { place, column in
      ColumnProfile(
        name: column.name, type: "\(column.type)", missingCount: column.missingCount,
        distinctCount: distinct[place] ?? 0, mostFrequent: frequent[place], frequency: frequencies[place] ?? 0,
        // Columns of numbers give numbers; the error is for text.
        numbers: column.isNumeric ? (try? column.presentDoubles()).flatMap { NumberProfile($0) } : nil)
    }
    correlations = try frame.correlations()
    notes = try Self.notes(columns, rowCount, duplicateRowCount, correlations)
  }

  private static func notes(
    _ columns: [ColumnProfile], _ rows: Int, _ duplicates: Int, _ correlations: DataFrame
  ) throws(FrameError) -> [String] {
    var notes: [String] = []
    if duplicates > 0 { notes.append("\(duplicates) of \(rows) rows repeat an earlier one.") }
    for column in columns {
      let present = rows - column.missingCount
      if column.missingCount * 20 > rows {
        notes.append("'\(column.name)' is missing in \(column.missingCount) of \(rows) rows.")
      }
      if present > 1 && column.distinctCount == 1 { notes.append("'\(column.name)' has the same value in every row.") }
      if present > 1 && column.distinctCount == present && column.type == "String" {
        notes.append("'\(column.name)' is different in every row: a name or a number of the row, not a feature.")
      }
      if let numbers = column.numbers, numbers.outlierCount * 20 > present {
        notes.append("'\(column.name)' has \(numbers.outlierCount) values far outside its quartiles.")
      }
    }
    let names = Array(correlations.columnNames.dropFirst())
    for (i, first) in names.enumerated() {
      let values = try correlations[first, Double.self]
      for j in names.indices where j > i {
        if let r = values[j], abs(r) > 0.9 {
          notes.append("'\(first)' and '\(names[j])' go together: their correlation is \(String(format: "%.2f", r)).")
        }
      }
    }
    return notes
  }
}

extension FrameProfile.NumberProfile {
  /// NaN is left out; infinities have no histogram.
  fileprivate init?(_ values: [Double]) {
    let finite = values.filter(\.isFinite)
    guard !finite.isEmpty else { return nil }
    mean = MartletNumerics.mean(finite)
    standardDeviation = finite.count < 2 ? nil : MartletNumerics.standardDeviation(finite, degreesOfFreedom: 1)
    quartiles = MartletNumerics.quantiles(finite, [0, 0.25, 0.5, 0.75, 1])
    let reach = 1.5 * (quartiles[3] - quartiles[1])
    let (low, high) = (quartiles[1] - reach, quartiles[3] + reach)
    outlierCount = finite.count { $0 < low || $0 > high }
    let (least, width) = (quartiles[0], quartiles[4] - quartiles[0])
    var counts = [Int](repeating: 0, count: 10)
    for value in finite { counts[width > 0 ? min(Int((value - least) / width * 10), 9) : 0] += 1 }
    histogram = counts
  }
}
