import MartletFrames
import MartletNumerics

/// Which samples are there more than once.
///
///     let repeated = DuplicateRows(["a", "b", "a", "a"])
///     repeated.groups        // [[0, 2, 3]]: the same at these places
///     repeated.extras        // [2, 3], which say nothing new
///     repeated.share         // 0.5
///
/// A sample that is in the training part and in the test part lets a model answer from memory, and its score flatters.
public struct DuplicateRows: Measurement, Equatable {
  /// How many samples there are.
  public let count: Int
  /// The places of samples that are the same, two or more together, in the order of their first.
  public let groups: [[Int]]

  /// Whatever can be compared.
  /// - Complexity: O(n) comparisons.
  public init<Sample: Hashable>(_ samples: [Sample]) {
    count = samples.count
    let places: [Sample: [Int]] = Dictionary(grouping: samples.indices) { samples[$0] }
    groups = places.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// The rows of a table that have the same values in the named columns (without names: in all columns); missing values are
  /// the same.
  /// - Throws: ``FitError`` of kind `table` for a column that is not there.
  public init(_ frame: DataFrame, columns names: [String]? = nil) throws(FitError) {
    let columns = try SampleChecks.table { () throws(FrameError) in try frame.select(names ?? frame.columnNames) }
    let texts: [[String?]] = columns.columns.map { $0.texts() }
    let rows: [[String?]] = (0..<frame.rowCount).map { row in texts.map { $0[row] } }
    self.init(rows)
  }

  /// The rows of a matrix `[samples, features]`; `nan` is the same as `nan`.
  public init(_ x: Matrix) {
    let (scalars, width) = (x.scalars, x.shape[x.rank - 1])
    // By bits, in which a number that is not one equals itself; both zeros are one.
    let bits: [UInt64] = scalars.map { $0.isNaN ? Double.nan.bitPattern : ($0 + 0).bitPattern }
    let rows: [ArraySlice<UInt64>] = (0..<x.shape[0]).map { bits[$0 * width..<($0 + 1) * width] }
    self.init(rows)
  }

  /// The places of all but the first of each group, ascending.
  public var extras: [Int] { groups.flatMap { $0.dropFirst() }.sorted() }

  /// Which part of the samples repeats an earlier one. (Hugging Face Evaluate: `text_duplicates`)
  public var share: Double { count == 0 ? 0 : Double(extras.count) / Double(count) }

  public static let title = "Duplicates"

  public var facts: [String] {
    ["\(extras.count) of \(count) samples repeat an earlier one (\(FrameNumberFormat.texts([100 * share])[0]) %)"]
  }

  /// A row for each group: `first`, the place of its first sample, and `times`, how often it is there.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("first", groups.map { $0[0] })), AnyColumn(Column("times", groups.map(\.count))),
    ])
  }
}
