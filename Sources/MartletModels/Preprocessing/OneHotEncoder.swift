import MartletFrames
import MartletNumerics

/// Turns each category of each column into a column of 0 and 1. (scikit-learn: `OneHotEncoder`)
///
///     let model = try OneHotEncoder(unknown: .ignore).fit(frame.select("island", "sex"))
///     model.outputColumns      // ["island=Biscoe", "island=Dream", …]
///
/// A missing value is a category of its own.
public struct OneHotEncoder: UnsupervisedEstimator {
  /// Which category has no column, since the others imply it.
  public enum Dropping: String, Sendable, Codable {
    /// Every category has a column.
    case none
    /// The first of every column.
    case first
    /// The first of columns with two categories.
    case firstOfTwo
  }

  /// Which category has no column. (scikit-learn: `drop`)
  public var dropping: Dropping
  /// What is done with categories that were not learned. (scikit-learn: `handle_unknown`)
  public var unknown: UnknownCategory
  /// Categories with fewer rows are grouped. (scikit-learn: `min_frequency`)
  public var minimumCount: Int
  /// At most so many columns for each, the group of rare ones included. (scikit-learn: `max_categories`)
  public var maximumCategories: Int?

  /// - Parameters:
  ///   - dropping: which category has no column.
  ///   - unknown: what is done with categories that were not learned.
  ///   - minimumCount: at least 0.
  ///   - maximumCategories: at least 1.
  public init(
    dropping: Dropping = .none, unknown: UnknownCategory = .refuse, minimumCount: Int = 0, maximumCategories: Int? = nil
  ) {
    self.dropping = dropping
    self.unknown = unknown
    self.minimumCount = minimumCount
    self.maximumCategories = maximumCategories
  }

  /// - Parameter frame: the columns to encode, of any type.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `table` or `parameter`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumCategories ?? 1 > 0, "maximumCategories", "above 0", maximumCategories ?? 1)
    try CategoryChecks.check(frame)
    let columns = frame.columns.map {
      ColumnCategories($0, minimumCount: minimumCount, maximumCategories: maximumCategories)
    }
    return Model(columns: columns, dropping: dropping, unknown: unknown)
  }

  /// What `OneHotEncoder` has learned.
  public struct Model: TableTransformer, Codable, Equatable {
    /// The categories of each column.
    public let columns: [ColumnCategories]
    /// Which category has no column.
    public let dropping: Dropping
    /// What is done with categories that were not learned.
    public let unknown: UnknownCategory

    public var inputColumns: [String] { columns.map(\.column) }

    /// The codes that have a column.
    private func codes(_ column: ColumnCategories) -> [Int] {
      let count = column.frequent.count + (column.rare.isEmpty ? 0 : 1)
      let drops = dropping == .first || dropping == .firstOfTwo && count == 2
      return Array((drops ? 1 : 0)..<count)
    }

    /// `column=category`, with `rare` for the group and `missing` for a missing value.
    public var outputColumns: [String] {
      columns.flatMap { column in
        codes(column).map { code in
          let name = code < column.frequent.count ? column.frequent[code] ?? "missing" : "rare"
          return "\(column.column)=\(name)"
        }
      }
    }

    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      let width = outputColumns.count
      var scalars = [Double](repeating: 0, count: frame.rowCount * width)
      var start = 0
      for column in columns {
        let shown = codes(column)
        for (row, code) in try column.codes(frame, unknown).enumerated() {
          if let code, let place = shown.first.map({ code - $0 }), place >= 0 {
            scalars[row * width + start + place] = 1
          }
        }
        start += shown.count
      }
      return Matrix(scalars, shape: [frame.rowCount, width])
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      columns = try CategoryChecks.columns(file, .columns)
      dropping = try file.decode(Dropping.self, forKey: .dropping)
      unknown = try file.decode(UnknownCategory.self, forKey: .unknown)
    }

    init(columns: [ColumnCategories], dropping: Dropping, unknown: UnknownCategory) {
      self.columns = columns
      self.dropping = dropping
      self.unknown = unknown
    }
  }
}
