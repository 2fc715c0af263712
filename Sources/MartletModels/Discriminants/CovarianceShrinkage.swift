import MartletNumerics

/// How far a covariance is drawn towards equal variances without covariances, which steadies it where samples are few.
public enum CovarianceShrinkage: Sendable, Equatable {
  /// Not at all.
  case none
  /// This far, from 0 to 1.
  case fixed(Double)
  /// As far as makes the expected squared error least.
  ///
  /// Reference: Ledoit and Wolf (2004), A well-conditioned estimator for large-dimensional covariance matrices.
  case ledoitWolf

  func check() throws(FitError) {
    guard case .fixed(let amount) = self else { return }
    try SampleChecks.parameter((0...1).contains(amount), "shrinkage", "from 0 to 1", amount)
  }

  /// The covariance of samples (divisor `n`), shrunk.
  func covariance(_ x: Matrix) -> Matrix {
    let (n, d) = (Double(x.shape[0]), x.shape[1])
    let centred = x - x.mean(axis: 0)
    switch self {
    case .none: return (centred.transposed() • centred) / n
    case .fixed(let amount): return Self.shrunk((centred.transposed() • centred) / n, by: amount)
    case .ledoitWolf:
      // The features are brought to one size first, so that the target suits all of them.
      let scales = sqrt(centred.variance(axis: 0)).map { $0 == 0 ? 1 : $0 }
      let scaled = centred / scales
      let squares = scaled * scaled
      let covariance = (scaled.transposed() • scaled) / n
      let level = covariance.trace() / Double(d)
      let size = (covariance * covariance).sum()
      let noise = ((squares.transposed() • squares).sum() / n - size) / (n * Double(d))
      let distance = (size - 2 * level * covariance.trace()) / Double(d) + level * level
      let amount = noise <= 0 || distance <= 0 ? 0 : min(noise, distance) / distance
      return Self.shrunk(covariance, by: amount) * scales.outer(scales)
    }
  }

  private static func shrunk(_ covariance: Matrix, by amount: Double) -> Matrix {
    let d = covariance.shape[0]
    return covariance * (1 - amount) + Matrix.eye(d) * (amount * covariance.trace() / Double(d))
  }
}
