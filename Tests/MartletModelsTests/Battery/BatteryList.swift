import MartletModels

/// Every estimator of the module, one line each. A new estimator is one more line.
extension BatteryCase {
  static let all: [BatteryCase] = classifiers + regressors + transformers

  static let classifiers: [BatteryCase] = linearClassifiers + treeClassifiers
  static let regressors: [BatteryCase] = linearRegressors + treeRegressors

  private static let linearClassifiers: [BatteryCase] = [
    .classifier(
      "LogisticRegression", LogisticRegression<Int>(), LogisticRegression<String>(), LogisticRegression<Bool>(),
      LogisticRegression<Size>()),
    .classifier(
      "StandardScaler → LogisticRegression", StandardScaler().then(LogisticRegression<Int>()),
      StandardScaler().then(LogisticRegression<String>()), StandardScaler().then(LogisticRegression<Bool>()),
      StandardScaler().then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
  ]

  private static let treeClassifiers: [BatteryCase] = [
    .classifier(
      "DecisionTreeClassifier", DecisionTreeClassifier<Int>(), DecisionTreeClassifier<String>(),
      DecisionTreeClassifier<Bool>(), DecisionTreeClassifier<Size>(), [.acceptsMissing, .acceptsOneClass]),
    .classifier(
      "RandomForestClassifier", RandomForestClassifier<Int>(treeCount: 5, seed: 1),
      RandomForestClassifier<String>(treeCount: 5, seed: 1),
      RandomForestClassifier<Bool>(treeCount: 5, seed: 1), RandomForestClassifier<Size>(treeCount: 5, seed: 1),
      [.acceptsMissing, .acceptsOneClass, .dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "ExtraTreesClassifier", ExtraTreesClassifier<Int>(treeCount: 5, seed: 1),
      ExtraTreesClassifier<String>(treeCount: 5, seed: 1),
      ExtraTreesClassifier<Bool>(treeCount: 5, seed: 1), ExtraTreesClassifier<Size>(treeCount: 5, seed: 1),
      [.acceptsMissing, .acceptsOneClass]),
    .classifier(
      "BaggingClassifier", BaggingClassifier(DecisionTreeClassifier<Int>(), count: 4, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<String>(), count: 4, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<Bool>(), count: 4, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<Size>(), count: 4, seed: 1),
      [.acceptsMissing, .acceptsOneClass, .dependsOnOrder]),
    .classifier(
      "AdaBoostClassifier", AdaBoostClassifier<DecisionTreeClassifier<Int>>(rounds: 4),
      AdaBoostClassifier<DecisionTreeClassifier<String>>(rounds: 4),
      AdaBoostClassifier<DecisionTreeClassifier<Bool>>(rounds: 4),
      AdaBoostClassifier<DecisionTreeClassifier<Size>>(rounds: 4), [.acceptsMissing]),
    .classifier(
      "GradientBoostingClassifier", GradientBoostingClassifier<Int>(rounds: 3),
      GradientBoostingClassifier<String>(rounds: 3),
      GradientBoostingClassifier<Bool>(rounds: 3), GradientBoostingClassifier<Size>(rounds: 3), [.acceptsMissing]),
    .classifier(
      "HistogramGradientBoostingClassifier", HistogramGradientBoostingClassifier<Int>(rounds: 3, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<String>(rounds: 3, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<Bool>(rounds: 3, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<Size>(rounds: 3, minimumLeafSamples: 5),
      [.acceptsMissing, .weightsAreNotRepetition]),
  ]

  private static let linearRegressors: [BatteryCase] = [
    .regressor("LinearRegression", LinearRegression()),
    .regressor(
      "StandardScaler → LinearRegression", StandardScaler().then(LinearRegression()), [.weightsAreNotRepetition]),
  ]

  private static let treeRegressors: [BatteryCase] = [
    .regressor("DecisionTreeRegressor", DecisionTreeRegressor(), [.acceptsMissing]),
    .regressor(
      "RandomForestRegressor", RandomForestRegressor(treeCount: 5, seed: 1),
      [.acceptsMissing, .dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("ExtraTreesRegressor", ExtraTreesRegressor(treeCount: 5, seed: 1), [.acceptsMissing]),
    .regressor(
      "BaggingRegressor", BaggingRegressor(DecisionTreeRegressor(), count: 4, seed: 1),
      [.acceptsMissing, .dependsOnOrder]),
    .regressor(
      "AdaBoostRegressor", AdaBoostRegressor(DecisionTreeRegressor(maximumDepth: 3), rounds: 4, seed: 1),
      [.acceptsMissing, .dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("GradientBoostingRegressor", GradientBoostingRegressor(rounds: 10), [.acceptsMissing]),
    .regressor(
      "HistogramGradientBoostingRegressor", HistogramGradientBoostingRegressor(rounds: 10, minimumLeafSamples: 5),
      [.acceptsMissing, .weightsAreNotRepetition]),
  ]

  static let transformers: [BatteryCase] = [
    .transformer("StandardScaler", StandardScaler())
  ]
}
