import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// What a threshold does: precision, recall and their harmonic mean when everything from it up is taken for positive.
  ///
  ///     Chart.thresholds(BinaryRanking(probabilities, isFraud))
  ///
  /// The threshold with the largest F1 is marked; where errors cost unequally, see ``costs(_:falseAlarm:miss:)``.
  public static func thresholds(_ ranking: BinaryRanking) -> Chart {
    let (precisions, recalls) = (ranking.precisions, ranking.recalls)
    let f1 = zip(precisions, recalls).map { $0 + $1 > 0 ? 2 * $0 * $1 / ($0 + $1) : 0 }
    // Of equally good thresholds the highest; there is one for every ranking of samples.
    let best = f1.indices.max { (f1[$0], -$0) < (f1[$1], -$1) }
    return Chart {
      LineMark(x: ranking.thresholds, y: precisions, label: "precision")
      LineMark(x: ranking.thresholds, y: recalls, label: "recall")
      LineMark(x: ranking.thresholds, y: f1, label: "F1")
      if let best {
        RuleMark(x: ranking.thresholds[best], label: "best F1: \(RateFormat.text(f1[best]))").labelAtStart().dashed()
          .color(.gray)
      }
    }.title("What a threshold does").xLabel("threshold").yLabel("rate").yDomain(0...1)
  }

  /// How many of the positives are found among the samples with the highest scores; the straight line is chance, the grey one
  /// a ranking without an error.
  ///
  ///     Chart.gain(BinaryRanking(scores, hasBought))
  public static func gain(_ ranking: BinaryRanking) -> Chart {
    let shares = takenShares(ranking)
    let positives = (ranking.truePositives.last ?? 0) / max(taken(ranking).last ?? 0, .leastNormalMagnitude)
    return Chart {
      LineMark(x: [0, positives, 1], y: [0, 1, 1]).color(.gray).lineWidth(1.25)
      LineMark(x: [0, 1], y: [0, 1]).dashed().color(.gray).lineWidth(1.25)
      LineMark(x: [0] + shares, y: [0] + ranking.recalls).color(.blue)
    }.title("Gain").xLabel("share of all samples, highest scores first").yLabel("share of the positives found")
      .usualSize(width: 440, height: 420)
  }

  /// How many times more positives than by chance are among the samples with the highest scores.
  ///
  ///     Chart.lift(BinaryRanking(scores, hasBought))
  public static func lift(_ ranking: BinaryRanking) -> Chart {
    let shares = takenShares(ranking)
    return Chart {
      RuleMark(y: 1, label: "by chance").dashed().color(.gray)
      LineMark(x: shares, y: zip(ranking.recalls, shares).map { $0 / $1 }).color(.blue)
    }.title("Lift").xLabel("share of all samples, highest scores first").yLabel("times more than by chance")
  }

  /// What each threshold costs for each sample when a false alarm and a miss cost so much; the cheapest is marked.
  ///
  ///     Chart.costs(BinaryRanking(probabilities, isFraud), falseAlarm: 1, miss: 100)
  ///
  /// - Parameters:
  ///   - ranking: of samples that were not learned from.
  ///   - falseAlarm: of a negative that is taken for positive.
  ///   - miss: of a positive that is not.
  public static func costs(_ ranking: BinaryRanking, falseAlarm: Double, miss: Double) -> Chart {
    let (all, positives) = (taken(ranking).last ?? 0, ranking.truePositives.last ?? 0)
    let costs = ranking.thresholds.indices.map { place in
      (falseAlarm * ranking.falsePositives[place] + miss * (positives - ranking.truePositives[place])) / all
    }
    let best = costs.indices.min { (costs[$0], $0) < (costs[$1], $1) }
    return Chart {
      LineMark(x: ranking.thresholds, y: costs).color(.blue)
      if let best {
        RuleMark(x: ranking.thresholds[best], label: "cheapest: \(RateFormat.text(ranking.thresholds[best]))").dashed()
          .color(.gray)
      }
    }.title("What a threshold costs").xLabel("threshold").yLabel("cost of a sample")
  }

  private static func taken(_ ranking: BinaryRanking) -> [Double] {
    zip(ranking.truePositives, ranking.falsePositives).map(+)
  }

  private static func takenShares(_ ranking: BinaryRanking) -> [Double] {
    let taken = taken(ranking)
    return taken.map { $0 / (taken.last ?? 1) }
  }
}
