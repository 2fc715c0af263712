import MartletNumerics

/// How probable it is that samples with such variances vary in `rank` directions and are noise in all others.
///
/// Reference: Minka (2000), Automatic choice of dimensionality for PCA, equation 31.
struct MinkaEvidence {
  /// The variance along each direction, largest first.
  let spectrum: [Double]
  /// How many samples they come from.
  let samples: Int

  /// Variances below this are none.
  private static let smallest = 1e-15

  /// The rank of the largest evidence; at least 1.
  var bestRank: Int {
    let ranks = 1..<max(spectrum.count, 2)
    return ranks.max { logEvidence($0) < logEvidence($1) } ?? 1
  }

  private func logEvidence(_ rank: Int) -> Double {
    let count = spectrum.count
    guard rank < count, spectrum[rank - 1] >= Self.smallest else { return -.infinity }
    let n = Double(samples)
    let noise = max(Self.smallest, spectrum[rank...].reduce(0, +) / Double(count - rank))
    let freedom = Double(count * rank) - Double(rank * (rank + 1)) / 2
    var prior = -Double(rank) * log(2.0)
    for i in 1...rank {
      let half = Double(count - i + 1) / 2
      prior += logGamma(half) - log(Double.pi) * half
    }
    let signal = -spectrum[..<rank].reduce(0) { $0 + log($1) } * n / 2
    let rest = -log(noise) * n * Double(count - rank) / 2
    let volume = log(2 * Double.pi) * (freedom + Double(rank)) / 2
    return prior + signal + rest + volume - curvature(rank, noise) / 2 - Double(rank) * log(n) / 2
  }

  /// The logarithm of the determinant of the Hessian at the peak.
  private func curvature(_ rank: Int, _ noise: Double) -> Double {
    var sum = 0.0
    for i in 0..<rank {
      for j in i + 1..<spectrum.count {
        let smoothed = j < rank ? spectrum[j] : noise
        sum += log((spectrum[i] - spectrum[j]) * (1 / smoothed - 1 / spectrum[i])) + log(Double(samples))
      }
    }
    return sum
  }
}
