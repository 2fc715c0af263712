import Glibc
import MartletNumerics

/// How much to order when what is left over is lost and what is missing is not sold: from a forecast to a decision.
///
///     let newsvendor = Newsvendor(shortageCost: 3, surplusCost: 1)
///     newsvendor.fraction                       // 0.75: enough in three of four cases
///     newsvendor.orders(for: forecast)          // that quantile of each step
///
/// The best order is the demand's quantile at `shortage / (shortage + surplus)`, whatever the distribution.
///
/// Reference: Arrow, Harris and Marschak (1951), Optimal inventory policy.
public struct Newsvendor: Sendable, Hashable {
  /// What each missing piece costs, such as the profit that is not made; above 0.
  public let shortageCost: Double
  /// What each piece too many costs, such as its price less what it is still worth; above 0.
  public let surplusCost: Double

  /// Stops the cell unless both costs are positive.
  public init(shortageCost: Double, surplusCost: Double) {
    guard shortageCost > 0, surplusCost > 0, shortageCost.isFinite, surplusCost.isFinite else {
      fatalError("A Newsvendor needs costs above 0; found \(shortageCost) and \(surplusCost).")
    }
    self.shortageCost = shortageCost
    self.surplusCost = surplusCost
  }

  /// How likely the best order is enough.
  public var fraction: Double { shortageCost / (shortageCost + surplusCost) }

  /// The best order for each step, at least 0.
  public func orders(for forecast: Forecast) -> [Double] { forecast.quantile(fraction).map { max(0, $0) } }

  /// What an order costs when the demand is known.
  public func cost(order: Double, demand: Double) -> Double {
    demand > order ? shortageCost * (demand - order) : surplusCost * (order - demand)
  }

  /// What an order costs on average when the demand is normal: `(c₊ + c₋) σ (φ(z) + z Φ(z)) − c₊ σ z` with `z` the
  /// order's distance from the mean in standard deviations.
  public func expectedCost(order: Double, mean: Double, standardDeviation: Double) -> Double {
    guard standardDeviation > 0 else { return cost(order: order, demand: mean) }
    let z = (order - mean) / standardDeviation
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let below = NormalDistribution().cdf(z)
    return standardDeviation * ((shortageCost + surplusCost) * (density + z * below) - shortageCost * z)
  }
}
