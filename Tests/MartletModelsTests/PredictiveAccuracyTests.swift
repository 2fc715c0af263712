import MartletModels
import MartletNumerics
import Testing

@Suite struct PredictiveAccuracyTests {
  struct Reference: Decodable {
    struct WAIC: Decodable {
      let pointwise: [Double]
      let penalty, arviz, arvizPenalty: Double
    }
    struct Model: Decodable {
      let values: [[Double]]
      let efficiency, elpd, error, penalty, limit: Double
      let pointwise, shapes: [Double]
      let waic: WAIC
    }
    struct Comparison: Decodable {
      let names: [String]
      let elpd, differences, differenceErrors, weights: [Double]
    }
    struct Difference: Decodable {
      let guesses, values: [Double]
      let places: [Int]
      let sum, samplingError, spreadError: Double
    }
    let line, correlated: Model
    let constant: [[Double]]
    let comparison: Comparison
    let difference: Difference

    static func read() throws -> Reference { try ReferenceFile.read("predictive-accuracy") }
  }

  private func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-9) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func leavingOutIsThatOfArviZ() throws {
    let reference = try Reference.read()
    for model in [reference.line, reference.correlated] {
      let likelihoods = try LogLikelihoods(Matrix(model.values), relativeEfficiency: model.efficiency)
      let loo = likelihoods.leaveOneOut()
      #expect(agree(loo.pointwise, model.pointwise))
      #expect(agree(loo.paretoShapes, model.shapes))
      #expect(agree([loo.elpd, loo.standardError, loo.effectiveParameters], [model.elpd, model.error, model.penalty]))
      #expect(agree([loo.limit], [model.limit]))
      #expect(loo.unreliable == model.shapes.indices.filter { model.shapes[$0] > model.limit })
    }
  }

  @Test func theInformationCriterionIsThatOfArviZ() throws {
    for model in [try Reference.read().line, try Reference.read().correlated] {
      let waic = try LogLikelihoods(Matrix(model.values)).waic()
      #expect(agree(waic.pointwise, model.waic.pointwise) && agree([waic.effectiveParameters], [model.waic.penalty]))
      // ArviZ divides variances by the number of draws.
      let draws = Double(model.values.count)
      let penalty = waic.effectiveParameters * (draws - 1) / draws
      #expect(agree([penalty], [model.waic.arvizPenalty]))
      #expect(agree([waic.elpd + waic.effectiveParameters - penalty], [model.waic.arviz]))
      #expect(waic.paretoShapes.isEmpty)
    }
  }

  @Test func comparisonIsThatOfArviZ() throws {
    let reference = try Reference.read()
    let comparison = try PredictiveComparison([
      "constant": LogLikelihoods(Matrix(reference.constant)).leaveOneOut(),
      "line": LogLikelihoods(Matrix(reference.line.values)).leaveOneOut(),
      "parabola": LogLikelihoods(Matrix(reference.correlated.values)).leaveOneOut(),
    ])
    let expected = reference.comparison
    #expect(comparison.names == expected.names)
    #expect(agree(comparison.accuracies.map(\.elpd), expected.elpd))
    #expect(agree(comparison.differences, expected.differences))
    #expect(agree(comparison.differenceErrors, expected.differenceErrors))
    // ArviZ minimizes to about six digits.
    #expect(agree(comparison.stackingWeights, expected.weights, within: 1e-3))
    #expect(agree([comparison.stackingWeights.reduce(0, +)], [1]))
    #expect(comparison.frame.rowCount == 3 && comparison.description.contains("constant"))
  }

  @Test func theDifferenceEstimatorIsThatOfThePaper() throws {
    let reference = try Reference.read().difference
    let likelihoods = reference.guesses
    // A posterior of draws at one place, whose guesses are the likelihoods themselves: nothing to correct.
    let exact = try SubsampledLeaveOneOut(draws: [[0], [0], [0]], observations: 40, sample: 12, seed: 5) {
      likelihoods[$1]
    }
    #expect(agree([exact.elpd], [likelihoods.reduce(0, +)]) && abs(exact.samplingError) < 1e-9)
    #expect(Set(exact.sample).count == 12 && exact.sample == exact.sample.sorted())
    let estimate = DifferenceEstimate(guesses: reference.guesses, places: reference.places, values: reference.values)
    #expect(
      agree(
        [estimate.sum, estimate.samplingError, estimate.spreadError],
        [reference.sum, reference.samplingError, reference.spreadError]))
  }

  /// A normal regression with known spread and a normal prior: everything has a closed form.
  private struct Regression {
    let x: Matrix
    let y: [Double]
    let spread = 0.7
    let prior = 0.2

    init(count: Int, seed: UInt64) {
      var random = PCG64(seed: seed)
      let inputs = (0..<count).map { _ in random.normal() }
      x = Matrix(inputs.map { [1, $0] })
      y = inputs.map { 0.4 + 0.9 * $0 + 0.7 * random.normal() }
    }

    func posterior(without left: Int?) throws -> (mean: Matrix, covariance: Matrix) {
      let rows = y.indices.filter { $0 != left }
      let own = x[rows: rows]
      let precision = (own.transposed() • own) / (spread * spread) + Matrix.eye(2) * prior
      let covariance = try precision.inverse()
      return (covariance • (own.transposed() • Matrix(rows.map { y[$0] })) / (spread * spread), covariance)
    }

    /// The sum of the log densities of each observation under the posterior of all others.
    func exactElpd() throws -> Double {
      try y.indices.reduce(0.0) { sum, place in
        let (mean, covariance) = try posterior(without: place)
        let row = x.row(place)
        let variance = spread * spread + row.dot(covariance • row)
        let miss = y[place] - row.dot(mean)
        return sum - 0.5 * (log(2 * .pi * variance) + miss * miss / variance)
      }
    }

    func draws(_ count: Int, seed: UInt64) throws -> [[Double]] {
      let (mean, covariance) = try posterior(without: nil)
      let root = try covariance.cholesky()
      var random = PCG64(seed: seed)
      return (0..<count).map { _ in (mean + root • Matrix([random.normal(), random.normal()])).scalars }
    }

    func logLikelihood(_ weights: [Double], _ place: Int) -> Double {
      let miss = (y[place] - weights[0] - weights[1] * x[place, 1]) / spread
      return -0.5 * miss * miss - log(spread * (2 * .pi).squareRoot())
    }
  }

  @Test func smoothingReachesExactLeavingOut() throws {
    for seed in [1, 2, 3] as [UInt64] {
      let regression = Regression(count: 60, seed: seed)
      let exact = try regression.exactElpd()
      let draws = try regression.draws(4_000, seed: seed)
      let likelihoods = try LogLikelihoods(draws: draws, observations: 60, regression.logLikelihood)
      let (loo, waic) = (likelihoods.leaveOneOut(), likelihoods.waic())
      #expect(abs(loo.elpd - exact) < 0.1, "seed \(seed)")
      #expect(abs(waic.elpd - exact) < 0.15, "seed \(seed)")
      #expect(loo.unreliable.isEmpty && abs(loo.effectiveParameters - 2) < 0.8, "seed \(seed)")
    }
  }

  @Test func aSampleOfManyObservationsIsEnough() throws {
    let regression = Regression(count: 3_000, seed: 7)
    let exact = try regression.exactElpd()
    let draws = try regression.draws(600, seed: 8)
    let loo = try SubsampledLeaveOneOut(
      draws: draws, observations: 3_000, sample: 150, seed: 9, regression.logLikelihood)
    #expect(loo.samplingError < 0.1 * loo.standardError)
    #expect(abs(loo.elpd - exact) < max(4 * loo.samplingError, 0.5), "seed 9: \(loo.elpd) and \(exact)")
    let all = try SubsampledLeaveOneOut(
      draws: draws, observations: 200, sample: 200, seed: 9, regression.logLikelihood)
    let whole = try LogLikelihoods(draws: draws, observations: 200, regression.logLikelihood).leaveOneOut()
    #expect(agree(all.pointwise, whole.pointwise) && agree([all.elpd], [whole.elpd]))
    #expect(all.samplingError == 0 && agree([all.standardError], [whole.standardError], within: 1e-9))
  }

  @Test func walksThatFollowEachOtherCountForLess() throws {
    let posterior = MetropolisHastings(chains: 4, draws: 500, seed: 2).sample(from: [0]) { -$0[0] * $0[0] / 2 }
    let likelihoods = try LogLikelihoods(posterior, observations: 3) {
      -($0[0] - Double($1)) * ($0[0] - Double($1)) / 2
    }
    #expect(likelihoods.relativeEfficiency < 0.9 && likelihoods.relativeEfficiency > 0.02)
    #expect(likelihoods.drawCount == 2_000 && likelihoods.observationCount == 3)
    let one = Parallel.$threadLimit.withValue(1) { likelihoods.leaveOneOut() }
    #expect(one == likelihoods.leaveOneOut())
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    #expect(throws: FitError.self) { try LogLikelihoods(Matrix([[1, 2]])) }
    #expect(throws: FitError.self) { try LogLikelihoods(Matrix([1, 2])) }
    #expect(throws: FitError.self) { try LogLikelihoods(Matrix([[1, .nan], [1, 2]])) }
    #expect(throws: FitError.self) { try LogLikelihoods(Matrix([[1, 2], [1, 2]]), relativeEfficiency: 0) }
    let two = try LogLikelihoods(Matrix([[-1, -2], [-1.5, -2]]))
    let three = try LogLikelihoods(Matrix([[-1, -2, -3], [-1.5, -2, -3]]))
    #expect(two.leaveOneOut().paretoShapes == [.infinity, .infinity] && two.leaveOneOut().unreliable == [0, 1])
    #expect(throws: FitError.self) { try PredictiveComparison(["a": two.waic()]) }
    #expect(throws: FitError.self) { try PredictiveComparison(["a": two.waic(), "b": two.leaveOneOut()]) }
    #expect(throws: FitError.self) { try PredictiveComparison(["a": two.waic(), "b": three.waic()]) }
    #expect(throws: FitError.self) {
      try SubsampledLeaveOneOut(draws: [[0], [1]], observations: 3, sample: 4) { _, _ in 0 }
    }
    #expect(throws: FitError.self) {
      try SubsampledLeaveOneOut(draws: [[0]], observations: 3, sample: 2) { _, _ in 0 }
    }
  }
}
