import CMartletRuntime
import Foundation
import MartletDisplay
import MartletFrames
import MartletNumerics

/// Leave-one-out cross-validation of a Bayesian model on so many observations that only some of them are left out.
///
/// Every observation's density at the posterior mean is a cheap guess `ỹ` of what leaving it out would give, `y`. A random
/// sample says by how much guesses err, and the difference estimator `∑ ỹ + n / m · ∑ (y − ỹ)` corrects their sum. It is
/// unbiased, and the better the guesses, the smaller the sample that is enough.
///
///     let loo = try SubsampledLeaveOneOut(posterior, observations: 100_000, sample: 400, seed: 0) { parameters, place in
///       logLikelihood(parameters, place)
///     }
///     loo.elpd                    // give or take loo.samplingError for the sample,
///     loo.standardError           // and this for the observations
///
/// Reference: Magnusson, Andersen, Jonasson and Vehtari (2020), Leave-one-out cross-validation for Bayesian model comparison
/// in large data.
public struct SubsampledLeaveOneOut: Sendable, Equatable {
  /// How many observations there are.
  public let observationCount: Int
  /// The places of those that were left out, ascending.
  public let sample: [Int]
  /// Their parts of the elpd.
  public let pointwise: [Double]
  /// The shape of each one's tail of weights.
  public let paretoShapes: [Double]
  /// The estimate of the sum over all observations.
  public let elpd: Double
  /// The standard error that comes from leaving only some out; 0 when all are.
  public let samplingError: Double
  /// The standard error of the elpd over observations, as ``PredictiveAccuracy/standardError``.
  public let standardError: Double
  /// Up to which shape estimates can be believed.
  public let limit: Double

  /// - Parameters:
  ///   - posterior: draws of the parameters.
  ///   - observations: how many there are.
  ///   - sample: how many of them to leave out, at least 2.
  ///   - seed: for the same ones every time; `nil` for others each time.
  ///   - logLikelihood: of the observation at a place, for a draw of the parameters.
  /// - Throws: ``FitError`` of kind `parameter`, `tooFewSamples` or `notFinite`.
  /// - Complexity: observations + draws · sample calls of `logLikelihood`.
  public init(
    _ posterior: PosteriorSample, observations: Int, sample: Int, seed: UInt64? = nil,
    _ logLikelihood: (_ parameters: [Double], _ observation: Int) -> Double
  ) throws(FitError) {
    try self.init(
      draws: posterior.chains.flatMap { $0 }, observations: observations, sample: sample,
      relativeEfficiency: posterior.relativeEfficiency, seed: seed, logLikelihood)
  }

  /// - Parameters:
  ///   - draws: of the parameters, from the posterior; at least 2.
  ///   - observations: how many there are.
  ///   - sample: how many of them to leave out, at least 2.
  ///   - relativeEfficiency: how many independent draws one draw is worth, above 0.
  ///   - seed: for the same ones every time; `nil` for others each time.
  ///   - logLikelihood: of the observation at a place, for a draw of the parameters.
  /// - Throws: ``FitError`` of kind `parameter`, `tooFewSamples` or `notFinite`.
  /// - Complexity: observations + draws · sample calls of `logLikelihood`.
  public init(
    draws: [[Double]], observations: Int, sample: Int, relativeEfficiency: Double = 1, seed: UInt64? = nil,
    _ logLikelihood: (_ parameters: [Double], _ observation: Int) -> Double
  ) throws(FitError) {
    try SampleChecks.parameter(
      sample > 1 && sample <= observations, "sample", "from 2 to the \(observations) observations", sample)
    try SampleChecks.parameter(
      relativeEfficiency > 0 && relativeEfficiency.isFinite, "relativeEfficiency", "above 0", relativeEfficiency)
    guard draws.count > 1, Set(draws.map(\.count)).count == 1 else {
      throw FitError(
        .tooFewSamples, expected: "at least two draws of the same parameters", found: "\(draws.count)",
        advice: "Draw more of the posterior.")
    }
    let centre = draws[0].indices.map { parameter in mean(draws.map { $0[parameter] }) }
    var random = PCG64(seed: seed ?? Random.nextSeed())
    let places = random.distinctPlaces(sample, below: observations).sorted()
    let guesses = (0..<observations).map { logLikelihood(centre, $0) }
    try SampleChecks.finite(guesses, "log likelihood", width: 1)
    var leftOut: [LeftOut] = []
    let progress = FitProgress.begin("observations", of: places.count)
    for place in places {
      martlet_poll()
      defer { progress?.advance() }
      let logs = draws.map { logLikelihood($0, place) }
      try SampleChecks.finite(logs, "log likelihood", width: 1)
      leftOut.append(LeftOut(logs, relativeEfficiency: relativeEfficiency))
    }
    let pointwise = leftOut.map(\.logDensity)
    let estimate = DifferenceEstimate(guesses: guesses, places: places, values: pointwise)
    (observationCount, self.sample, self.pointwise) = (observations, places, pointwise)
    paretoShapes = leftOut.map(\.paretoShape)
    (elpd, samplingError, standardError) = (estimate.sum, estimate.samplingError, estimate.spreadError)
    limit = LeftOut.goodShape(draws: draws.count)
  }

  /// The places of observations whose estimate cannot be believed.
  public var unreliable: [Int] { zip(sample, paretoShapes).filter { !($1 <= limit) }.map(\.0) }
}

extension SubsampledLeaveOneOut: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let bound = FrameNumberFormat.texts([limit])[0]
    let facts = [
      "\(sample.count) of \(observationCount) observations left out, \(unreliable.count) with a Pareto k above \(bound)"
    ]
    let numbers = [elpd, standardError, samplingError].map { String(format: "%.2f", $0) }
    return ModelTable(
      title: "PSIS-LOO of a sample", facts: facts, header: ["measure", "estimate", "standard error", "sampling error"],
      rows: [["elpd"] + numbers])
  }

  /// The estimate, for a terminal.
  public var description: String { table.text }
  /// The estimate, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
