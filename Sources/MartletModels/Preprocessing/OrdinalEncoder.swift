import MartletFrames
import MartletNumerics

/// Turns the categories of each column into numbers 0, 1, 2, … in their order; a missing value is NaN. (scikit-learn:
/// `OrdinalEncoder`)
///
/// For models that cut numbers, as trees do. A linear model would take the numbers for amounts: see ``OneHotEncoder``.
public struct OrdinalEncoder: UnsupervisedEstimator {
  /// What is done with categories that were not learned; `ignore` makes them NaN. (scikit-learn: `handle_unknown`)
  public var unknown: UnknownCategory
  /// - Parameter unknown: what is done with categories that were not learned.
  public init(unknown: UnknownCategory = .refuse) { self.unknown = unknown }

  /// - Parameter frame: the columns to encode, of any type.
  /// - Throws: ``FitError`` of kind `tooFewSamples` or `table`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try CategoryChecks.check(frame)
    return Model(columns: frame.columns.map { ColumnCategories($0) }, unknown: unknown)
  }

  /// What `OrdinalEncoder` has learned.
  public struct Model: TableTransformer, Codable, Equatable {
    /// The categories of each column, in the order of their numbers.
    public let columns: [ColumnCategories]
    /// What is done with categories that were not learned.
    public let unknown: UnknownCategory
    public var inputColumns: [String] { columns.map(\.column) }
    public var outputColumns: [String] { inputColumns }

    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      var scalars = [Double](repeating: .nan, count: frame.rowCount * columns.count)
      for (place, column) in columns.enumerated() {
        for (row, code) in try column.codes(frame, unknown).enumerated() {
          if let code, column.categories[code] != nil { scalars[row * columns.count + place] = Double(code) }
        }
      }
      return Matrix(scalars, shape: [frame.rowCount, columns.count])
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      columns = try CategoryChecks.columns(file, .columns)
      unknown = try file.decode(UnknownCategory.self, forKey: .unknown)
    }

    init(columns: [ColumnCategories], unknown: UnknownCategory) {
      self.columns = columns
      self.unknown = unknown
    }
  }
}
