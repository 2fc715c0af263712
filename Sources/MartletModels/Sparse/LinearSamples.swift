import MartletNumerics

/// Samples that linear methods can learn from: all they ask for is products.
protocol LinearSamples: Sendable {
  var shape: [Int] { get }
  static func • (a: Self, b: Matrix) -> Matrix
  static func • (a: Matrix, b: Self) -> Matrix
  /// What a logistic loss of two classes adds up over the samples.
  func logisticSums(weights: [Double], intercept: Double, _ samples: LogisticSamples) -> LogisticSums
  /// The same of several classes, with a row of weights for each.
  func logisticSums(weights: Matrix, intercepts: [Double], _ samples: LogisticSamples) -> LogisticSums
  /// `XᵀDX` for numbers `D` of the samples, shape `[features, features]`.
  func weightedSquares(_ weights: [Double]) -> Matrix
  /// Lends the samples one by one.
  func withRows<Result>(_ body: (SampleRows) -> Result) -> Result
}

extension Tensor: LinearSamples where Scalar == Double {}
extension SparseMatrix: LinearSamples {}

extension SparseMatrix: SampleCollection {
  public var sampleCount: Int { shape[0] }
  public func samples(at places: [Int]) -> SparseMatrix { rows(places) }
}

extension SampleChecks {
  /// Sparse features have columns and enough rows, and every stored number is finite.
  static func features(_ x: SparseMatrix, atLeast rows: Int = 1) throws(FitError) {
    guard x.shape[1] > 0 else {
      throw FitError(
        .shape, expected: "features of shape [samples, features]", found: "shape \(x.shape)",
        advice: "Give at least one column.")
    }
    guard x.shape[0] >= rows else {
      throw FitError(
        .tooFewSamples, expected: "at least \(rows) sample\(rows == 1 ? "" : "s")", found: "\(x.shape[0])",
        advice: "Add rows, or check the filter that left so few.")
    }
    guard let place = x.values.firstIndex(where: { !$0.isFinite }) else { return }
    throw FitError(
      .notFinite, expected: "finite numbers", found: "\(x.values[place]) as feature \(x.columns[place])",
      advice: "Drop the row, or fill the value in.")
  }

  /// Sparse features are as many as in fitting.
  static func features(_ x: SparseMatrix, count: Int) throws(FitError) {
    try features(x, atLeast: 0)
    guard x.shape[1] == count else {
      throw FitError(
        .shape, expected: "\(count) feature\(count == 1 ? "" : "s"), as in fitting", found: "shape \(x.shape)",
        advice: "Give the columns that the model was fitted with, in the same order.")
    }
  }

  static func pairs(_ x: SparseMatrix, targets: Int) throws(FitError) {
    guard x.shape[0] == targets else {
      throw FitError(
        .shape, expected: "one target for each of the \(x.shape[0]) rows", found: "\(targets) targets",
        advice: "Cut features and targets from the same rows.")
    }
  }
}
