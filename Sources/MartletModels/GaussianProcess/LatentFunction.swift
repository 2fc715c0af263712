import Foundation
import MartletNumerics

/// A smooth function that says how much speaks for one class, learned from yes and no; part of a `GaussianProcessClassifier`.
struct LatentFunction: Sendable {
  let kernel: CovarianceKernel
  let logMarginalLikelihood: Double
  private let residuals: Matrix
  private let roots: Matrix
  private let factor: Matrix

  /// Behind given answers, with a kernel as it is.
  /// - Throws: ``FitError`` of kind `notConverged`.
  init(
    kernel: CovarianceKernel, _ squares: Matrix, answers: Matrix, maximumSteps: Int
  ) throws(FitError) {
    let covariance = kernel.values(squares, isSame: true)
    guard let mode = LaplaceApproximation(covariance, answers: answers, maximumSteps: maximumSteps) else {
      throw FitError(
        .notConverged, expected: "covariances that numbers can hold", found: "the kernel \(kernel)",
        advice: "Scale the features, for example with StandardScaler, or begin with other numbers.")
    }
    self.kernel = kernel
    logMarginalLikelihood = mode.logMarginalLikelihood
    (residuals, roots, factor) = (mode.residuals, mode.roots, mode.factor)
  }

  /// The function's mean and variance at other places.
  ///
  /// - Parameter squares: squared distances between places and samples, `[m, n]`.
  func guess(_ squares: Matrix) throws(FitError) -> (means: [Double], variances: [Double]) {
    if squares.shape[0] == 0 { return ([], []) }
    let similar = kernel.values(squares, isSame: false)
    let spread = try SampleChecks.algebra("the spread of the function") { () throws(LinearAlgebraError) in
      try factor.solveTriangular(roots.reshaped(-1, 1) * similar.transposed(), isLower: true)
    }
    let variances = (spread * spread).sum(axis: 0).scalars.map { max(kernel.variance - $0, 0) }
    return ((similar • residuals).scalars, variances)
  }

  /// How probable yes is where the function has this mean and variance: the mean of `1 / (1 + exp(−f))`.
  ///
  /// The logistic curve is taken for a sum of five error functions, whose means over a normal distribution are error
  /// functions again; probabilities are off by 5 · 10⁻⁴ at most. Scales and shares are scikit-learn's.
  ///
  /// Reference: Williams and Barber (1998), Bayesian classification with Gaussian processes, appendix A.
  static func probability(mean: Double, variance: Double) -> Double {
    var sum = 0.0
    for (scale, share) in zip(scales, shares) {
      sum += share * (0.5 + 0.5 * erf(scale * mean / (1 + 2 * variance * scale * scale).squareRoot()))
    }
    return min(max(sum, 0), 1)
  }

  private static let scales = [0.41, 0.4, 0.37, 0.44, 0.39]
  private static let shares = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654]
}
