import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Every metric against scikit-learn's, plain and with weights of samples.
@Suite struct MetricReferenceTests {
  struct Pair: Decodable { let plain, weighted: Double }
  struct Curve: Decodable { let fpr, tpr, precision, recall, observed, predicted: [Double]? }
  struct Row: Decodable {
    let precision, recall, f1, support: Double
    enum CodingKeys: String, CodingKey {
      case precision, recall, support
      case f1 = "f1-score"
    }
  }
  struct Ranking: Decodable { let relevance, scores: [Double], ndcg, ndcg5, dcg: Double }
  struct Groups: Decodable {
    let first, second: [Int]
    let ari, rand, ami, nmi, mi, homogeneity, completeness, v, v2, fm: Double
  }
  struct Quality: Decodable { let silhouette, calinski, davies: Double, silhouettes: [Double] }
  struct Reference: Decodable {
    let actual, predicted: [Int]
    let weights, probabilities, scores, binary, y, p: [Double]
    let labels, probability, regression: [String: Pair]
    let ovo, plain: [String: Double]
    let roc, pr: Curve
    let calibration: [String: Curve]
    let report: [String: Row]
    let ranking: [Ranking]
    let groups: [Groups]
    let quality: Quality
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("metrics") }

  private func compare(_ expected: [String: Pair], _ metrics: [String: ([Double]?) -> Double]) {
    #expect(Set(expected.keys) == Set(metrics.keys))
    for (name, metric) in metrics {
      guard let expected = expected[name] else { continue }
      #expect(agree([metric(nil)], [expected.plain], within: 1e-12), "\(name)")
      #expect(agree([metric(reference.weights)], [expected.weighted], within: 1e-12), "\(name) with weights")
    }
  }

  @Test func labels() {
    let (p, a) = (reference.predicted, reference.actual)
    var metrics: [String: ([Double]?) -> Double] = [
      "accuracy": { accuracy(predicted: p, actual: a, weights: $0) },
      "balanced": { balancedAccuracy(predicted: p, actual: a, weights: $0) },
      "balanced adjusted": { balancedAccuracy(predicted: p, actual: a, isAdjusted: true, weights: $0) },
      "matthews": { matthewsCorrelation(predicted: p, actual: a, weights: $0) },
      "kappa": { cohenKappa(p, a, weights: $0) },
      "kappa linear": { cohenKappa(p, a, disagreement: .linear, weights: $0) },
      "kappa quadratic": { cohenKappa(p, a, disagreement: .quadratic, weights: $0) },
      "f1 of 2": { f1Score(predicted: p, actual: a, average: .of(2), weights: $0) },
    ]
    for (name, average) in [("macro", Average<Int>.macro), ("weighted", .weighted), ("micro", .micro)] {
      metrics["precision \(name)"] = { precision(predicted: p, actual: a, average: average, weights: $0) }
      metrics["recall \(name)"] = { recall(predicted: p, actual: a, average: average, weights: $0) }
      metrics["f1 \(name)"] = { f1Score(predicted: p, actual: a, average: average, weights: $0) }
      metrics["f2 \(name)"] = { fScore(predicted: p, actual: a, beta: 2, average: average, weights: $0) }
      metrics["jaccard \(name)"] = { jaccardScore(predicted: p, actual: a, average: average, weights: $0) }
    }
    compare(reference.labels, metrics)
  }

  @Test func probabilities() {
    let a = reference.actual
    let table = Matrix(reference.probabilities, shape: [a.count, 4])
    let classes = [0, 1, 2, 3]
    let positive = a.map { $0 > 1 }
    let two = Matrix(reference.binary.flatMap { [1 - $0, $0] }, shape: [a.count, 2])
    let scores = reference.scores
    compare(
      reference.probability,
      [
        "logLoss": { logLoss(probabilities: table, actual: a, classes: classes, weights: $0) },
        "brier": { brierScore(probabilities: table, actual: a, classes: classes, weights: $0) },
        "brier binary": { brierScore(probabilities: two, actual: positive, classes: [false, true], weights: $0) },
        "top 2": { topKAccuracy(probabilities: table, actual: a, classes: classes, weights: $0) },
        "auc ovr": { rocAUC(probabilities: table, actual: a, classes: classes, weights: $0) },
        "auc ovr weighted": {
          rocAUC(probabilities: table, actual: a, classes: classes, isWeighted: true, weights: $0)
        },
        "auc binary": { BinaryRanking(scores, positive, $0).rocArea },
        "ap binary": { BinaryRanking(scores, positive, $0).averagePrecision },
        "ap": { averagePrecision(probabilities: table, actual: a, classes: classes, weights: $0) },
      ])
    let pairs = [false, true].map {
      rocAUC(probabilities: table, actual: a, classes: classes, comparing: .oneVersusOne, isWeighted: $0)
    }
    #expect(agree(pairs, [reference.ovo["macro"] ?? 0, reference.ovo["weighted"] ?? 0], within: 1e-12))
  }

  @Test func curves() {
    let positive = reference.actual.map { $0 > 1 }
    let ranking = BinaryRanking(reference.scores, positive, reference.weights)
    #expect(agree(ranking.falsePositiveRates, reference.roc.fpr ?? [], within: 1e-12))
    #expect(agree(ranking.truePositiveRates, reference.roc.tpr ?? [], within: 1e-12))
    // scikit-learn's curve runs from the lowest threshold up and ends with recall 0.
    #expect(agree(ranking.precisions.reversed() + [1], reference.pr.precision ?? [], within: 1e-12))
    #expect(agree(ranking.recalls.reversed() + [0], reference.pr.recall ?? [], within: 1e-12))
    #expect(abs(ranking.lift(atShare: 1) - 1) < 1e-12 && ranking.frame.rowCount == ranking.thresholds.count)
    for (name, binning) in [("uniform", CalibrationCurve.Binning.uniform), ("quantile", .quantile)] {
      let curve = CalibrationCurve(probabilities: reference.binary, actual: positive, bins: 6, binning: binning)
      #expect(agree(curve.predicted, reference.calibration[name]?.predicted ?? [], within: 1e-12), "\(name)")
      #expect(agree(curve.observed, reference.calibration[name]?.observed ?? [], within: 1e-12), "\(name)")
    }
    // Half of the positives are in the better half of the scores when scores say nothing: a lift of 1.
    let random = BinaryRanking([4, 3, 2, 1], [true, false, true, false])
    #expect(random.lift(atShare: 0.25) == 2 && random.lift(atShare: 0.5) == 1)
    #expect(
      CalibrationCurve(probabilities: [0.9, 0.9, 0.1], actual: [true, false, false]).expectedError == (0.8 + 0.1) / 3)
  }

  @Test func report() throws {
    let report = ClassificationReport(predicted: reference.predicted, actual: reference.actual)
    let frame = report.frame
    for (name, row) in zip(
      ["0", "1", "2", "3", "macro avg", "weighted avg"], [0, 1, 2, 3, 5, 6].map { frame.rows[$0] })
    {
      guard let expected = reference.report[name] else { continue }
      let values = ["precision", "recall", "f1", "support"].map { row.number($0) ?? .nan }
      #expect(agree(values, [expected.precision, expected.recall, expected.f1, expected.support], within: 1e-12))
    }
    #expect(report.description.contains("macro average"))
    let few = ClassificationReport(predicted: [true, true, false], actual: [true, false, false])
    #expect(few.description.contains("true                  0.500   1.000  0.667        1\n"), "\(few)")
    let weighted = ClassificationReport(predicted: [true, false], actual: [true, false], weights: [0.5, 1])
    #expect(weighted.description.contains(" 0.500\n") && weighted.description.contains(" 1.500\n"))
  }

  @Test func numbers() {
    let (p, y) = (reference.p, reference.y)
    compare(
      reference.regression,
      [
        "mse": { meanSquaredError(predicted: p, actual: y, weights: $0) },
        "rmse": { rootMeanSquaredError(predicted: p, actual: y, weights: $0) },
        "mae": { meanAbsoluteError(predicted: p, actual: y, weights: $0) },
        "mape": { meanAbsolutePercentageError(predicted: p, actual: y, weights: $0) },
        "msle": { meanSquaredLogError(predicted: p, actual: y, weights: $0) },
        "r2": { r2Score(predicted: p, actual: y, weights: $0) },
        "explained": { explainedVariance(predicted: p, actual: y, weights: $0) },
        "poisson": { poissonDeviance(predicted: p, actual: y, weights: $0) },
        "gamma": { gammaDeviance(predicted: p, actual: y, weights: $0) },
        "tweedie -1": { tweedieDeviance(predicted: p, actual: y, power: -1, weights: $0) },
        "tweedie 0": { tweedieDeviance(predicted: p, actual: y, power: 0, weights: $0) },
        "tweedie 1.5": { tweedieDeviance(predicted: p, actual: y, power: 1.5, weights: $0) },
        "tweedie 3": { tweedieDeviance(predicted: p, actual: y, power: 3, weights: $0) },
        "pinball": { pinballLoss(predicted: p, actual: y, fraction: 0.2, weights: $0) },
        "d2 tweedie": { d2Tweedie(predicted: p, actual: y, power: 1, weights: $0) },
      ])
    let plain = [
      medianAbsoluteError(predicted: p, actual: y), maximumError(predicted: p, actual: y),
      d2AbsoluteError(predicted: p, actual: y),
    ]
    #expect(agree(plain, ["medae", "max", "d2 absolute"].map { reference.plain[$0] ?? .nan }, within: 1e-12))
    // A weight is a repetition.
    let repeated = medianAbsoluteError(predicted: [1, 1, 5, 9], actual: [0, 0, 0, 0])
    #expect(medianAbsoluteError(predicted: [1, 5, 9], actual: [0, 0, 0], weights: [2, 1, 1]) == repeated)
    let outputs = perOutput(
      Matrix([[1, 2], [3, 5]]), Matrix([[1, 2], [3, 4]]), r2Score(predicted:actual:weights:))
    #expect(outputs == [1, 0.5])
  }

  @Test func rankings() {
    for expected in reference.ranking {
      let values = [
        normalizedDiscountedGain(relevance: expected.relevance, scores: expected.scores),
        normalizedDiscountedGain(relevance: expected.relevance, scores: expected.scores, k: 5),
        discountedGain(relevance: expected.relevance, scores: expected.scores),
      ]
      #expect(agree(values, [expected.ndcg, expected.ndcg5, expected.dcg], within: 1e-12))
    }
    let ranked = ["c", "a", "x", "b"]
    #expect(reciprocalRank(ranked: ranked, relevant: ["a", "b"]) == 0.5)
    #expect(reciprocalRank(ranked: ranked, relevant: ["z"]) == 0)
    #expect(recall(atRank: 2, ranked: ranked, relevant: ["a", "b"]) == 0.5)
    #expect(precision(atRank: 4, ranked: ranked, relevant: ["a", "b"]) == 0.5)
    #expect(hitRate(atRank: 1, ranked: ranked, relevant: ["a"]) == 0)
    #expect(averagePrecision(ranked: ranked, relevant: ["a", "b"]) == (1.0 / 2 + 2.0 / 4) / 2)
  }

  @Test func groupings() {
    for (place, expected) in reference.groups.enumerated() {
      let agreement = ClusterAgreement(expected.first, expected.second)
      let values = [
        agreement.adjustedRandIndex, agreement.randIndex, agreement.normalizedMutualInformation,
        agreement.mutualInformation, agreement.homogeneity, agreement.completeness, agreement.vMeasure(),
        agreement.vMeasure(beta: 2), agreement.fowlkesMallows, agreement.adjustedMutualInformation,
      ]
      #expect(
        agree(
          values,
          [
            expected.ari, expected.rand, expected.nmi, expected.mi, expected.homogeneity, expected.completeness,
            expected.v, expected.v2, expected.fm, expected.ami,
          ], within: 1e-9), "grouping \(place)")
    }
  }

  @Test func clusters() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let quality = reference.quality
    let values = [silhouetteScore(x, y), calinskiHarabasz(x, y), daviesBouldin(x, y)]
    #expect(agree(values, [quality.silhouette, quality.calinski, quality.davies]))
    let each = silhouettes(x, y)
    #expect(agree(stride(from: 0, to: 150, by: 10).map { each[$0] }, quality.silhouettes))
  }

  @Test func costs() {
    let costs = CostMatrix(classes: [false, true], costs: Matrix([[0, 1], [100, 0]]))
    #expect(costs.mean(predicted: [true, false], actual: [false, true]) == 50.5)
    // Worth an alarm from a probability of 1/101 on.
    #expect(costs.cheapest(Matrix([[0.995, 0.005], [0.98, 0.02]])) == [false, true])
  }
}
