import MartletModels
import MartletNumerics

/// Votes, stacks, multiclass and stochastic methods, one line each.
extension BatteryCase {
  private static func vote<Label>() -> VotingClassifier<LogisticRegression<Label>> {
    VotingClassifier(["a": LogisticRegression(), "b": LogisticRegression(inverseRegularization: 0.01)])
  }
  private static func stack<Label>() -> StackingClassifier<GaussianNaiveBayes<Label>, LogisticRegression<Label>> {
    StackingClassifier(["bayes": GaussianNaiveBayes()], final: LogisticRegression(), passesFeatures: true)
  }
  private static func stochastic<Label>() -> Pipeline<StandardScaler, SGDClassifier<Label>> {
    StandardScaler().then(SGDClassifier(loss: .logistic, averagesFrom: 1, seed: 1))
  }
  private static let line = LogisticRegression<Bool>()

  static let ensembleClassifiers: [BatteryCase] = [
    .classifier("VotingClassifier", vote(), vote(), vote(), vote()),
    .classifier("StackingClassifier", stack(), stack(), stack(), stack(), [.dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "OneVsRestClassifier", OneVsRestClassifier(line, labels: Int.self),
      OneVsRestClassifier(line, labels: String.self),
      OneVsRestClassifier(line, labels: Bool.self), OneVsRestClassifier(line, labels: Size.self),
      [.answersDifferFromProbabilities]),
    .classifier(
      "OneVsOneClassifier", OneVsOneClassifier(line, labels: Int.self), OneVsOneClassifier(line, labels: String.self),
      OneVsOneClassifier(line, labels: Bool.self), OneVsOneClassifier(line, labels: Size.self)),
    .classifier(
      "OutputCodeClassifier", OutputCodeClassifier(line, seed: 1, labels: Int.self),
      OutputCodeClassifier(line, codeSize: 4, seed: 1, labels: String.self),
      OutputCodeClassifier(line, codeSize: 4, seed: 1, labels: Bool.self),
      OutputCodeClassifier(line, codeSize: 4, seed: 1, labels: Size.self)),
    .classifier(
      "SGDClassifier", stochastic(), stochastic(), stochastic(), stochastic(),
      [.dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "Perceptron", Perceptron<Int>(seed: 1), Perceptron<String>(seed: 1), Perceptron<Bool>(seed: 1),
      Perceptron<Size>(seed: 1),
      [.dependsOnOrder, .weightsAreNotRepetition, .answersDifferFromProbabilities]),
  ]

  static let ensembleRegressors: [BatteryCase] = [
    .regressor("ConformalRegressor", ConformalRegressor(LinearRegression(), coverage: 0.5, seed: 1), [.dependsOnOrder]),
    .regressor("VotingRegressor", VotingRegressor(["a": Ridge(), "b": Ridge(regularization: 10)])),
    .regressor(
      "StackingRegressor", StackingRegressor(["a": Ridge()], final: LinearRegression(), passesFeatures: true),
      [.dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("QuantileRegressor", QuantileRegressor(regularization: 0.01)),
    .regressor(
      "RANSACRegressor", RANSACRegressor(LinearRegression(), threshold: 1, seed: 1),
      [.dependsOnOrder, .weightsAreNotRepetition]),
    .regressor(
      "SGDRegressor", StandardScaler().then(SGDRegressor(seed: 1)), [.dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("GradientDescentRegressor", GradientDescentRegressor(maximumEpochs: 3_000)),
  ]

  static let ensembleTransformers: [BatteryCase] = [
    .transformer("IterativeImputer", IterativeImputer(), [.acceptsMissing]),
    .transformer("SplineTransformer", SplineTransformer(knots: 3)) { try $0.fit($1, weights: $2) },
  ]
}
