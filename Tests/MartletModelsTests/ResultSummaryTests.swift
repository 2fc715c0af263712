import MartletDisplay
import MartletModels
import MartletNumerics
import Testing

/// Results show what there is to know at a glance, not all their numbers.
@Suite struct ResultSummaryTests {
  private let x: Matrix = {
    let rows: [[Double]] = (0..<30).map { place in [Double(9 * (place % 3)), Double(place) / 30] }
    return Matrix(rows)
  }()

  private func check(_ result: some ResultSummary, _ parts: String...) {
    for part in parts { #expect(result.description.contains(part), "\(part) in \(result)") }
    #expect(result.displayBundle()[.html] != nil && result.description.split(separator: "\n").count < 20)
  }

  @Test func groupings() throws {
    // The example of the index's own documentation: 4/7.
    check(
      ClusterAgreement([0, 0, 1, 1], ["a", "a", "b", "c"]), "adjusted Rand index", "0.5714", "2 groups and 3 groups")
    let gap = try GapStatistic(x, clusters: 1...4, references: 4, seed: 0)
    check(gap, "\(gap.best) clusters are taken")
    let stability = try ClusterStability(x, draws: 4, seed: 0) { drawn throws(FitError) in
      try KMeans(clusters: 3, seed: 0).fit(drawn).predict(x)
    }
    check(stability, "3 pairs of draws", "1.0000")
    check(try Linkage(x), "30 samples", "groups left")
  }

  @Test func judgements() throws {
    // scikit-learn's example of roc_auc_score and average_precision_score: 0.75 and 0.8333.
    check(
      BinaryRanking([0.1, 0.4, 0.35, 0.8], [false, false, true, true]), "0.7500", "0.8333", "2 positives, 2 negatives")
    check(CalibrationCurve(probabilities: [0.9, 0.9, 0.1], actual: [true, false, false]), "0.3000", "0.500")
    let y = (0..<30).map { $0 % 3 }
    let curve = try learningCurve(
      GaussianNaiveBayes<Int>(), x, y, fractions: [0.5, 1], folds: StratifiedKFold(3), scoring: .accuracy)
    check(curve, "accuracy by samples", "3 folds", "1.0000 ± 0.0000")
    check(try DataDrift.between([1.0, 2, 3, 4], [1.0, 2, 3, 4]), "Drift: none", "0.0000")
  }

  @Test func searches() throws {
    let found = try BayesianMinimizer(evaluations: 6, seed: 0).minimize(in: [0...1]) { _ in 0.25 }
    check(found, "after 6 questions", "0.25", "variable 0")
    check(
      try TargetEmbedding.randomProjection(of: ["a", "b", "a"], dimensions: 2, seed: 0), "2 classes in 2 dimensions")
    let sum: CovarianceKernel = .constant(2) * .rbf(length: 1) + .white(0.1)
    let (smooth, noise): (CovarianceKernel, CovarianceKernel) = (.constant(2) + .rbf(length: 1), .white(0.1))
    #expect("\(sum)" == "2 * rbf(1) + white(0.1)" && "\(smooth * noise)" == "(2 + rbf(1)) * white(0.1)")
  }
}
