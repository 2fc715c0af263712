import MartletNumerics

/// How factors are turned, so that they are easier to name.
public enum FactorRotation: String, Sendable, Codable, CaseIterable {
  /// They stay as they are: the first explains the most, in units of the noise.
  case none
  /// Each factor has few large loadings: the variance of squared loadings within factors is largest.
  case varimax
  /// Each feature has few large loadings: the sum of fourth powers is largest.
  case quartimax

  private static let (tolerance, maximumIterations) = (1e-6, 100)

  /// The rows of `loadings` turned among themselves.
  func rotated(_ loadings: Matrix) throws(FitError) -> Matrix {
    if self == .none { return loadings }
    let columns = loadings.transposed().compacted()
    var (rotation, criterion) = (Matrix.eye(columns.shape[1]), 0.0)
    for _ in 0..<Self.maximumIterations {
      let turned = columns • rotation
      let squares = turned * turned
      let target = self == .varimax ? turned * (squares - squares.mean(axis: 0)) : turned * squares
      let svd = try SampleChecks.algebra("a rotation of the factors") { () throws(LinearAlgebraError) in
        try (columns.transposed() • target).singularValueDecomposition()
      }
      rotation = (svd.left • svd.right.transposed())
      let reached = svd.values.reduce(0, +)
      if criterion != 0, reached < criterion * (1 + Self.tolerance) { break }
      criterion = reached
    }
    return (columns • rotation).transposed().compacted()
  }
}
