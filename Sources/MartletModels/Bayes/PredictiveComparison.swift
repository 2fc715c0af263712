import Foundation
import MartletDisplay
import MartletFrames
import MartletNumerics

/// Bayesian models of the same observations, the one that predicts best first.
///
///     let comparison = try PredictiveComparison(["line": line.leaveOneOut(), "parabola": parabola.leaveOneOut()])
///     comparison.names[0]                     // the best
///     comparison.differences[1]               // how much worse the next one is
///     comparison.differenceErrors[1]          // give or take: less than twice this is no difference
///
/// Differences are of the same observations, so that their errors are far smaller than those of the models by themselves.
///
/// References: Vehtari, Gelman and Gabry (2017), Practical Bayesian model evaluation using leave-one-out cross-validation and
/// WAIC; Yao, Vehtari, Simpson and Gelman (2018), Using stacking to average Bayesian predictive distributions.
public struct PredictiveComparison: Sendable, Equatable {
  /// The models' names, the best first.
  public let names: [String]
  /// How well each predicts, in that order.
  public let accuracies: [PredictiveAccuracy]
  /// How much worse each predicts than the best: 0 for the best, above 0 for the others. (ArviZ: `elpd_diff`)
  public let differences: [Double]
  /// The standard error of each difference, 0 for the best. (ArviZ: `dse`)
  public let differenceErrors: [Double]
  /// How much each counts in the mixture of all that predicts best: at least 0, with a sum of 1.
  public let stackingWeights: [Double]

  /// - Parameter models: how well each predicts, all by the same method and for the same observations.
  /// - Throws: ``FitError`` of kind `parameter` for fewer than two models or different methods, `shape` for different
  ///   numbers of observations.
  public init(_ models: KeyValuePairs<String, PredictiveAccuracy>) throws(FitError) {
    try SampleChecks.parameter(
      models.count > 1 && Set(models.map(\.key)).count == models.count, "models", "at least two, of different names",
      models.map(\.key))
    let methods = Set(models.map(\.value.method.rawValue))
    try SampleChecks.parameter(methods.count == 1, "models", "estimated by the same method", methods.sorted())
    let counts = Set(models.map(\.value.pointwise.count))
    guard counts.count == 1 else {
      throw FitError(
        .shape, expected: "models of the same observations", found: "\(counts.sorted()) observations",
        advice: "Compare models of the same data.")
    }
    let order = models.indices.sorted { (-models[$0].value.elpd, $0) < (-models[$1].value.elpd, $1) }
    names = order.map { models[$0].key }
    accuracies = order.map { models[$0].value }
    let best = accuracies[0]
    differences = accuracies.map { best.elpd - $0.elpd }
    differenceErrors = accuracies.map { other in
      PredictiveAccuracy.errorOfSum(zip(best.pointwise, other.pointwise).map { $0 - $1 })
    }
    stackingWeights = Self.stacked(accuracies.map(\.pointwise))
  }

  /// The mixture whose mean log density is largest, which has one maximum: each step shares a component's weight by how
  /// much of the observations it explains, until no component deserves more than it has.
  private static func stacked(_ logDensities: [[Double]]) -> [Double] {
    let count = logDensities[0].count
    let densities = (0..<count).map { place in
      let largest = logDensities.map { $0[place] }.max() ?? 0
      return logDensities.map { exp($0[place] - largest) }
    }
    var weights = [Double](repeating: 1 / Double(logDensities.count), count: logDensities.count)
    for _ in 0..<20_000 {
      var merits = [Double](repeating: 0, count: weights.count)
      for row in densities {
        let mixture = zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 }
        for model in row.indices { merits[model] += row[model] / mixture / Double(count) }
      }
      weights = zip(weights, merits).map { $0 * $1 }
      if (merits.max() ?? 1) - 1 < 1e-9 { break }
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// A row for each model, the best first: `model`, `elpd`, `standardError`, `effectiveParameters`, `difference`,
  /// `differenceError`, `weight` and `unreliable`, the number of observations whose estimate cannot be believed.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("model", names)), AnyColumn(Column("elpd", accuracies.map(\.elpd))),
      AnyColumn(Column("standardError", accuracies.map(\.standardError))),
      AnyColumn(Column("effectiveParameters", accuracies.map(\.effectiveParameters))),
      AnyColumn(Column("difference", differences)), AnyColumn(Column("differenceError", differenceErrors)),
      AnyColumn(Column("weight", stackingWeights)), AnyColumn(Column("unreliable", accuracies.map(\.unreliable.count))),
    ])
  }
}

extension PredictiveComparison: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let columns = [
      accuracies.map(\.elpd), accuracies.map(\.effectiveParameters), differences, differenceErrors, stackingWeights,
    ].map { values in values.map { String(format: "%.2f", $0) } }
    return ModelTable(
      title: "Comparison by \(accuracies[0].method.rawValue)",
      facts: ["\(accuracies[0].pointwise.count) observations; the highest elpd predicts best"],
      header: ["model", "elpd", "effective parameters", "difference", "standard error", "weight"],
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }

  /// A row for each model, for a terminal.
  public var description: String { table.text }
  /// A row for each model, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
