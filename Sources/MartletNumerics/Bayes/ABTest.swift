import Glibc

/// Two variants tried on different people, and how many of each succeeded.
///
///     let test = ABTest(successes: (120, 150), trials: (1000, 1000))
///     test.probabilityThatSecondIsBetter      // 0.974…
///     test.difference                         // 0.03
///     try test.zTest().pValue                 // 0.0496…
///
/// Looking at p-values again and again while data come in finds differences that are not there, as
/// ``falseAlarmRate(looks:significance:)`` says: decide how many people to ask first, as
/// ``SampleSize/proportions(_:_:significance:power:)`` tells.
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

  /// How likely a difference of the two rates is, given what was seen: `∫ p₁(x) p₂(x + d) dx` over both ``posteriors``.
  ///
  ///     test.differencePDF(0.03) > test.differencePDF(0)      // true
  ///
  /// - Parameter difference: the second rate minus the first, −1 to 1.
  /// - Returns: a density: its integral over all differences is 1.
  public func differencePDF(_ difference: Double) -> Double {
    let (a, b) = posteriors
    // Beyond eight deviations nothing is left of the first rate's density.
    let reach = 8 * a.variance.squareRoot()
    let (low, high) = (max(0, -difference, a.mean - reach), min(1, 1 - difference, a.mean + reach))
    guard low < high else { return 0 }
    return integrate(over: low...high, method: .simpson(800)) { a.pdf($0) * b.pdf($0 + difference) }.value
  }

  /// How often a test of two equal variants says that they differ, when it is looked at several times, after equally many
  /// people each time, and ended as soon as p is below `significance`.
  ///
  ///     ABTest.falseAlarmRate(looks: 1)       // 0.0500
  ///     ABTest.falseAlarmRate(looks: 10)      // 0.193
  ///
  /// The density of the running sum of what is seen is carried from look to look, for those that have not ended.
  ///
  /// - Parameters:
  ///   - looks: how often, 1 to 1,000.
  ///   - significance: the p-value below which a look ends the test; between 0 and 1, default 0.05.
  /// - Complexity: O(looks · 200²).
  ///
  /// Reference: Armitage, McPherson and Rowe (1969), Repeated significance tests on accumulating data.
  public static func falseAlarmRate(looks: Int, significance: Double = 0.05) -> Double {
    guard (1...1_000).contains(looks), significance > 0, significance < 1 else {
      fatalError(
        "falseAlarmRate needs 1 to 1,000 looks and a significance between 0 and 1; found \(looks) and \(significance).")
    }
    let (normal, rule) = (NormalDistribution(), GaussLegendre(points: 200))
    let bound = normalQuantile(1 - significance / 2)
    // The sums at which a look lets the test go on, and how much of them there is around each.
    var sums = rule.points.map { bound * $0 }
    var shares = zip(sums, rule.weights).map { normal.pdf($0) * $1 * bound }
    for look in 1..<looks {
      let next = bound * Double(look + 1).squareRoot()
      let places = rule.points.map { next * $0 }
      shares = zip(places, rule.weights).map { place, weight in
        next * weight * zip(sums, shares).reduce(0) { $0 + $1.1 * normal.pdf(place - $1.0) }
      }
      sums = places
    }
    return 1 - shares.reduce(0, +)
  }

  /// Whether the rates differ.
  public func zTest() throws(StatisticsError) -> HypothesisTest {
    try HypothesisTest.proportions(successes: [successes.0, successes.1], trials: [trials.0, trials.1])
  }
}
