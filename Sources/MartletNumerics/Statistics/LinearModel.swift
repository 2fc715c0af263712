import Glibc

/// What a coefficient of a regression came to, and how sure that is.
public struct Coefficient: Sendable, Hashable {
  /// Its name, or `x0`, `x1`, … ; `intercept` for the constant.
  public let name: String
  /// The estimate.
  public let value: Double
  /// How far off it typically is.
  public let standardError: Double
  /// The estimate over its error: t for a linear, z for a logistic regression.
  public let statistic: Double
  /// How likely a statistic at least as far from 0 is when the coefficient is 0.
  public let pValue: Double
  /// The range that contains the coefficient with a confidence of 95 %.
  public let interval: ClosedRange<Double>
}

/// A linear regression with all that is said about how sure it is. (statsmodels: `OLS(...).fit()`)
///
///     let line = try LinearModel(Matrix([[0], [1], [2], [3]]), [1, 3, 5.1, 6.9])
///     line.coefficients[1].value      // 1.98
///     line.rSquared                   // 0.9993…
///
/// Minimises `‖y − X β‖²` by QR decomposition.
public struct LinearModel: Sendable, CustomStringConvertible {
  /// The constant first, then one for each column.
  public let coefficients: [Coefficient]
  /// `y − X β`.
  public let residuals: [Double]
  /// How much each value weighs in its own prediction, from 0 to 1.
  public let leverages: [Double]
  /// The columns, with the constant's ones.
  private let design: Matrix
  private let response: [Double]
  private let hasIntercept: Bool

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite, columns linearly independent, and n larger than their number.
  ///   - y: n values.
  ///   - fitsIntercept: whether there is a constant.
  ///   - names: of the columns, for the summary.
  /// - Throws: ``StatisticsError`` where the shapes do not fit or columns depend on each other.
  /// - Complexity: O(n · d²).
  public init(_ x: Matrix, _ y: [Double], fitsIntercept: Bool = true, names: [String]? = nil) throws(StatisticsError) {
    try StatisticsError.require(
      x.rank == 2 && x.shape[0] == y.count && y.count > x.shape[1] + (fitsIntercept ? 1 : 0),
      "A linear model needs a matrix with a row for each of the \(y.count) values, and more rows than coefficients; "
        + "found shape \(x.shape).")
    design = fitsIntercept ? Matrix.concatenated([.ones(x.shape[0], 1), x], axis: 1).compacted() : x.compacted()
    (response, hasIntercept) = (y, fitsIntercept)
    // Columns of one size, so that large ones do not hide dependence among small ones.
    let scales = design.norms(axis: 0)
    guard let (q, r) = try? (design / scales).qr() else {
      throw StatisticsError("A linear model needs finite numbers.")
    }
    let diagonal = abs(r.diagonal())
    try StatisticsError.require(
      diagonal.min() > 1e-15 * diagonal.max(), "Columns of the linear model depend on each other; leave one out.")
    guard let inverse = try? r.solveTriangular(.eye(r.shape[0]), isLower: false) else {
      throw StatisticsError("Columns of the linear model depend on each other; leave one out.")
    }
    var estimate = inverse • (q.transposed() • Matrix(y))
    // Once more for what is left: the digits that the first solution lost.
    estimate += (inverse • (q.transposed() • (Matrix(y) - (design / scales) • estimate)))
    let beta = estimate / scales
    residuals = (Matrix(y) - design • beta).scalars
    leverages = q.applying(.square).sum(axis: 1).scalars
    let freedom = Double(y.count - beta.count)
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / freedom
    let errors = inverse.norms(axis: 1) / scales * variance.squareRoot()
    let t = StudentTDistribution(degreesOfFreedom: freedom)
    let names = (fitsIntercept ? ["intercept"] : []) + (names ?? (0..<x.shape[1]).map { "x\($0)" })
    coefficients = zip(names, zip(beta.scalars, errors.scalars)).map { name, pair in
      Coefficient(name, pair.0, error: pair.1, distribution: t)
    }
  }

  /// How many values there are.
  public var count: Int { response.count }
  /// Values less coefficients.
  public var residualDegreesOfFreedom: Int { count - coefficients.count }
  /// The sum of the squared residuals.
  public var residualSumOfSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }
  /// The estimated standard deviation of what is not explained.
  public var residualStandardDeviation: Double {
    (residualSumOfSquares / Double(residualDegreesOfFreedom)).squareRoot()
  }
  private var totalSumOfSquares: Double {
    let centre = hasIntercept ? mean(response) : 0
    return response.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  }
  /// The fraction of the variance that is explained (about zero, without a constant).
  public var rSquared: Double { 1 - residualSumOfSquares / totalSumOfSquares }
  /// ``rSquared``, corrected for the number of coefficients.
  public var adjustedRSquared: Double {
    1 - (1 - rSquared) * Double(count - (hasIntercept ? 1 : 0)) / Double(residualDegreesOfFreedom)
  }
  /// Whether all coefficients but the constant are zero: the F test of the regression.
  public var fTest: HypothesisTest {
    let explained = Double(coefficients.count - (hasIntercept ? 1 : 0))
    let freedom = Double(residualDegreesOfFreedom)
    let f = (totalSumOfSquares - residualSumOfSquares) / explained / (residualSumOfSquares / freedom)
    return HypothesisTest(
      "F test of the regression", f, pValue: FisherFDistribution(first: explained, second: freedom).survival(f),
      [explained, freedom])
  }
  /// The logarithm of the likelihood, with normal errors.
  public var logLikelihood: Double {
    let n = Double(count)
    return -n / 2 * (log(2 * Double.pi) + log(residualSumOfSquares / n) + 1)
  }
  /// Akaike's criterion; smaller is better.
  public var aic: Double { 2 * Double(coefficients.count) - 2 * logLikelihood }
  /// Schwarz's Bayesian criterion; smaller is better.
  public var bic: Double { log(Double(count)) * Double(coefficients.count) - 2 * logLikelihood }
  /// How residuals depend on the one before: 2 when they do not, below when they follow each other. (Durbin and Watson)
  public var durbinWatson: Double {
    zip(residuals, residuals.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } / residualSumOfSquares
  }
  /// How much each value moves all predictions; above 1 is a lot. (Cook)
  public var cooksDistances: [Double] {
    let scale = Double(coefficients.count) * residualStandardDeviation * residualStandardDeviation
    return zip(residuals, leverages).map { $0 * $0 * $1 / (scale * (1 - $1) * (1 - $1)) }
  }
  /// By how much each column's variance grows because the others tell of it; above 10 is a lot. One for each but the constant.
  public var varianceInflation: [Double] {
    let first = hasIntercept ? 1 : 0
    return (first..<design.shape[1]).map { column in
      let others = Matrix.concatenated([design[.all, 0..<column], design[.all, (column + 1)...]], axis: 1)
      guard let model = try? LinearModel(others, design.column(column).scalars, fitsIntercept: false) else {
        return .infinity
      }
      let values = design.column(column).scalars
      let centre = hasIntercept ? mean(values) : 0
      return values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / model.residualSumOfSquares
    }
  }

  /// The predictions for new rows, shape `[m, d]`. Stops the cell when the number of columns differs.
  public func predict(_ x: Matrix) -> [Double] {
    let beta = Matrix(coefficients.map(\.value))
    return hasIntercept ? (x • beta[1...] + beta[0]).scalars : (x • beta).scalars
  }

  /// A table of the coefficients, and the main figures.
  public var description: String {
    let figures = [
      "R² \(fourDigits(rSquared))", "adjusted \(fourDigits(adjustedRSquared))",
      "F \(fourDigits(fTest.statistic)) (p \(fourDigits(fTest.pValue)))", "AIC \(fourDigits(aic))",
      "BIC \(fourDigits(bic))",
      "n \(count)",
    ]
    return coefficientTable(coefficients, statistic: "t") + "\n" + figures.joined(separator: ", ")
  }
}

extension Coefficient {
  init(_ name: String, _ value: Double, error: Double, distribution: some ContinuousDistribution) {
    let reach = distribution.quantile(0.975) * error
    let statistic = value / error
    self.init(
      name: name, value: value, standardError: error, statistic: statistic,
      pValue: statistic.isNaN ? .nan : min(1, 2 * distribution.survival(abs(statistic))),
      interval: value - reach...max(value - reach, value + reach))
  }
}
