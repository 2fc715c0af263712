import MartletNumerics

/// The errors of ridge regression for samples that it has not seen, one at a time; see ``RidgeCV``.
struct LeftOutErrors {
  private let left: Matrix
  private let values: [Double]
  private let targets: Matrix
  /// How much each sample pulls the intercept.
  private let pull: [Double]

  /// What is tried is something, and above 0.
  static func check(_ regularizations: [Double]) throws(FitError) {
    try SampleChecks.parameter(
      !regularizations.isEmpty && regularizations.allSatisfy { $0 > 0 && $0.isFinite }, "regularizations", "above 0",
      regularizations)
  }

  init(_ samples: CentredSamples, weights: [Double]?, fitsIntercept: Bool) throws(FitError) {
    let count = samples.y.shape[0]
    do {
      let parts = try samples.x.singularValueDecomposition()
      (left, values) = (parts.left, parts.values)
    } catch {
      throw FitError(
        .notConverged, expected: "singular values of the features", found: error.description,
        advice: "Scale the features, for example with StandardScaler.")
    }
    targets = samples.y
    let sum = weights.map { $0.reduce(0, +) } ?? Double(count)
    pull = (0..<count).map { fitsIntercept ? (weights?[$0] ?? 1) / sum : 0 }
  }

  /// The regularization with the smallest mean squared error, of at least one, and the errors of all.
  func best(of regularizations: [Double]) -> (regularization: Double, errors: [Double]) {
    let errors = regularizations.map { mean(regularization: $0) }
    return (regularizations[errors.indices.min { errors[$0] < errors[$1] }!], errors)
  }

  /// The mean over samples and targets.
  private func mean(regularization: Double) -> Double {
    let shrinkage = Matrix(values.map { $0 * $0 / ($0 * $0 + regularization) })
    let leverage = ((left * left) • shrinkage).scalars
    let kept = Matrix(leverage.indices.map { 1 - leverage[$0] - pull[$0] })
    // Targets in one column have no second axis.
    func column(_ factors: Matrix) -> Matrix { targets.rank == 1 ? factors : factors.reshaped(-1, 1) }
    let fitted = left • (column(shrinkage) * (left.transposed() • targets))
    let errors = (targets - fitted) / column(kept)
    return (errors * errors).mean()
  }
}
