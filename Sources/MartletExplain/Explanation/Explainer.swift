import MartletFrames
import MartletModels
import MartletNumerics

/// Something that tells a model's predictions apart into contributions of the features.
public protocol Explainer: Sendable {
  /// The names of the features, in the order of the columns.
  var featureNames: [String] { get }
  /// What the model answers with: the names of the classes, or one output.
  var outputNames: [String] { get }
  /// The categories of those features that are texts in a table.
  var categories: [ColumnCategories] { get }
  /// One explanation for each output.
  ///
  /// - Parameter x: shape `[samples, features]`.
  /// - Throws: ``FitError`` when the samples are not like those that the model has learned from.
  func explainAll(_ x: Matrix) throws(FitError) -> [Explanation]
}

extension Explainer {
  /// None: all features are numbers.
  public var categories: [ColumnCategories] { [] }

  /// How much every feature moves the output for every sample.
  ///
  ///     try LinearExplainer(model, background: scaled).explain(scaled, shown: raw).waterfall(0)
  ///
  /// - Parameters:
  ///   - x: shape `[samples, features]`.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  ///   - shown: what charts show as the features' values, of the same shape: for a model of scaled features the samples in
  ///     their own units. `nil` for `x`.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`; of kind `parameter` when there is no such output, or there
  ///   are more than two and none is named.
  public func explain(_ x: Matrix, output: String? = nil, shown: Matrix? = nil) throws(FitError) -> Explanation {
    let place = try place(of: output)
    let explanation = try explainAll(x)[place]
    return try shown.map { values throws(FitError) in try explanation.showing(values) } ?? explanation
  }

  /// How much every column moves the output for every row of a table.
  ///
  /// - Parameters:
  ///   - frame: has the columns of ``featureNames``.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  /// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values.
  public func explain(_ frame: DataFrame, output: String? = nil) throws(FitError) -> Explanation {
    try explain(try matrix(frame), output: output)
  }

  /// One explanation for each output of the rows of a table.
  /// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values.
  public func explainAll(_ frame: DataFrame) throws(FitError) -> [Explanation] { try explainAll(try matrix(frame)) }

  func matrix(_ frame: DataFrame) throws(FitError) -> Matrix {
    try Matrix.make(try ColumnCategories.numbered(frame, categories), featureNames)
  }

  func place(of output: String?) throws(FitError) -> Int { try OutputNames.place(of: output, in: outputNames) }
}

/// Which of several outputs is meant.
enum OutputNames {
  static func place(of output: String?, in names: [String]) throws(FitError) -> Int {
    guard let output else {
      try SampleChecks.parameter(
        names.count < 3, "output", "as one of the classes \(names.joined(separator: ", "))", "none")
      return names.count - 1
    }
    guard let place = names.firstIndex(of: output) else {
      throw FitError(
        .parameter, expected: "output as one of \(names.joined(separator: ", "))", found: "'\(output)'",
        advice: "Name a class as it is printed.")
    }
    return place
  }
}
