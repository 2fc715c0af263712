import MartletNumerics

/// What draws say of an observation if it had not been seen.
struct LeftOut {
  /// The log of its likelihood, averaged over draws from the posterior of all others.
  let logDensity: Double
  /// The shape of the weights' tail; infinite where the tail is too short to say.
  let paretoShape: Double

  /// - Parameters:
  ///   - logLikelihoods: of the observation, one for each draw.
  ///   - relativeEfficiency: how many independent draws one draw is worth.
  init(_ logLikelihoods: [Double], relativeEfficiency: Double) {
    let smoothed = ParetoSmoothing(logWeights: logLikelihoods.map { -$0 }, relativeEfficiency: relativeEfficiency)
    logDensity = logSum(zip(smoothed.logWeights, logLikelihoods).map { $0 + $1 })
    paretoShape = smoothed.shape
  }

  /// Up to this shape estimates from so many draws can be believed.
  static func goodShape(draws: Int) -> Double { min(1 - 1 / log10(Double(draws)), 0.7) }
}
