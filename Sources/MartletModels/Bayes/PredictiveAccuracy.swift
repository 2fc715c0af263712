import Foundation
import MartletDisplay
import MartletFrames
import MartletNumerics

/// How well a Bayesian model predicts new observations: the expected log pointwise predictive density (elpd).
///
///     let loo = likelihoods.leaveOneOut()
///     loo.elpd                    // the higher, the better; −2 times it is on the scale of a deviance
///     loo.standardError           // of the elpd over observations
///     loo.effectiveParameters     // how much better the seen observations are predicted than new ones
///     loo.unreliable              // the places of observations whose estimate cannot be believed
public struct PredictiveAccuracy: Sendable, Equatable {
  /// How it was estimated.
  public enum Method: String, Sendable, Codable {
    /// The widely applicable information criterion.
    case waic = "WAIC"
    /// Pareto-smoothed leave-one-out cross-validation.
    case leaveOneOut = "PSIS-LOO"
  }

  /// What says whether each observation's estimate can be believed.
  struct Reliability: Sendable, Equatable {
    let name: String
    let values: [Double]
    let limit: Double

    init(of name: String, values: [Double], limit: Double) {
      (self.name, self.values, self.limit) = (name, values, limit)
    }
  }

  /// How it was estimated.
  public let method: Method
  /// Each observation's part of the elpd.
  public let pointwise: [Double]
  /// How much better each observation is predicted when it has been seen.
  public let pointwisePenalties: [Double]
  let reliability: Reliability

  init(method: Method, pointwise: [Double], pointwisePenalties: [Double], reliability: Reliability) {
    self.method = method
    self.pointwise = pointwise
    self.pointwisePenalties = pointwisePenalties
    self.reliability = reliability
  }

  /// The sum of the logarithms of the densities of observations that were not seen: the higher, the better.
  public var elpd: Double { pointwise.reduce(0, +) }
  /// The standard error of ``elpd`` over observations.
  public var standardError: Double { PredictiveAccuracy.errorOfSum(pointwise) }
  /// How many parameters the model uses in effect. (ArviZ: `p_loo`, `p_waic`)
  public var effectiveParameters: Double { pointwisePenalties.reduce(0, +) }
  /// The shape of each observation's tail of weights; empty for WAIC. (ArviZ: `pareto_k`)
  public var paretoShapes: [Double] { method == .leaveOneOut ? reliability.values : [] }
  /// The places of observations whose estimate cannot be believed: of tails with a shape above ``limit``, or variances above it.
  ///
  /// Such observations move the posterior much. Refit without them, or doubt the model.
  public var unreliable: [Int] { reliability.values.indices.filter { !(reliability.values[$0] <= limit) } }
  /// Up to where estimates can be believed.
  public var limit: Double { reliability.limit }

  /// The standard error of a sum of independent terms.
  static func errorOfSum(_ terms: [Double]) -> Double {
    (Double(terms.count) * variance(terms, degreesOfFreedom: 0)).squareRoot()
  }

  /// A row for each observation: `observation`, `elpd`, `penalty` and `paretoK` or `variance`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("observation", Array(pointwise.indices))), AnyColumn(Column("elpd", pointwise)),
      AnyColumn(Column("penalty", pointwisePenalties)),
      AnyColumn(Column(method == .waic ? "variance" : "paretoK", reliability.values)),
    ])
  }
}

extension PredictiveAccuracy: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let texts = [elpd, effectiveParameters, -2 * elpd].map { String(format: "%.2f", $0) }
    let error = [standardError, 2 * standardError].map { String(format: "%.2f", $0) }
    let bad = unreliable.count
    let bound = FrameNumberFormat.texts([limit])[0]
    let advice =
      bad == 0
      ? "all \(pointwise.count) observations have a \(reliability.name) of at most \(bound)"
      : "\(bad) of \(pointwise.count) observations have a \(reliability.name) above \(bound): doubt the estimate"
    return ModelTable(
      title: method.rawValue, facts: [advice], header: ["measure", "estimate", "standard error"],
      rows: [
        ["elpd", texts[0], error[0]], ["effective parameters", texts[1], ""], ["−2 · elpd", texts[2], error[1]],
      ])
  }

  /// The estimates, for a terminal.
  public var description: String { table.text }
  /// The estimates, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
