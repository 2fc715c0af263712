import MartletFrames
import MartletNumerics

/// Which columns of a table a step takes.
public struct ColumnSelector: Sendable {
  private enum Choice: Sendable {
    case named([String])
    case matching(@Sendable (AnyColumn) -> Bool)
  }
  private let choice: Choice

  /// Columns of `Double`, `Int` or `Bool`.
  public static let numeric = ColumnSelector(choice: .matching { $0.isNumeric || $0.type == .bool })
  /// Columns of text.
  public static let text = ColumnSelector(choice: .matching { $0.type == .string })
  /// Columns of text, categories or `Bool`.
  public static let categories = ColumnSelector(
    choice: .matching { $0.type == .string || $0.type == .bool || $0.type == .categorical })
  /// These columns, in this order; all of them have to be there.
  public static func named(_ names: String...) -> ColumnSelector { ColumnSelector(choice: .named(names)) }
  /// Columns of a type.
  public static func type(_ type: ColumnType) -> ColumnSelector {
    ColumnSelector(choice: .matching { $0.type == type })
  }
  /// Columns that you tell.
  public static func matching(_ isTaken: @escaping @Sendable (AnyColumn) -> Bool) -> ColumnSelector {
    ColumnSelector(choice: .matching(isTaken))
  }

  /// The names of the columns.
  /// - Throws: ``FitError`` of kind `table` when a named column is absent, or there is none.
  func names(_ frame: DataFrame) throws(FitError) -> [String] {
    let names: [String]
    switch choice {
    case .named(let named):
      names = try SampleChecks.table { () throws(FrameError) in try frame.select(named) }.columnNames
    case .matching(let isTaken): names = frame.columns.filter(isTaken).map(\.name)
    }
    guard !names.isEmpty else {
      throw FitError(
        .table, expected: "at least one column for each step", found: "none of \(frame.columnNames)",
        advice: "Change the selector, or leave the step out.")
    }
    return names
  }
}

extension DataFrame {
  /// Columns of numbers as a matrix in which NaN stands for what is missing.
  func matrixWithMissing(of names: [String]) throws(FitError) -> Matrix {
    var scalars = [Double](repeating: .nan, count: rowCount * names.count)
    for (place, name) in names.enumerated() {
      let numbers = try SampleChecks.table { () throws(FrameError) in try column(name).numbers() }
      for (row, number) in numbers.enumerated() {
        if let number { scalars[row * names.count + place] = number }
      }
    }
    return Matrix(scalars, shape: [rowCount, names.count])
  }
}
