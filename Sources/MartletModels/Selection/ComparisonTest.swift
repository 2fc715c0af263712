import MartletNumerics

/// Whether a difference between models is more than chance.
public struct ComparisonTest: Sendable, Hashable, CustomStringConvertible {
  /// What was tested.
  public let name: String
  /// The number whose distribution is known when there is no difference.
  public let statistic: Double
  /// How likely a statistic at least as far out is when there is no difference, from 0 to 1.
  public let pValue: Double

  public var description: String { "\(name): statistic \(statistic), p = \(pValue)" }

  /// Student's t of the differences fold by fold, with a variance that allows for the folds' shared training samples.
  ///
  /// - Parameters:
  ///   - first: the measure of one model, fold by fold; at least two.
  ///   - second: that of the other, on the same folds.
  ///   - testShare: the size of a test over that of its training: 1/9 for ten folds.
  ///
  /// Reference: Nadeau and Bengio (2003), Inference for the generalization error.
  public static func correctedPairedT(_ first: [Double], _ second: [Double], testShare: Double) -> ComparisonTest {
    checkPairs(first, second, "correctedPairedT")
    let differences = zip(first, second).map { $0 - $1 }
    let n = Double(differences.count)
    let spread = variance(differences, degreesOfFreedom: 1) * (1 / n + testShare)
    let t = spread == 0 ? (mean(differences) == 0 ? 0 : .infinity) : mean(differences) / spread.squareRoot()
    let p = min(1, 2 * StudentTDistribution(degreesOfFreedom: n - 1).survival(abs(t)))
    return ComparisonTest(name: "corrected paired t", statistic: t, pValue: t.isInfinite ? 0 : p)
  }

  /// Student's t from five repetitions of two folds.
  ///
  /// - Parameters:
  ///   - first: the measure of one model on ten folds: both of the first repetition, both of the second, …
  ///   - second: that of the other, on the same folds.
  ///
  /// Reference: Dietterich (1998), Approximate statistical tests for comparing supervised classification learning
  /// algorithms.
  public static func fiveByTwo(_ first: [Double], _ second: [Double]) -> ComparisonTest {
    checkPairs(first, second, "fiveByTwo")
    guard first.count == 10 else { fatalError("fiveByTwo needs 5 × 2 folds; found \(first.count).") }
    let differences = zip(first, second).map { $0 - $1 }
    let spreads = stride(from: 0, to: 10, by: 2).map { place in
      let level = (differences[place] + differences[place + 1]) / 2
      return (differences[place] - level) * (differences[place] - level)
        + (differences[place + 1] - level) * (differences[place + 1] - level)
    }
    let spread = mean(spreads)
    let t = spread == 0 ? (differences[0] == 0 ? 0 : .infinity) : differences[0] / spread.squareRoot()
    let p = 2 * StudentTDistribution(degreesOfFreedom: 5).survival(abs(t))
    return ComparisonTest(name: "5 × 2 cv paired t", statistic: t, pValue: t.isInfinite ? 0 : min(1, p))
  }

  /// McNemar's test of two classifiers on the same samples: is one right where the other is wrong more often?
  ///
  /// Exact by the binomial distribution; 1 where they are right and wrong together.
  public static func mcNemar<Label: Equatable>(
    _ first: [Label], _ second: [Label], actual: [Label]
  ) -> ComparisonTest {
    MetricChecks.pairs(first.count, actual.count, "mcNemar")
    MetricChecks.pairs(second.count, actual.count, "mcNemar")
    let gained = actual.indices.count { first[$0] == actual[$0] && second[$0] != actual[$0] }
    let lost = actual.indices.count { first[$0] != actual[$0] && second[$0] == actual[$0] }
    guard gained + lost > 0, let test = try? HypothesisTest.mcNemar(gained: gained, lost: lost) else {
      return ComparisonTest(name: "McNemar's exact test", statistic: 0, pValue: 1)
    }
    return ComparisonTest(name: test.name, statistic: test.statistic, pValue: test.pValue)
  }

  /// Friedman's test: do several models differ over several data sets (or folds)?
  ///
  /// - Parameter scores: shape `[models, data sets]`, at least three models and two data sets.
  /// - Returns: χ² of the ranks, with ties allowed for.
  public static func friedman(_ scores: Matrix) -> ComparisonTest {
    guard scores.rank == 2, scores.shape[0] > 2, scores.shape[1] > 1 else {
      fatalError("friedman needs at least 3 models and 2 data sets; found \(scores.shape).")
    }
    let (k, n) = (Double(scores.shape[0]), Double(scores.shape[1]))
    let table = (0..<scores.shape[1]).map { ranks(scores.column($0).scalars) }
    let sums = (0..<scores.shape[0]).map { model in table.reduce(0) { $0 + $1[model] } }
    let ties = table.reduce(0.0) { sum, row in
      sum + Matrix(row).unique().counts.reduce(0) { $0 + Double($1 * ($1 * $1 - 1)) }
    }
    let correction = 1 - ties / (n * k * (k * k - 1))
    let raw = 12 / (n * k * (k + 1)) * sums.reduce(0) { $0 + $1 * $1 } - 3 * n * (k + 1)
    guard correction > 0 else { return ComparisonTest(name: "Friedman's test", statistic: 0, pValue: 1) }
    let statistic = raw / correction
    return ComparisonTest(
      name: "Friedman's test", statistic: statistic,
      pValue: ChiSquareDistribution(degreesOfFreedom: k - 1).survival(statistic))
  }

  /// The mean rank of each model over data sets: 1 is best. Shape of `scores`: `[models, data sets]`.
  public static func meanRanks(_ scores: Matrix, greaterIsBetter: Bool = true) -> [Double] {
    let table = (0..<scores.shape[1]).map { ranks(scores.column($0).scalars.map { greaterIsBetter ? -$0 : $0 }) }
    return (0..<scores.shape[0]).map { model in mean(table.map { $0[model] }) }
  }

  /// Nemenyi's critical difference: mean ranks further apart than this differ by more than chance.
  ///
  /// - Parameters:
  ///   - models: at least 2.
  ///   - dataSets: at least 1.
  ///   - significance: between 0 and 1.
  ///
  /// Reference: Demšar (2006), Statistical comparisons of classifiers over multiple data sets.
  public static func nemenyiCriticalDifference(models: Int, dataSets: Int, significance: Double = 0.05) -> Double {
    guard models > 1, dataSets > 0, significance > 0, significance < 1 else {
      fatalError("nemenyiCriticalDifference needs 2 models, a data set and a significance between 0 and 1.")
    }
    let k = Double(models)
    let range = findRoot(between: 0...100) { StudentizedRange.survival($0, models) - significance }
    return range / 2.0.squareRoot() * (k * (k + 1) / (6 * Double(dataSets))).squareRoot()
  }

  private static func checkPairs(_ first: [Double], _ second: [Double], _ name: String) {
    guard first.count == second.count, first.count > 1 else {
      fatalError("\(name) needs as many values of both, at least two: \(first.count) and \(second.count) were given.")
    }
  }
}

/// The range of `k` standard normal numbers.
private enum StudentizedRange {
  /// `1 − k ∫ φ(z) (Φ(z) − Φ(z − q))^{k−1} dz`, by Simpson's rule, exact to 10⁻¹² since the integrand is smooth.
  static func survival(_ q: Double, _ k: Int) -> Double {
    let (low, high, steps) = (-9.0, 9.0 + q, 4000)
    let width = (high - low) / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let z = low + Double(step) * width
      let factor = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      let inside = normalCDF(z) - normalCDF(z - q)
      sum += factor * exp(-z * z / 2) * pow(max(inside, 0), Double(k - 1))
    }
    return 1 - Double(k) * sum * width / 3 * 0.3989422804014327
  }
}
