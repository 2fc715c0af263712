import Glibc

/// The bell curve in several dimensions. (SciPy: `multivariate_normal`)
///
///     let cloud = try MultivariateNormalDistribution(mean: [0, 0], covariance: Matrix([[2, 1], [1, 2]]))
///     cloud.logPDF([0, 0])      // -2.3871832107434003
public struct MultivariateNormalDistribution: Sendable {
  /// The centre.
  public let mean: [Double]
  /// How the components vary together, shape `[d, d]`.
  public let covariance: Matrix
  private let factor: Matrix

  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notPositiveDefinite`.
  public init(mean: [Double], covariance: Matrix) throws(LinearAlgebraError) {
    guard covariance.shape == [mean.count, mean.count] else {
      throw .shape(
        "MultivariateNormalDistribution", needs: "a covariance of d × d for a mean of d",
        found: [[mean.count], covariance.shape])
    }
    self.mean = mean
    self.covariance = covariance
    factor = try covariance.cholesky()
  }

  /// The logarithm of the density at a point of as many components as the mean.
  public func logPDF(_ x: [Double]) -> Double {
    guard x.count == mean.count, let z = try? factor.solveTriangular(Matrix(x) - Matrix(mean), isLower: true) else {
      return .nan
    }
    let logRoot = factor.diagonal().scalars.reduce(0) { $0 + log($1) }
    return -0.5 * z.dot(z) - logRoot - Double(mean.count) * 0.9189385332046727
  }

  /// The density at a point.
  public func pdf(_ x: [Double]) -> Double { exp(logPDF(x)) }

  /// The mean of `-logPDF`, in nats.
  public var entropy: Double {
    factor.diagonal().scalars.reduce(Double(mean.count) * 1.4189385332046727) { $0 + log($1) }
  }

  /// Points drawn at random, one a row.
  public func sample(_ count: Int, using random: inout some SeededGenerator) -> Matrix {
    random.normals(shape: [count, mean.count]) • factor.transposed() + Matrix(mean)
  }
}
