import MartletDisplay
import MartletFrames
import MartletNumerics

/// What was measured or found, shown as a small table rather than number by number.
public protocol ResultSummary: Sendable, RichDisplayable, CustomStringConvertible {
  /// What there is to know at a glance.
  var summaryTable: ModelTable { get }
}

extension ResultSummary {
  /// The result, for a terminal.
  public var description: String { summaryTable.text }
  /// The result, as text and as an HTML table.
  public func displayBundle() -> DisplayBundle { summaryTable.displayBundle() }
}

extension ClusterAgreement: ResultSummary {
  public var summaryTable: ModelTable {
    let measures = [
      ("adjusted Rand index", adjustedRandIndex), ("adjusted mutual information", adjustedMutualInformation),
      ("normalised mutual information", normalizedMutualInformation), ("homogeneity", homogeneity),
      ("completeness", completeness), ("Fowlkes-Mallows", fowlkesMallows),
    ]
    let shape = contingency.shape
    return ModelTable(
      title: "Agreement of two groupings", facts: ["\(shape[0]) groups and \(shape[1]) groups"],
      header: ["measure", "value"], rows: measures.map { [$0, FixedDigits.text($1, 4)] })
  }
}

extension GapStatistic: ResultSummary {
  public var summaryTable: ModelTable {
    let (own, off) = (FrameNumberFormat.texts(gaps), FrameNumberFormat.texts(errors))
    return ModelTable(
      title: "Gap statistic", facts: ["\(best) clusters are taken"], header: ["clusters", "gap", "± error"],
      rows: clusterCounts.indices.map { ["\(clusterCounts[$0])", own[$0], off[$0]] })
  }
}

extension ClusterStability: ResultSummary {
  public var summaryTable: ModelTable {
    let texts = [mean, agreements.min() ?? .nan, agreements.max() ?? .nan].map { FixedDigits.text($0, 4) }
    return ModelTable(
      title: "Stability of a clustering",
      facts: ["\(agreements.count) pairs of draws, compared by the adjusted Rand index"],
      header: ["mean", "least", "largest"], rows: [texts])
  }
}

extension BinaryRanking: ResultSummary {
  public var summaryTable: ModelTable {
    let (positives, negatives) = (truePositives.last ?? 0, falsePositives.last ?? 0)
    let counts = FrameNumberFormat.texts([positives, negatives]).map {
      $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0
    }
    return ModelTable(
      title: "Ranking", facts: ["\(counts[0]) positives, \(counts[1]) negatives, \(thresholds.count) thresholds"],
      header: ["measure", "value"],
      rows: [["ROC AUC", FixedDigits.text(rocArea, 4)], ["average precision", FixedDigits.text(averagePrecision, 4)]])
  }
}

extension CalibrationCurve: ResultSummary {
  public var summaryTable: ModelTable {
    let (claimed, found) = (predicted.map { FixedDigits.text($0, 3) }, observed.map { FixedDigits.text($0, 3) })
    return ModelTable(
      title: "Calibration", facts: ["expected error \(FixedDigits.text(expectedError, 4))"],
      header: ["mean probability", "share of positives", "samples"],
      rows: counts.indices.map { [claimed[$0], found[$0], "\(counts[$0])"] })
  }
}

extension QualityCurve: ResultSummary {
  public var summaryTable: ModelTable {
    func texts(_ scores: Matrix) -> [String] {
      (0..<scores.shape[0]).map { row in
        let own = scores.row(row)
        return "\(FixedDigits.text(own.mean(), 4)) ± \(FixedDigits.text(own.standardDeviation(), 4))"
      }
    }
    let (train, test) = (texts(trainScores), texts(testScores))
    return ModelTable(
      title: "\(metric) by \(parameter)", facts: ["means and standard deviations over \(testScores.shape[1]) folds"],
      header: [parameter, "training", "test"], rows: values.indices.map { ["\(values[$0])", train[$0], test[$0]] })
  }
}

extension DataDrift: ResultSummary {
  public var summaryTable: ModelTable {
    let texts = [stabilityIndex, distance, pValue].map { FixedDigits.text($0, 4) }
    return ModelTable(
      title: "Drift: \(verdict.rawValue)", facts: [], header: ["measure", "value"],
      rows: zip(["stability index", "distance", "p"], texts).map { [$0, $1] })
  }
}

extension Linkage: ResultSummary {
  public var summaryTable: ModelTable {
    let last = merges.suffix(8).reversed()
    let distances = FrameNumberFormat.texts(last.map(\.distance))
    return ModelTable(
      title: "Tree of groups", facts: ["\(sampleCount) samples, the last joins first"],
      header: ["groups left", "distance", "samples joined"],
      rows: last.enumerated().map { ["\($0 + 1)", distances[$0], "\($1.size)"] })
  }
}

extension TargetEmbedding: ResultSummary {
  public var summaryTable: ModelTable {
    let columns = (0..<codes.shape[1]).map { codes.column($0).scalars.map { FixedDigits.text($0, 3) } }
    return ModelTable(
      title: "Places of classes", facts: ["\(classes.count) classes in \(columns.count) dimensions"],
      header: ["class"] + columns.indices.map { "\($0)" },
      rows: classes.indices.map { row in ["\(classes[row])"] + columns.map { $0[row] } })
  }
}

extension BayesianMinimizer.Result: ResultSummary {
  public var summaryTable: ModelTable {
    let numbers = point.map { FrameNumberFormat.texts([$0])[0] }
    return ModelTable(
      title: "Least value", facts: ["after \(values.count) questions"], header: ["part", "value"],
      rows: [["value", FrameNumberFormat.texts([value])[0]]] + numbers.enumerated().map { ["variable \($0)", $1] })
  }
}
