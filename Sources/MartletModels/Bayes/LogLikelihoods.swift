import CMartletRuntime
import MartletNumerics

/// How likely each observation is under each draw from a posterior: all that the comparison of Bayesian models looks at.
///
///     let posterior = MetropolisHastings(seed: 1).sample(from: [0, 0, 0]) { logPosterior($0) }
///     let likelihoods = try LogLikelihoods(posterior, observations: y.count) { parameters, place in
///       NormalDistribution(mean: parameters[0] + parameters[1] * x[place], standardDeviation: exp(parameters[2]))
///         .logDensity(y[place])
///     }
///     try likelihoods.leaveOneOut()
///     likelihoods.waic()
public struct LogLikelihoods: Sendable, Equatable {
  /// `log p(observation | draw)`, shape `[draws, observations]`.
  public let values: Matrix
  /// How many independent draws one draw is worth.
  public let relativeEfficiency: Double

  /// - Parameters:
  ///   - values: `log p(observation | draw)`, shape `[draws, observations]`, at least 2 draws and an observation.
  ///   - relativeEfficiency: how many independent draws one draw is worth, above 0; 1 for draws that do not follow each
  ///     other. (ArviZ: `reff`)
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public init(_ values: Matrix, relativeEfficiency: Double = 1) throws(FitError) {
    guard values.rank == 2, values.shape[1] > 0 else {
      throw FitError(
        .shape, expected: "logarithms of likelihoods of shape [draws, observations]", found: "shape \(values.shape)",
        advice: "Give a row for each draw and a column for each observation.")
    }
    guard values.shape[0] > 1 else {
      throw FitError(
        .tooFewSamples, expected: "at least two draws", found: "\(values.shape[0])",
        advice: "Draw more from the posterior; 1,000 and more are usual.")
    }
    try SampleChecks.finite(values.scalars, "observation", width: values.shape[1])
    try SampleChecks.parameter(
      relativeEfficiency > 0 && relativeEfficiency.isFinite, "relativeEfficiency", "above 0", relativeEfficiency)
    self.values = values
    self.relativeEfficiency = relativeEfficiency
  }

  /// - Parameters:
  ///   - draws: of the parameters, from the posterior; at least 2.
  ///   - observations: how many there are.
  ///   - relativeEfficiency: how many independent draws one draw is worth, above 0.
  ///   - logLikelihood: of the observation at a place, for a draw of the parameters.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: draws · observations calls of `logLikelihood`.
  public init(
    draws: [[Double]], observations: Int, relativeEfficiency: Double = 1,
    _ logLikelihood: (_ parameters: [Double], _ observation: Int) -> Double
  ) throws(FitError) {
    try SampleChecks.parameter(observations > 0, "observations", "above 0", observations)
    var values: [Double] = []
    values.reserveCapacity(draws.count * observations)
    let progress = FitProgress.begin("draws", of: draws.count)
    for draw in draws {
      martlet_poll()
      defer { progress?.advance() }
      for place in 0..<observations { values.append(logLikelihood(draw, place)) }
    }
    try self.init(Matrix(values, shape: [draws.count, observations]), relativeEfficiency: relativeEfficiency)
  }

  /// - Parameters:
  ///   - posterior: draws of the parameters.
  ///   - observations: how many there are.
  ///   - logLikelihood: of the observation at a place, for a draw of the parameters.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  /// - Complexity: draws · observations calls of `logLikelihood`.
  public init(
    _ posterior: PosteriorSample, observations: Int,
    _ logLikelihood: (_ parameters: [Double], _ observation: Int) -> Double
  ) throws(FitError) {
    try self.init(
      draws: posterior.chains.flatMap { $0 }, observations: observations,
      relativeEfficiency: posterior.relativeEfficiency, logLikelihood)
  }

  /// How many draws there are.
  public var drawCount: Int { values.shape[0] }
  /// How many observations there are.
  public var observationCount: Int { values.shape[1] }

  /// How well the model predicts new observations, by the widely applicable information criterion: the log of the mean
  /// likelihood of each observation, less its variance (divisor `draws − 1`) over the draws.
  ///
  /// Where a variance is above 0.4 the approximation is doubtful; ``leaveOneOut()`` is more robust, and says so itself.
  ///
  /// References: Watanabe (2010), Asymptotic equivalence of Bayes cross validation and WAIC; Gelman, Hwang and Vehtari (2014),
  /// Understanding predictive information criteria for Bayesian models.
  /// - Complexity: O(draws · observations).
  public func waic() -> PredictiveAccuracy {
    let columns = values.transposed()
    let densities = (0..<observationCount).map { logMean(columns.row($0).scalars) }
    let penalties = values.variance(axis: 0, degreesOfFreedom: 1).scalars
    return PredictiveAccuracy(
      method: .waic, pointwise: zip(densities, penalties).map { $0 - $1 }, pointwisePenalties: penalties,
      reliability: PredictiveAccuracy.Reliability(of: "variance", values: penalties, limit: 0.4))
  }

  /// How well the model predicts observations that it has not seen: leave-one-out cross-validation from a single posterior.
  ///
  /// Leaving an observation out weighs each draw by one over the likelihood of that observation. The largest weights are
  /// smoothed by a generalized Pareto distribution, whose shape `k` says whether they can be believed: up to
  /// `min(1 − 1 / log₁₀ draws, 0.7)`.
  ///
  /// References: Vehtari, Gelman and Gabry (2017), Practical Bayesian model evaluation using leave-one-out
  /// cross-validation and WAIC; Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling.
  /// - Complexity: O(draws · log draws · observations).
  public func leaveOneOut() -> PredictiveAccuracy {
    let columns = values.transposed().scalars
    let count = drawCount
    let results = Parallel.mapRanges(observationCount, length: 1) { range in
      let logs = Array(columns[range.lowerBound * count..<(range.lowerBound + 1) * count])
      return (LeftOut(logs, relativeEfficiency: relativeEfficiency), logMean(logs))
    }
    let pointwise = results.map(\.0.logDensity)
    return PredictiveAccuracy(
      method: .leaveOneOut, pointwise: pointwise, pointwisePenalties: zip(results, pointwise).map { $0.1 - $1 },
      reliability: PredictiveAccuracy.Reliability(
        of: "Pareto k", values: results.map(\.0.paretoShape), limit: LeftOut.goodShape(draws: count)))
  }
}

extension PosteriorSample {
  /// How many independent draws one draw is worth, on the mean over the parameters; 1 for a single chain, of which too
  /// little is known.
  var relativeEfficiency: Double {
    let count = Double(chains.reduce(0) { $0 + $1.count })
    guard chains.count > 1, let parameters = chains.first?.first?.indices, !parameters.isEmpty else { return 1 }
    let sizes = parameters.map { parameter in effectiveSize(chains.map { $0.map { $0[parameter] } }) }
    let efficiency = mean(sizes) / count
    return efficiency > 0 ? efficiency : 1
  }
}

/// The logarithm of the mean of what has these logarithms.
func logMean(_ logs: [Double]) -> Double { logSum(logs) - log(Double(logs.count)) }

/// The logarithm of the sum of what has these logarithms.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
}
