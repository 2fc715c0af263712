import Glibc

/// Two variants tried on different people, and how many of each succeeded.
///
///     let test = ABTest(successes: (120, 150), trials: (1000, 1000))
///     test.probabilityThatSecondIsBetter      // 0.974…
///     try test.zTest().pValue                 // 0.0496…
/// Looking at p-values again and again while data come in finds differences that are not there: decide how many people to ask
/// first, as ``SampleSize/proportions(_:_:significance:power:)`` says.
public struct ABTest: Sendable {
  /// How many succeeded with each variant.
  public let successes: (Int, Int)
  /// How many tried each variant.
  public let trials: (Int, Int)

  /// Stops the cell unless there are trials of both variants and no more successes than these.
  public init(successes: (Int, Int), trials: (Int, Int)) {
    guard trials.0 > 0, trials.1 > 0, (0...trials.0).contains(successes.0), (0...trials.1).contains(successes.1) else {
      fatalError("An A/B test needs trials and no more successes than these; found \(successes) of \(trials).")
    }
    (self.successes, self.trials) = (successes, trials)
  }

  /// What is known of both rates, when nothing was before.
  public var posteriors: (BetaDistribution, BetaDistribution) {
    (
      BetaBinomial().updated(successes: successes.0, failures: trials.0 - successes.0).posterior,
      BetaBinomial().updated(successes: successes.1, failures: trials.1 - successes.1).posterior
    )
  }

  /// How likely the second variant's rate is the higher one, by an exact sum (over O(successes) terms).
  public var probabilityThatSecondIsBetter: Double {
    let (a, b) = posteriors
    return (0..<Int(b.a)).reduce(0.0) { sum, i in
      let term =
        logBeta(a.a + Double(i), a.b + b.b) - log(b.b + Double(i)) - logBeta(1 + Double(i), b.b) - logBeta(a.a, a.b)
      return sum + exp(term)
    }
  }

  /// By how much the second rate is above the first, relative to it.
  public var uplift: Double {
    let (a, b) = (Double(successes.0) / Double(trials.0), Double(successes.1) / Double(trials.1))
    return (b - a) / a
  }

  /// Whether the rates differ.
  public func zTest() throws(StatisticsError) -> HypothesisTest {
    try HypothesisTest.proportions(successes: [successes.0, successes.1], trials: [trials.0, trials.1])
  }
}
