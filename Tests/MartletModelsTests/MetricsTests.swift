import MartletDisplay
import MartletModels
import MartletNumerics
import Testing

@Suite struct MetricsTests {
  @Test func closedForms() {
    #expect(accuracy(predicted: ["a", "b", "b"], actual: ["a", "b", "a"]) == 2.0 / 3)
    #expect(meanSquaredError(predicted: [2, 4], actual: [1, 6]) == 2.5)
    #expect(meanAbsoluteError(predicted: [2, 4], actual: [1, 6]) == 1.5)
    // The example in scikit-learn's documentation of r2_score prints 0.948….
    #expect(abs(r2Score(predicted: [2.5, 0, 2, 8], actual: [3, -0.5, 2, 7]) - (1 - 1.5 / 29.1875)) < 1e-15)
    #expect(r2Score(predicted: [1, 1], actual: [1, 1]) == 1 && r2Score(predicted: [1, 2], actual: [1, 1]) == 0)
    #expect(
      abs(
        logLoss(probabilities: Matrix([[0.5, 0.5], [0.1, 0.9]]), actual: [0, 1], classes: [0, 1])
          + (log(0.5) + log(0.9)) / 2) < 1e-15)
  }

  @Test func confusion() throws {
    let confusion = ConfusionMatrix(predicted: ["a", "b", "b"], actual: ["a", "b", "a"])
    #expect(confusion.counts == Tensor([[1, 1], [0, 1]]))
    #expect(confusion.count(actual: "a", predicted: "b") == 1 && confusion.count(actual: "z", predicted: "b") == 0)
    #expect(
      confusion.description
        == "Confusion matrix\nrows: actual, columns: predicted\nactual  a  b\na       1  1\nb       0  1")
    guard case .text(let html)? = ConfusionMatrix(predicted: ["<b>"], actual: ["<b>"]).displayBundle()[.html] else {
      return #expect(Bool(false), "no HTML")
    }
    #expect(!html.contains("<b>") && html.contains("&lt;b&gt;"))
  }

  @Test func unequalCountsStopWithBoth() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = accuracy(predicted: [1, 2], actual: [1])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("2 and 1 were given"))
  }

  /// scikit-learn's examples of `roc_auc_score` and `average_precision_score`.
  @Test func scoresNeedNotBeProbabilities() {
    let (scores, actual) = ([0.1, 0.4, 0.35, 0.8], [false, false, true, true])
    #expect(rocAUC(scores: scores, actual: actual) == 0.75)
    #expect(abs(averagePrecision(scores: scores, actual: actual) - 5.0 / 6) < 1e-15)
    // Only their order counts.
    #expect(
      averagePrecision(scores: scores.map { 100 * $0 - 7 }, actual: actual)
        == averagePrecision(scores: scores, actual: actual))
  }

  /// Closed forms, and slopes beside differences.
  @Test func lossesOfRegression() {
    #expect(RegressionLoss.huber(1).mean(predicted: [2, 9], actual: [1.5, 4]) == (0.125 + 4.5) / 2)
    #expect(RegressionLoss.squared.mean(predicted: [2, 4], actual: [1, 6]) == 2.5)
    #expect(RegressionLoss.absolute.mean(predicted: [2, 4], actual: [1, 6]) == 1.5)
    let (predicted, actual) = ([2.0, 4, 1], [1.0, 6, 1.5])
    #expect(
      RegressionLoss.quantile(0.3).mean(predicted: predicted, actual: actual)
        == pinballLoss(predicted: predicted, actual: actual, fraction: 0.3))
    #expect(agree([RegressionLoss.logCosh(0.7), RegressionLoss.logCosh(-2)], [log(cosh(0.7)), log(cosh(2))]))
    #expect(RegressionLoss.logCosh(1e4) == 1e4 - log(2))
    for loss in [RegressionLoss.squared, .absolute, .huber(0.8), .quantile(0.2), .logCosh] {
      for miss in [-1.3, -0.2, 0.4, 3] {
        let difference = (loss(miss + 1e-6) - loss(miss - 1e-6)) / 2e-6
        #expect(abs(loss.slope(miss) - difference) < 1e-6, "\(loss) at \(miss)")
      }
    }
  }
}
