import MartletDisplay
import MartletFrames
import MartletNumerics

/// Whether a linear regression may be believed: the checks of what its standard errors and p-values take for granted.
///
///     let report = try RegressionAssumptions(x, y, names: ["age", "bmi"])
///     report["equal spread"]?.pValue     // below 0.05: residuals spread more for some predictions than for others
///     report.doubtful.map(\.name)
///
/// A test that finds nothing in few samples proves nothing, and in very many samples finds what does not matter: look at
/// `Chart.residuals` and `Chart.quantileQuantile`, too.
///
/// References: Ramsey (1969) for linearity; Breusch and Pagan (1979) in Koenker's form (1981) for equal spread; Jarque and Bera
/// (1980) for normality; Durbin and Watson (1950) for independence; Belsley, Kuh and Welsch (1980) for collinearity.
public struct RegressionAssumptions: Sendable {
  /// One assumption and what the data say about it.
  public struct Check: Sendable, Equatable {
    /// `linearity`, `equal spread`, `normality`, `independence` or `collinearity`.
    public let name: String
    /// How it is tested.
    public let method: String
    /// The test's statistic.
    public let statistic: Double
    /// How likely so large a statistic is where the assumption holds; `nil` for rules of thumb.
    public let pValue: Double?
    /// Whether there is reason to doubt the assumption: a p-value below 0.05, or beyond the rule of thumb.
    public let isDoubtful: Bool
  }

  /// The regression.
  public let model: LinearModel
  /// The checks, in the order of the list above.
  public let checks: [Check]

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite, columns linearly independent.
  ///   - y: `n` values, in the order of measurement where there is one.
  ///   - names: of the columns.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`, or `parameter` when columns depend on each
  ///   other.
  /// - Complexity: O(n · d²).
  public init(_ x: Matrix, _ y: [Double], names: [String]? = nil) throws(FitError) {
    try SampleChecks.features(x, atLeast: x.rank == 2 ? x.shape[1] + 5 : 1)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let model = try Self.fitted(x, y, names)
    let fitted = Matrix(zip(y, model.residuals).map { $0 - $1 })
    self.model = model
    checks = [
      Self.linearity(x, y, model, fitted), Self.equalSpread(x, model), Self.normality(model.residuals),
      Self.independence(model), Self.collinearity(model),
    ]
  }

  /// The check of that name.
  public subscript(_ name: String) -> Check? { checks.first { $0.name == name } }
  /// The checks that give reason to doubt.
  public var doubtful: [Check] { checks.filter(\.isDoubtful) }

  private static func fitted(_ x: Matrix, _ y: [Double], _ names: [String]?) throws(FitError) -> LinearModel {
    do throws(StatisticsError) {
      return try LinearModel(x, y, names: names)
    } catch {
      throw FitError(
        .parameter, expected: "columns that tell of each other no more than in part", found: error.description,
        advice: "Leave columns out.")
    }
  }

  /// Do squares and cubes of the predictions explain more? They would if the truth were bent.
  private static func linearity(_ x: Matrix, _ y: [Double], _ model: LinearModel, _ fitted: Matrix) -> Check {
    let scaled = fitted / max(abs(fitted).max(), .leastNormalMagnitude)
    let powers = Matrix.stacked([scaled * scaled, scaled * scaled * scaled], axis: 1)
    // Predictions of few different values have no curve to test.
    guard let bent = try? LinearModel(Matrix.concatenated([x, powers], axis: 1), y) else {
      return Check(name: "linearity", method: "RESET", statistic: .nan, pValue: nil, isDoubtful: false)
    }
    let freedom = Double(bent.residualDegreesOfFreedom)
    let f = (model.residualSumOfSquares - bent.residualSumOfSquares) / 2 / (bent.residualSumOfSquares / freedom)
    let p = FisherFDistribution(first: 2, second: freedom).survival(max(f, 0))
    return Check(name: "linearity", method: "RESET", statistic: f, pValue: p, isDoubtful: p < 0.05)
  }

  /// Do the columns explain the squared residuals?
  private static func equalSpread(_ x: Matrix, _ model: LinearModel) -> Check {
    let squares = model.residuals.map { $0 * $0 }
    let explained = (try? LinearModel(x, squares))?.rSquared ?? .nan
    let statistic = Double(model.count) * explained
    let p = ChiSquareDistribution(degreesOfFreedom: Double(x.shape[1])).survival(max(statistic, 0))
    return Check(
      name: "equal spread", method: "Breusch-Pagan", statistic: statistic, pValue: p, isDoubtful: p < 0.05)
  }

  /// Are skewness and kurtosis of the residuals those of a normal distribution?
  private static func normality(_ residuals: [Double]) -> Check {
    let (count, centre) = (Double(residuals.count), mean(residuals))
    func moment(_ order: Int) -> Double {
      residuals.reduce(0) { $0 + pow($1 - centre, Double(order)) } / count
    }
    let skewness = moment(3) / pow(moment(2), 1.5)
    let excess = moment(4) / (moment(2) * moment(2)) - 3
    let statistic = count / 6 * (skewness * skewness + excess * excess / 4)
    let p = ChiSquareDistribution(degreesOfFreedom: 2).survival(statistic)
    return Check(name: "normality", method: "Jarque-Bera", statistic: statistic, pValue: p, isDoubtful: p < 0.05)
  }

  /// Does each residual tell of the next?
  private static func independence(_ model: LinearModel) -> Check {
    let statistic = model.durbinWatson
    return Check(
      name: "independence", method: "Durbin-Watson, near 2", statistic: statistic, pValue: nil,
      isDoubtful: !(1.5...2.5 ~= statistic))
  }

  /// Do columns tell of each other?
  private static func collinearity(_ model: LinearModel) -> Check {
    let largest = model.varianceInflation.max() ?? 1
    return Check(
      name: "collinearity", method: "largest variance inflation, below 10", statistic: largest, pValue: nil,
      isDoubtful: !(largest < 10))
  }

  /// A row for each check: `assumption`, `test`, `statistic`, `pValue` (not a number for rules of thumb) and `doubtful`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("assumption", checks.map(\.name))), AnyColumn(Column("test", checks.map(\.method))),
      AnyColumn(Column("statistic", checks.map(\.statistic))),
      AnyColumn(Column("pValue", checks.map { $0.pValue ?? .nan })),
      AnyColumn(Column("doubtful", checks.map(\.isDoubtful))),
    ])
  }
}

extension RegressionAssumptions: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let numbers = FrameNumberFormat.texts(checks.map(\.statistic))
    let values = FrameNumberFormat.texts(checks.map { $0.pValue ?? .nan })
    let names = doubtful.map(\.name)
    return ModelTable(
      title: "Assumptions of the regression",
      facts: [names.isEmpty ? "nothing found against them" : "doubtful: " + names.joined(separator: ", ")],
      header: ["assumption", "test", "statistic", "p"],
      rows: checks.indices.map { place in
        [
          checks[place].name, checks[place].method, numbers[place],
          checks[place].pValue == nil ? "—" : values[place],
        ]
      })
  }

  /// A row for each check, for a terminal.
  public var description: String { table.text }
  /// A row for each check, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
