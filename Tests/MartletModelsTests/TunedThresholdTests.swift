import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct TunedThresholdTests {
  private let x = Matrix((0..<40).map { [Double($0), Double($0 * 7 % 5)] })
  private let y = (0..<40).map { $0 + $0 * 7 % 11 > 26 }
  private let costs = CostMatrix(classes: [false, true], costs: Matrix([[0, 1], [8, 0]]))

  /// No threshold is better: all that tell the probabilities apart are tried here, too.
  @Test func noOtherThresholdIsCheaper() throws {
    let model = try TunedThreshold(GaussianNaiveBayes<Bool>(), costs: costs).fit(x, y)
    let (probabilities, _) = try crossValidatedProbabilities(
      GaussianNaiveBayes<Bool>(), x, y, folds: StratifiedKFold(5))
    let second = probabilities.column(1).scalars
    let cheapest = (second + [0, 1.1]).map { limit in costs.mean(predicted: second.map { $0 >= limit }, actual: y) }
      .min()
    #expect(-model.merit == cheapest)
    #expect(model.threshold < 0.5, "a miss costs eight false alarms")
    #expect(try model.predict(x) == model.predictProbabilities(x).column(1).scalars.map { $0 >= model.threshold })
  }

  @Test func filesAndRefusals() throws {
    let model = try TunedThreshold(GaussianNaiveBayes<Bool>(), costs: costs).fit(x, y)
    let again = try ClassicData.reread(model)
    #expect(try again.predict(x) == model.predict(x) && again.threshold == model.threshold)
    #expect(try ClassicData.damageProblems(model) { _ = try $0.predict(x) }.isEmpty)
    let three = TunedThreshold(GaussianNaiveBayes<Int>()) { accuracy(predicted: $0, actual: $1) }
    #expect(refusal { try three.fit(x, (0..<40).map { $0 % 3 }) } == .parameter)
  }
}
