import Foundation
import MartletNumerics

/// The function behind the answers of two classes at the samples: its most probable values, and a normal distribution about
/// them that is as curved as the true one.
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, algorithms 3.1 and 5.1.
struct LaplaceApproximation {
  /// How probable the second class is at each sample, `π`.
  let probabilities: Matrix
  /// What each answer adds: `y − π`, the slopes of the answers' log likelihood.
  let residuals: Matrix
  /// `√W` with `W = π(1 − π)`, the answers' curvature.
  let roots: Matrix
  /// Lower triangular, `LLᵀ = I + √W K √W`.
  let factor: Matrix
  /// `K⁻¹f` at the most probable values `f`.
  let weights: Matrix
  let logMarginalLikelihood: Double

  /// Newton's steps from a function that is 0 everywhere, until the likelihood no longer rises.
  ///
  /// - Parameters:
  ///   - covariance: of the samples, `[n, n]`.
  ///   - answers: 1 for the second class, 0 for the first.
  /// - Returns: `nil` when the covariances are too large for numbers, or not those of a kernel.
  init?(_ covariance: Matrix, answers: Matrix, maximumSteps: Int) {
    var latent = Matrix.zeros(answers.count)
    var (likelihood, found): (Double, LaplaceApproximation?) = (-.infinity, nil)
    for _ in 0..<maximumSteps {
      guard let step = LaplaceApproximation(covariance, answers, at: &latent) else { return nil }
      let rise = step.logMarginalLikelihood - likelihood
      (likelihood, found) = (step.logMarginalLikelihood, step)
      if rise < 1e-10 { break }
    }
    guard let found, found.logMarginalLikelihood.isFinite else { return nil }
    self = found
  }

  /// One step; `latent` becomes the function's next values.
  private init?(_ covariance: Matrix, _ answers: Matrix, at latent: inout Matrix) {
    probabilities = latent.map(SoftProbability.sigmoid)
    residuals = answers - probabilities
    let curvature = probabilities * (1 - probabilities)
    roots = sqrt(curvature)
    let scaled = roots.reshaped(-1, 1) * covariance
    let right = curvature * latent + residuals
    guard let factor = try? (Matrix.eye(answers.count) + scaled * roots).cholesky(),
      let half = try? factor.solveTriangular(scaled • right, isLower: true),
      let solved = try? factor.transposed().solveTriangular(half, isLower: false)
    else { return nil }
    self.factor = factor
    weights = right - roots * solved
    latent = (covariance • weights)
    let misses = zip(latent.scalars, answers.scalars).reduce(0) {
      $0 + SoftProbability.logOnePlusExp($1.1 > 0 ? -$1.0 : $1.0)
    }
    let determinant = factor.diagonal().scalars.reduce(0) { $0 + log($1) }
    logMarginalLikelihood = -0.5 * weights.dot(latent) - misses - determinant
  }

  /// How the likelihood changes with what the covariances do: a slope for each of their derivatives.
  func slopes(_ covariance: Matrix, _ derivatives: [Matrix]) -> [Double]? {
    guard let halfInverse = try? factor.solveTriangular(Matrix.eye(roots.count) * roots, isLower: true),
      let spread = try? factor.solveTriangular(roots.reshaped(-1, 1) * covariance, isLower: true)
    else { return nil }
    let inverse = halfInverse.transposed() • halfInverse  // (W⁻¹ + K)⁻¹
    let variances = covariance.diagonal() - (spread * spread).sum(axis: 0)
    // The most probable values move, too, where the curvature is not the same on both sides of them.
    let skew = probabilities * (1 - probabilities) * (1 - 2 * probabilities) * variances * -0.5
    return derivatives.map { derivative in
      let direct = 0.5 * (weights.dot(derivative • weights) - (inverse * derivative).sum())
      let push = derivative • residuals
      return direct + skew.dot(push - covariance • (inverse • push))
    }
  }
}
