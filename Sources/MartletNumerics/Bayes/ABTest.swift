import Glibc

/// Two variants tried on different people, and how many of each succeeded.
///
///     let test = ABTest(successes: (120, 150), trials: (1000, 1000))
///     test.probabilityThatSecondIsBetter      // 0.974…
///     test.difference                         // 0.03
///     try test.zTest().pValue                 // 0.0496…
///
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

  /// By how much the second rate is above the first, in points of the rate: 0.03 for 15 % after 12 %.
  public var difference: Double {
    Double(successes.1) / Double(trials.1) - Double(successes.0) / Double(trials.0)
  }

  /// The range that contains the ``difference`` of the true rates with the given confidence, by Newcombe's hybrid of two
  /// Wilson intervals, which also holds for few trials and rates near 0 and 1.
  ///
  ///     test.differenceInterval()      // 0.0000138…0.0600
  ///
  /// Where it contains 0, either variant may be the better one.
  ///
  /// Reference: Newcombe (1998), Interval estimation for the difference between independent proportions, method 10.
  public func differenceInterval(confidence: Double = 0.95) -> ClosedRange<Double> {
    let rates = (Double(successes.0) / Double(trials.0), Double(successes.1) / Double(trials.1))
    let first = proportionInterval(successes: successes.0, trials: trials.0, confidence: confidence)
    let second = proportionInterval(successes: successes.1, trials: trials.1, confidence: confidence)
    let below = hypot(rates.1 - second.lowerBound, first.upperBound - rates.0)
    let above = hypot(second.upperBound - rates.1, rates.0 - first.lowerBound)
    return difference - below...difference + above
  }

  /// Whether the rates differ.
  public func zTest() throws(StatisticsError) -> HypothesisTest {
    try HypothesisTest.proportions(successes: [successes.0, successes.1], trials: [trials.0, trials.1])
  }
}
