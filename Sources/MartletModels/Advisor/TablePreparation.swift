import MartletFrames
import MartletNumerics

/// Makes a matrix of a table as it comes: numbers are filled in by their medians and scaled, texts, flags and categories become
/// one column for each.
///
///     let method = TablePreparation().then(LogisticRegression<String>())
///     let model = try method.fit(passengers, target: "survived")
///
/// What it does can be had piece by piece from ``ColumnTransformer``, which also lets columns be treated apart.
public struct TablePreparation: UnsupervisedEstimator {
  /// The most categories of a column; rarer ones are one group. At least 2.
  public var maximumCategories: Int

  /// - Parameter maximumCategories: at least 2.
  public init(maximumCategories: Int = 30) { self.maximumCategories = maximumCategories }

  /// - Parameter frame: a row for each sample; columns of dates and other types are left out.
  /// - Throws: ``FitError`` of kind `table` when no column can be used, or of kind `parameter`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumCategories > 1, "maximumCategories", "of at least 2", maximumCategories)
    let numbers = frame.columns.filter { $0.isNumeric }.map(\.name)
    let texts = frame.columns.filter { [.string, .bool, .categorical].contains($0.type) }.map(\.name)
    guard !(numbers.isEmpty && texts.isEmpty) else {
      throw FitError(
        .table, expected: "a column of numbers, texts, flags or categories", found: "\(frame.columnNames)",
        advice: "Turn other columns into such ones first.")
    }
    let encoder = OneHotEncoder(unknown: .rare, maximumCategories: maximumCategories)
    return Model(
      numbers: numbers.isEmpty
        ? nil
        : try Columns(.matching { numbers.contains($0.name) }, SimpleImputer(.median).then(StandardScaler())).fit(
          frame),
      categories: texts.isEmpty ? nil : try Columns(.matching { texts.contains($0.name) }, encoder).fit(frame))
  }

  /// What `TablePreparation` has learned.
  public struct Model: TableTransformer, Codable {
    let numbers: Columns<Chain<SimpleImputer, StandardScaler>>.Model?
    let categories: Columns<OneHotEncoder>.Model?

    public var inputColumns: [String] { (numbers?.inputColumns ?? []) + (categories?.inputColumns ?? []) }
    public var outputColumns: [String] { (numbers?.outputColumns ?? []) + (categories?.outputColumns ?? []) }

    /// - Throws: ``FitError`` of kind `table` when a column is absent or does not fit.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      var parts: [Matrix] = []
      if let numbers { parts.append(try numbers.transform(frame)) }
      if let categories { parts.append(try categories.transform(frame)) }
      // A file may have neither part: then there is nothing to answer from.
      guard !parts.isEmpty else {
        throw FitError(.table, expected: "a preparation of columns", found: "none", advice: "Fit it again.")
      }
      return Matrix.concatenated(parts, axis: 1)
    }
  }
}
