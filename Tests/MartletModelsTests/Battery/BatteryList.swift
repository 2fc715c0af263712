import MartletModels

/// Every estimator of the module, one line each. A new estimator is one more line.
extension BatteryCase {
  static let all: [BatteryCase] = classifiers + regressors + transformers

  static let classifiers: [BatteryCase] = [
    .classifier(
      "LogisticRegression", LogisticRegression<Int>(), LogisticRegression<String>(), LogisticRegression<Bool>(),
      LogisticRegression<Size>()),
    .classifier(
      "StandardScaler → LogisticRegression", StandardScaler().then(LogisticRegression<Int>()),
      StandardScaler().then(LogisticRegression<String>()), StandardScaler().then(LogisticRegression<Bool>()),
      StandardScaler().then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
  ]

  static let regressors: [BatteryCase] = [
    .regressor("LinearRegression", LinearRegression()),
    .regressor("Ridge", Ridge()),
    .regressor("RidgeCV", RidgeCV()),
    .regressor("ElasticNet", ElasticNet(regularization: 0.01, tolerance: 1e-10)),
    .regressor("ElasticNetCV", ElasticNetCV(), [.dependsOnOrder]),
    .regressor("Lasso", Lasso(regularization: 0.01, tolerance: 1e-10)),
    .regressor("LassoCV", LassoCV(), [.dependsOnOrder]),
    .regressor("BayesianRidge", BayesianRidge(tolerance: 1e-10)),
    .regressor("HuberRegressor", HuberRegressor(tolerance: 1e-10)),
    .regressor("TweedieRegressor", TweedieRegressor()),
    .regressor(
      "StandardScaler → LinearRegression", StandardScaler().then(LinearRegression()), [.weightsAreNotRepetition]),
  ]

  static let transformers: [BatteryCase] = [
    .transformer("StandardScaler", StandardScaler())
  ]
}
