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

  /// The most likely parameters: the points' mean and covariance (with n as divisor).
  ///
  /// - Parameter points: shape `[n, d]`, one a row.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, or `notPositiveDefinite` where the points lie in a plane.
  public static func fit(_ points: Matrix) throws(LinearAlgebraError) -> MultivariateNormalDistribution {
    guard points.rank == 2, points.shape[0] > 0 else {
      throw .shape("MultivariateNormalDistribution.fit", needs: "a matrix with a point a row", found: [points.shape])
    }
    let law = try MultivariateNormalDistribution(
      mean: points.mean(axis: 0).scalars, covariance: points.covarianceMatrix(degreesOfFreedom: 0))
    // By rounding the covariance of points in a plane may look like that of a cloud.
    for axis in law.mean.indices where law.factor[axis, axis] < 1e-7 * law.covariance[axis, axis].squareRoot() {
      throw LinearAlgebraError(
        kind: .notPositiveDefinite,
        description:
          "MultivariateNormalDistribution.fit needs points that fill all dimensions; column \(axis) follows from those "
          + "before it.")
    }
    return law
  }
}
