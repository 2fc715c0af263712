import Glibc

/// A logistic regression of yes or no with all that is said about how sure it is. (statsmodels: `Logit(...).fit()`)
///
/// Maximises `Σ log p` with `p = 1 / (1 + exp(−Xβ))`, by Newton's steps.
public struct LogitModel: Sendable, CustomStringConvertible {
  /// The constant first, then one for each column; each is a logarithm of an odds ratio.
  public let coefficients: [Coefficient]
  /// The logarithm of the likelihood.
  public let logLikelihood: Double
  /// The same with the constant alone.
  public let nullLogLikelihood: Double
  /// How many values there are.
  public let count: Int
  private let hasIntercept: Bool

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite, columns linearly independent.
  ///   - y: n answers.
  ///   - names: of the columns, for the summary.
  /// - Throws: ``StatisticsError`` where the shapes do not fit, columns depend on each other, or the answers are separated by
  ///   a combination of columns, so that no finite coefficients are best.
  /// - Complexity: O(n · d²) a step; about 7 steps.
  public init(_ x: Matrix, _ y: [Bool], fitsIntercept: Bool = true, names: [String]? = nil) throws(StatisticsError) {
    try StatisticsError.require(
      x.rank == 2 && x.shape[0] == y.count && y.contains(true) && y.contains(false),
      "A logistic model needs a row for each of the \(y.count) answers, and both answers; found shape \(x.shape).")
    let design = fitsIntercept ? Matrix.concatenated([.ones(x.shape[0], 1), x], axis: 1).compacted() : x.compacted()
    let target = Matrix(y.map { $0 ? 1 : 0 })
    var beta = Matrix.zeros(design.shape[1])
    var covariance = Matrix.eye(design.shape[1])
    var hasConverged = false
    for _ in 0..<50 where !hasConverged {
      let p = 1 / (1 + exp(-(design • beta)))
      let weights = p * (1 - p)
      guard let inverse = try? (design.transposed() • (design * weights.addingAxis(1))).inverse() else { break }
      covariance = inverse
      let step = inverse • (design.transposed() • (target - p))
      beta += step
      hasConverged = step.norm() <= 1e-10 * Swift.max(1, beta.norm())
    }
    try StatisticsError.require(
      hasConverged && beta.norm().isFinite,
      "The coefficients grow without end or are not determined: columns separate the answers, or depend on each other.")
    let scores = design • beta
    // log p, without overflow on either side.
    logLikelihood = zip(scores.scalars, y).reduce(0) { $0 - log1p(exp($1.1 ? -$1.0 : $1.0)) }
    let (yes, n) = (target.sum(), Double(y.count))
    nullLogLikelihood = yes * log(yes / n) + (n - yes) * log((n - yes) / n)
    let errors = sqrt(covariance.diagonal())
    let names = (fitsIntercept ? ["intercept"] : []) + (names ?? (0..<x.shape[1]).map { "x\($0)" })
    coefficients = zip(names, zip(beta.scalars, errors.scalars)).map { name, pair in
      Coefficient(name, pair.0, error: pair.1, distribution: NormalDistribution())
    }
    (count, hasIntercept) = (y.count, fitsIntercept)
  }

  /// How much better than the constant alone: 0 for nothing, 1 for all. (McFadden)
  public var pseudoRSquared: Double { 1 - logLikelihood / nullLogLikelihood }
  /// Akaike's criterion; smaller is better.
  public var aic: Double { 2 * Double(coefficients.count) - 2 * logLikelihood }
  /// Schwarz's Bayesian criterion; smaller is better.
  public var bic: Double { log(Double(count)) * Double(coefficients.count) - 2 * logLikelihood }
  /// Whether all coefficients but the constant are zero: the likelihood ratio test.
  public var likelihoodRatioTest: HypothesisTest {
    let (statistic, freedom) = (
      2 * (logLikelihood - nullLogLikelihood), Double(coefficients.count - (hasIntercept ? 1 : 0))
    )
    let p = ChiSquareDistribution(degreesOfFreedom: max(freedom, 1)).survival(statistic)
    return HypothesisTest("likelihood ratio test", statistic, pValue: p, [freedom])
  }
  /// By what each column multiplies the odds for each unit.
  public var oddsRatios: [Double] { coefficients.map { exp($0.value) } }

  /// The probability of a yes for new rows, shape `[m, d]`.
  public func predictProbabilities(_ x: Matrix) -> [Double] {
    let beta = Matrix(coefficients.map(\.value))
    return (1 / (1 + exp(-(hasIntercept ? x • beta[1...] + beta[0] : x • beta)))).scalars
  }

  /// A table of the coefficients, and the main figures.
  public var description: String {
    coefficientTable(coefficients, statistic: "z")
      + "\nlog-likelihood \(fourDigits(logLikelihood)), pseudo R² \(fourDigits(pseudoRSquared)), n \(count)"
  }
}
