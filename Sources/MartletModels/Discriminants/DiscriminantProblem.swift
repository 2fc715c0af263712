import MartletNumerics

/// The samples of a linear discriminant analysis, and three ways to its borders and directions.
struct DiscriminantProblem {
  let x: Matrix
  let codes: [Int]
  /// Shape `[classes, features]`.
  let means: Matrix
  let priors: [Double]
  let shrinkage: CovarianceShrinkage

  /// Borders, and directions one a column; none where they are not known.
  struct Solution {
    let coefficients: Matrix
    let intercepts: [Double]
    let centre: [Double]
    let directions: Matrix
    let ratios: [Double]
  }

  /// Singular values below this are those of no direction.
  private static let tolerance = 1e-4

  private var centre: Matrix { Matrix(priors) • means }
  private var classCount: Int { priors.count }

  func bySingularValues() throws(FitError) -> Solution {
    let n = Double(x.shape[0])
    let within = x - means[rows: codes]
    let spreads = sqrt(within.variance(axis: 0)).map { $0 == 0 ? 1 : $0 }
    let scaled = within / spreads * (1 / n).squareRoot()
    let first = try singular(scaled)
    let rank = first.values.count { $0 > Self.tolerance }
    guard rank > 0 else { throw Self.noSpread }
    // Within these coordinates every class has the identity as its covariance.
    let whitening =
      first.right[.all, 0..<rank] / spreads.reshaped(-1, 1) / Matrix(Array(first.values.prefix(rank)))
    let sizes = Matrix(priors.map { ($0 * n / Double(classCount - 1)).squareRoot() }).reshaped(-1, 1)
    let apart = means - centre
    let second = try singular((apart * sizes) • whitening)
    let largest = second.values.first ?? 0
    let kept = max(second.values.count { $0 > Self.tolerance * largest }, 1)
    let directions = whitening • second.right[.all, 0..<kept]
    let total = second.values.reduce(0) { $0 + $1 * $1 }
    let along = apart • directions
    let coefficients = along • directions.transposed()
    let offsets = (coefficients • centre).scalars
    let squares = (along * along).sum(axis: 1).scalars
    return Solution(
      coefficients: coefficients,
      intercepts: priors.indices.map { log(priors[$0]) - 0.5 * squares[$0] - offsets[$0] },
      centre: centre.scalars, directions: directions,
      ratios: second.values.prefix(kept).map { total > 0 ? $0 * $0 / total : 0 })
  }

  func byLeastSquares() throws(FitError) -> Solution {
    let covariance = withinCovariance()
    let solution = try SampleChecks.algebra("a solution with the covariance") { () throws(LinearAlgebraError) in
      try covariance.leastSquares(means.transposed()).solution
    }
    let coefficients = solution.transposed()
    return Solution(
      coefficients: coefficients, intercepts: intercepts(coefficients), centre: centre.scalars,
      directions: .zeros(x.shape[1], 0), ratios: [])
  }

  func byEigenvectors() throws(FitError) -> Solution {
    let within = withinCovariance()
    let between = shrinkage.covariance(x) - within
    let (values, vectors) = try SampleChecks.algebra("a covariance without empty directions") {
      () throws(LinearAlgebraError) in
      // With within = L Lᵀ the problem becomes that of the symmetric L⁻¹ between L⁻ᵀ.
      let lower = try within.cholesky()
      let half = try lower.solveTriangular(between, isLower: true)
      let symmetric = try lower.solveTriangular(half.transposed(), isLower: true)
      let eigen = try symmetric.symmetricEigen()
      let vectors = try lower.transposed().compacted().solveTriangular(eigen.vectors, isLower: false)
      return (Array(eigen.values.reversed()), vectors.reversed(axis: 1))
    }
    let coefficients = (means • vectors) • vectors.transposed()
    let total = values.reduce(0, +)
    let count = min(classCount - 1, x.shape[1])
    return Solution(
      coefficients: coefficients, intercepts: intercepts(coefficients),
      centre: [Double](repeating: 0, count: x.shape[1]),
      directions: vectors[.all, 0..<count], ratios: values.prefix(count).map { $0 / total })
  }

  private func intercepts(_ coefficients: Matrix) -> [Double] {
    let halves = (means * coefficients).sum(axis: 1).scalars
    return priors.indices.map { log(priors[$0]) - 0.5 * halves[$0] }
  }

  /// The mean of the classes' covariances, each counting as its prior.
  private func withinCovariance() -> Matrix {
    var sum = Matrix.zeros(x.shape[1], x.shape[1])
    for code in 0..<classCount {
      let own = codes.indices.filter { codes[$0] == code }
      sum += shrinkage.covariance(x[rows: own]) * priors[code]
    }
    return sum
  }

  private func singular(_ matrix: Matrix) throws(FitError) -> SingularValueDecomposition<Double> {
    try SampleChecks.algebra("singular values of the samples") { () throws(LinearAlgebraError) in
      try matrix.singularValueDecomposition()
    }
  }

  private static let noSpread = FitError(
    .notConverged, expected: "samples that differ within their classes", found: "none that do",
    advice: "Such classes are told apart by looking; use another method for the rest.")
}
