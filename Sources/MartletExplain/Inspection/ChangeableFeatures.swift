import MartletFrames
import MartletModels
import MartletNumerics

/// Samples whose features can be shuffled, set or dropped one by one: a matrix by columns, a table by columns.
public protocol ChangeableFeatures: SampleCollection, Sendable {
  /// The columns' names; of a matrix `feature 0`, `feature 1`, ….
  var columnNames: [String] { get }
  /// The samples with the values of one feature in another order.
  func reordering(feature: Int, _ rows: [Int]) -> Self
  /// The samples with other numbers for one feature.
  func setting(feature: Int, to numbers: [Double]) -> Self
  /// The samples without a feature.
  func dropping(feature: Int) -> Self
  /// The numbers of a feature; `nil` where it is not of numbers.
  func numbers(feature: Int) throws(FitError) -> [Double]?
}

extension Tensor: ChangeableFeatures where Scalar == Double {
  public var columnNames: [String] { (0..<(rank == 2 ? shape[1] : 0)).map { "feature \($0)" } }

  public func reordering(feature: Int, _ rows: [Int]) -> Matrix {
    let values = column(feature).scalars
    return setting(feature: feature, to: rows.map { values[$0] })
  }

  public func setting(feature: Int, to numbers: [Double]) -> Matrix {
    var scalars = scalars
    for row in 0..<shape[0] { scalars[row * shape[1] + feature] = numbers[row] }
    return Matrix(scalars, shape: shape)
  }

  public func dropping(feature: Int) -> Matrix {
    gathered(Tensor<Int>((0..<shape[1]).filter { $0 != feature }), axis: 1)
  }

  public func numbers(feature: Int) throws(FitError) -> [Double]? { column(feature).scalars }
}

extension DataFrame: ChangeableFeatures {
  public func reordering(feature: Int, _ rows: [Int]) -> DataFrame {
    replacing(feature, by: DataFrame.of(columns[feature])[rows: rows].columns[0])
  }

  public func setting(feature: Int, to numbers: [Double]) -> DataFrame {
    replacing(feature, by: AnyColumn(Column(columns[feature].name, numbers)))
  }

  public func dropping(feature: Int) -> DataFrame {
    let name = columns[feature].name
    return selecting { $0.name != name }
  }

  public func numbers(feature: Int) throws(FitError) -> [Double]? {
    let column = columns[feature]
    guard column.isNumeric else { return nil }
    return try SampleChecks.table { () throws(FrameError) in try matrix(of: [column.name]).scalars }
  }

  /// One column as a table.
  private static func of(_ column: AnyColumn) -> DataFrame { TableNames.frame([column]) }

  /// The table with a column of the same name and length in a column's place.
  private func replacing(_ feature: Int, by column: AnyColumn) -> DataFrame {
    var columns = columns
    columns[feature] = column
    return TableNames.frame(columns)
  }
}

extension ChangeableFeatures {
  /// The place of a feature by its name.
  func place(of name: String) throws(FitError) -> Int {
    guard let place = columnNames.firstIndex(of: name) else {
      throw FitError(
        .table, expected: "one of the features \(columnNames.joined(separator: ", "))", found: "'\(name)'",
        advice: "Check the spelling; the columns of a matrix are called 'feature 0', 'feature 1', ….")
    }
    return place
  }
}
