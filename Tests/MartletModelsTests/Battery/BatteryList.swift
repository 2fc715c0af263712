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
        "DummyClassifier", DummyClassifier<Int>(), DummyClassifier<String>(), DummyClassifier<Bool>(),
        DummyClassifier<Size>(), [.acceptsOneClass, .ignoresFeatures]),
      .classifier(
        "CalibratedClassifier", CalibratedClassifier(LogisticRegression<Int>()),
        CalibratedClassifier(LogisticRegression<String>()), CalibratedClassifier(LogisticRegression<Bool>()),
        CalibratedClassifier(LogisticRegression<Size>()), [.dependsOnOrder]),
      .classifier(
        "SelectKBest → LogisticRegression", SelectKBest(k: 1).then(LogisticRegression<Int>()),
        SelectKBest(k: 1).then(LogisticRegression<String>()), SelectKBest(k: 1).then(LogisticRegression<Bool>()),
        SelectKBest(k: 1).then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
      .classifier(
        "StandardScaler → LogisticRegression", StandardScaler().then(LogisticRegression<Int>()),
        StandardScaler().then(LogisticRegression<String>()), StandardScaler().then(LogisticRegression<Bool>()),
        StandardScaler().then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
    ]

  static let regressors: [BatteryCase] =
    classicRegressors + [
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
      .regressor("DummyRegressor", DummyRegressor(), [.ignoresFeatures]),
      .regressor("DummyRegressor, median", DummyRegressor(.median), [.ignoresFeatures]),
      .regressor(
        "StandardScaler → LinearRegression", StandardScaler().then(LinearRegression()), [.weightsAreNotRepetition]),
    ]

  static let transformers: [BatteryCase] =
    classicTransformers + [
      .transformer("StandardScaler", StandardScaler(), [.acceptsMissing]),
      .transformer("MinMaxScaler", MinMaxScaler(range: -1...1, clips: true), [.acceptsMissing]),
      .transformer("MaxAbsScaler", MaxAbsScaler(), [.acceptsMissing]),
      .transformer("RobustScaler", RobustScaler(), [.acceptsMissing]),
      .transformer("Normalizer", Normalizer()),
      .transformer("PowerTransformer", PowerTransformer(), [.acceptsMissing]),
      .transformer("PowerTransformer, Box-Cox", PowerTransformer(.boxCox), [.acceptsMissing, .needsNonNegative]),
      .transformer("QuantileTransformer", QuantileTransformer(quantileCount: 20, output: .normal), [.acceptsMissing]),
      .transformer("SimpleImputer", SimpleImputer(addsIndicators: true), [.acceptsMissing]),
      .transformer("KNNImputer", KNNImputer(), [.acceptsMissing, .dependsOnOrder]),
      .transformer("PolynomialFeatures", PolynomialFeatures()),
      .transformer("KBinsDiscretizer", KBinsDiscretizer()),
      .transformer("VarianceThreshold", VarianceThreshold()),
      .transformer("StandardScaler → PolynomialFeatures", StandardScaler().then(PolynomialFeatures())),
    ]
}
