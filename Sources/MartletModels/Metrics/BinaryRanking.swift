import MartletFrames
import MartletNumerics

/// How much is found and how much is false alarm when everything from a threshold up is taken for positive.
///
///     let ranking = BinaryRanking([0.1, 0.4, 0.35, 0.8], [false, false, true, true])
///     ranking.rocArea               // 0.75
///     ranking.averagePrecision      // 0.8333333333333333
///     ranking.frame                 // a row for each threshold, to chart
public struct BinaryRanking: Sendable {
  /// The different scores, highest first.
  public let thresholds: [Double]
  /// The weight of positives with at least that score.
  public let truePositives: [Double]
  /// The weight of negatives with at least that score.
  public let falsePositives: [Double]
  private var positives: Double { truePositives.last ?? 0 }
  private var negatives: Double { falsePositives.last ?? 0 }

  /// - Parameters:
  ///   - scores: larger for what is rather positive: probabilities or decision values, not NaN.
  ///   - actual: whether each is positive.
  ///   - weights: how much each counts.
  public init(_ scores: [Double], _ actual: [Bool], _ weights: [Double]? = nil) {
    MetricChecks.pairs(scores.count, actual.count, "BinaryRanking", weights)
    if scores.contains(where: \.isNaN) { fatalError("BinaryRanking needs scores that are numbers; found NaN.") }
    var (thresholds, found, alarms): ([Double], [Double], [Double]) = ([], [], [])
    var (foundSoFar, alarmsSoFar) = (0.0, 0.0)
    for place in Matrix(scores.map { -$0 }).argSort().scalars {
      if actual[place] { foundSoFar += weights?[place] ?? 1 } else { alarmsSoFar += weights?[place] ?? 1 }
      if thresholds.last == scores[place] {
        found[found.count - 1] = foundSoFar
        alarms[alarms.count - 1] = alarmsSoFar
      } else {
        thresholds.append(scores[place])
        found.append(foundSoFar)
        alarms.append(alarmsSoFar)
      }
    }
    self.thresholds = thresholds
    truePositives = found
    falsePositives = alarms
  }

  /// The positives that are found, as a fraction, from 0 (nothing is taken for positive) on: one more than thresholds.
  public var truePositiveRates: [Double] { [0] + truePositives.map { $0 / positives } }
  /// The negatives that are false alarms, as a fraction, from 0 on: one more than thresholds.
  public var falsePositiveRates: [Double] { [0] + falsePositives.map { $0 / negatives } }
  /// The fraction of what is taken for positive that is, for each threshold.
  public var precisions: [Double] { zip(truePositives, falsePositives).map { $0 + $1 == 0 ? 1 : $0 / ($0 + $1) } }
  /// The fraction of the positives that is found, for each threshold.
  public var recalls: [Double] { truePositives.map { $0 / positives } }

  /// The area under the ROC curve; not a number unless there are positives and negatives.
  public var rocArea: Double {
    let (x, y) = (falsePositiveRates, truePositiveRates)
    var area = 0.0
    for i in 1..<x.count { area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2 }
    return area
  }

  /// The mean of the precisions, each by the recall that it adds. (scikit-learn: `average_precision_score`)
  public var averagePrecision: Double {
    let (precisions, recalls) = (precisions, recalls)
    return recalls.indices.reduce(0) { $0 + (recalls[$1] - ($1 == 0 ? 0 : recalls[$1 - 1])) * precisions[$1] }
  }

  /// A row for each threshold: `threshold`, `precision`, `recall`, `f1`, `accuracy`, `truePositiveRate`,
  /// `falsePositiveRate`, `share` (of all samples taken for positive), `gain` (of the positives found) and `lift` (how
  /// many times more than by chance).
  public var frame: DataFrame {
    let total = positives + negatives
    let taken = zip(truePositives, falsePositives).map(+)
    let columns: [(String, [Double])] = [
      ("threshold", thresholds), ("precision", precisions), ("recall", recalls),
      ("f1", taken.indices.map { 2 * truePositives[$0] / (taken[$0] + positives) }),
      ("accuracy", taken.indices.map { (truePositives[$0] + negatives - falsePositives[$0]) / total }),
      ("truePositiveRate", recalls), ("falsePositiveRate", falsePositives.map { $0 / negatives }),
      ("share", taken.map { $0 / total }), ("gain", recalls),
      ("lift", zip(recalls, taken).map { $0 / ($1 / total) }),
    ]
    return TableNames.frame(columns.map { AnyColumn(Column($0, $1)) })
  }

  /// How many times more positives than by chance are among the share of the samples with the highest scores.
  ///
  /// - Parameter share: above 0 and up to 1; scores that are equal at the border are taken in part.
  public func lift(atShare share: Double) -> Double {
    guard share > 0, share <= 1 else { fatalError("lift needs a share above 0 and up to 1; found \(share).") }
    let total = positives + negatives
    let wanted = share * total
    var (found, taken) = (0.0, 0.0)
    for place in thresholds.indices {
      let (nextFound, nextTaken) = (truePositives[place], truePositives[place] + falsePositives[place])
      if nextTaken >= wanted {
        let part = (wanted - taken) / (nextTaken - taken)
        return (found + part * (nextFound - found)) / positives / share
      }
      (found, taken) = (nextFound, nextTaken)
    }
    return 1 / share
  }
}
