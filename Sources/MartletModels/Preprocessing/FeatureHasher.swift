import MartletFrames
import MartletNumerics

/// Turns columns of any kind into a fixed number of features without learning categories: a category's feature is its hash.
///
/// A row's text or flag in a column counts as the term `column=value` with the value 1, a number as the term `column` with the
/// number, and a missing value not at all. Each term is added to the feature that its hash names.
///
///     let hasher = try FeatureHasher(features: 1 << 10).fit(frame.select("city", "browser", "age"))
///     try hasher.transform(frame)             // shape [rows, 1024]
///     try hasher.transformSparse(frame)       // the same, without the zeros
///
/// Suited to columns with very many categories, or new ones every day: there is nothing to store and nothing is unknown.
/// Different terms may share a feature, and features have no names; ``OneHotEncoder`` keeps categories apart.
///
/// Reference: Weinberger and others (2009), Feature hashing for large scale multitask learning. (scikit-learn:
/// `FeatureHasher`)
public struct FeatureHasher: UnsupervisedEstimator, Sendable {
  /// How many features come out; at least 1. (scikit-learn: `n_features`)
  public var features: Int
  /// Whether half of the terms count negatively, so that those which share a feature cancel out on average. (scikit-learn:
  /// `alternate_sign`)
  public var alternatesSign: Bool

  /// - Parameters:
  ///   - features: from 1 to 2³¹ − 1; few enough for a matrix where a matrix is wanted.
  ///   - alternatesSign: whether half of the terms count negatively.
  public init(features: Int = 1 << 10, alternatesSign: Bool = true) {
    self.features = features
    self.alternatesSign = alternatesSign
  }

  /// Takes the columns' names; there is nothing else to learn.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try SampleChecks.parameter(1...Int(Int32.max) ~= features, "features", "from 1 to \(Int32.max)", features)
    try CategoryChecks.check(frame)
    return Model(inputColumns: frame.columnNames, features: features, alternatesSign: alternatesSign)
  }

  /// A ``FeatureHasher`` and the columns that it takes.
  public struct Model: TableTransformer, Codable, Equatable {
    public let inputColumns: [String]
    /// How many features come out.
    public let features: Int
    /// Whether half of the terms count negatively.
    public let alternatesSign: Bool
    /// `hash 0`, `hash 1`, ….
    public var outputColumns: [String] { (0..<features).map { "hash \($0)" } }

    init(inputColumns: [String], features: Int, alternatesSign: Bool) {
      self.inputColumns = inputColumns
      self.features = features
      self.alternatesSign = alternatesSign
    }

    /// Shape `[rows, features]`.
    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix { try transformSparse(frame).dense }

    /// The features that are not zero: sparse, `[rows, features]`.
    /// - Throws: ``FitError`` of kind `table`.
    /// - Complexity: O(rows · columns).
    public func transformSparse(_ frame: DataFrame) throws(FitError) -> SparseMatrix {
      var rows = [[Int32: Double]](repeating: [:], count: frame.rowCount)
      for name in inputColumns {
        let column = try SampleChecks.table { () throws(FrameError) in try frame.column(name) }
        // Flags are categories; text and dates have no numbers.
        let numbers = column.type == .bool ? nil : try? column.numbers()
        for (row, text) in column.texts().enumerated() {
          guard let text else { continue }
          let (term, value) = numbers.map { (name, $0[row] ?? .nan) } ?? ("\(name)=\(text)", 1)
          if value.isNaN { continue }
          let place = Array(term.utf8).withUnsafeBufferPointer { MurmurHash3.place(of: $0, among: features) }
          rows[row][place.column, default: 0] += alternatesSign && place.isNegative ? -value : value
        }
      }
      var (starts, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
      for row in rows {
        for (column, value) in row.sorted(by: { $0.key < $1.key }) where value != 0 {
          columns.append(column)
          values.append(value)
        }
        starts.append(columns.count)
      }
      return SparseMatrix(rowStarts: starts, columns: columns, values: values, columnCount: features)
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      inputColumns = try file.decode([String].self, forKey: .inputColumns)
      try ModelChecks.fits(
        !inputColumns.isEmpty && Set(inputColumns).count == inputColumns.count, file, .inputColumns, "different columns"
      )
      features = try file.decode(Int.self, forKey: .features)
      try ModelChecks.fits(1...Int(Int32.max) ~= features, file, .features, "from 1 to \(Int32.max)")
      alternatesSign = try file.decode(Bool.self, forKey: .alternatesSign)
    }
  }
}
