import MartletModels

/// Every estimator of the module, one line each. A new estimator is one more line.
extension BatteryCase {
  static let all: [BatteryCase] = classifiers + regressors + transformers

  static let classifiers: [BatteryCase] =
    classicClassifiers + [
      .classifier(
        "LogisticRegression", LogisticRegression<Int>(), LogisticRegression<String>(), LogisticRegression<Bool>(),
        LogisticRegression<Size>()),
      .classifier(
        "StandardScaler → LogisticRegression", StandardScaler().then(LogisticRegression<Int>()),
        StandardScaler().then(LogisticRegression<String>()), StandardScaler().then(LogisticRegression<Bool>()),
        StandardScaler().then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
    ]

  static let regressors: [BatteryCase] =
    classicRegressors + [
      .regressor("LinearRegression", LinearRegression()),
      .regressor(
        "StandardScaler → LinearRegression", StandardScaler().then(LinearRegression()), [.weightsAreNotRepetition]),
    ]

  static let transformers: [BatteryCase] =
    classicTransformers + [
      .transformer("StandardScaler", StandardScaler())
    ]
}
