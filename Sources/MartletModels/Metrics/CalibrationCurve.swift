import MartletFrames
import MartletNumerics

/// Whether probabilities mean what they say: of samples with a probability near 0.8, are 80 % positive?
///
///     let curve = CalibrationCurve(probabilities: p, actual: isPositive, bins: 10)
///     curve.expectedError      // 0 for probabilities that can be taken at their word
public struct CalibrationCurve: Sendable, Equatable {
  /// How probabilities are grouped.
  public enum Binning: Sendable {
    /// Bins of equal width.
    case uniform
    /// Bins of about as many samples.
    case quantile
  }

  /// The mean probability in each bin that has samples.
  public let predicted: [Double]
  /// The fraction of positives in each of these bins.
  public let observed: [Double]
  /// How many samples each of these bins has.
  public let counts: [Int]

  /// - Parameters:
  ///   - probabilities: of being positive, from 0 to 1.
  ///   - actual: whether each is positive.
  ///   - bins: at least 1.
  ///   - binning: how the bins are cut.
  public init(probabilities: [Double], actual: [Bool], bins: Int = 5, binning: Binning = .uniform) {
    MetricChecks.pairs(probabilities.count, actual.count, "CalibrationCurve")
    guard bins > 0, probabilities.allSatisfy({ (0...1).contains($0) }) else {
      fatalError("CalibrationCurve needs at least one bin and probabilities from 0 to 1; found \(bins) bins.")
    }
    let fractions = (1..<bins).map { Double($0) / Double(bins) }
    let edges = binning == .uniform || bins == 1 ? fractions : quantiles(probabilities, fractions)
    var sums = [Double](repeating: 0, count: bins)
    var positives = [Double](repeating: 0, count: bins)
    var counts = [Int](repeating: 0, count: bins)
    for (probability, isPositive) in zip(probabilities, actual) {
      let bin = edges.count { $0 < probability }
      sums[bin] += probability
      positives[bin] += isPositive ? 1 : 0
      counts[bin] += 1
    }
    let filled = counts.indices.filter { counts[$0] > 0 }
    predicted = filled.map { sums[$0] / Double(counts[$0]) }
    observed = filled.map { positives[$0] / Double(counts[$0]) }
    self.counts = filled.map { counts[$0] }
  }

  /// The mean distance between what is said and what happens, over samples.
  ///
  /// Reference: Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning.
  public var expectedError: Double {
    WeightedMeans.mean(zip(predicted, observed).map { abs($0 - $1) }, counts.map(Double.init))
  }

  /// The largest distance of any bin.
  public var maximumError: Double { zip(predicted, observed).map { abs($0 - $1) }.max() ?? 0 }

  /// A row for each bin: `predicted`, `observed`, `count`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("predicted", predicted)), AnyColumn(Column("observed", observed)),
      AnyColumn(Column("count", counts)),
    ])
  }
}
