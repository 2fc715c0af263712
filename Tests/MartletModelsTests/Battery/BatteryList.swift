import MartletModels

/// Every estimator of the module, one line each. A new estimator is one more line.
extension BatteryCase {
  static let all: [BatteryCase] = classifiers + regressors + transformers + groupings + detectors

  static let classifiers: [BatteryCase] =
    linearClassifiers + treeClassifiers + classicClassifiers + ensembleClassifiers + manifoldClassifiers
  static let regressors: [BatteryCase] =
    linearRegressors + treeRegressors + classicRegressors + ensembleRegressors + manifoldRegressors

  /// Scaled without weights first, so that its steps need not be short.
  private static func averaged<Label>() -> Pipeline<StandardScaler, LogisticRegression<Label>> {
    StandardScaler().then(LogisticRegression(tolerance: 1e-9, solver: .saga(seed: 1)))
  }

  private static let linearClassifiers: [BatteryCase] = [
    .classifier(
      "LogisticRegression", LogisticRegression<Int>(), LogisticRegression<String>(), LogisticRegression<Bool>(),
      LogisticRegression<Size>()),
    .classifier(
      "LogisticRegression, Newton", LogisticRegression<Int>(solver: .newtonCholesky),
      LogisticRegression<String>(solver: .newtonCholesky), LogisticRegression<Bool>(solver: .newtonCholesky),
      LogisticRegression<Size>(solver: .newtonCholesky)),
    .classifier(
      "LogisticRegression, SAGA", averaged(), averaged(), averaged(), averaged(), [.weightsAreNotRepetition]),
    .classifier(
      "RidgeClassifier", RidgeClassifier<Int>(), RidgeClassifier<String>(), RidgeClassifier<Bool>(),
      RidgeClassifier<Size>()),
    .classifier(
      "RidgeClassifierCV", RidgeClassifierCV<Int>(), RidgeClassifierCV<String>(), RidgeClassifierCV<Bool>(),
      RidgeClassifierCV<Size>(), [.weightsAreNotRepetition]),
    .classifier(
      "DummyClassifier", DummyClassifier<Int>(), DummyClassifier<String>(), DummyClassifier<Bool>(),
      DummyClassifier<Size>(), [.acceptsOneClass, .ignoresFeatures]),
    .classifier(
      "CalibratedClassifier", CalibratedClassifier(LogisticRegression<Int>()),
      CalibratedClassifier(LogisticRegression<String>()), CalibratedClassifier(LogisticRegression<Bool>()),
      CalibratedClassifier(LogisticRegression<Size>()), [.dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "SelectKBest → LogisticRegression", SelectKBest(k: 1).then(LogisticRegression<Int>()),
      SelectKBest(k: 1).then(LogisticRegression<String>()), SelectKBest(k: 1).then(LogisticRegression<Bool>()),
      SelectKBest(k: 1).then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
    .classifier(
      "StandardScaler → LogisticRegression", StandardScaler().then(LogisticRegression<Int>()),
      StandardScaler().then(LogisticRegression<String>()), StandardScaler().then(LogisticRegression<Bool>()),
      StandardScaler().then(LogisticRegression<Size>()), [.weightsAreNotRepetition]),
  ]

  // Small models, because their files are damaged in a thousand ways. Where sums come out a rounding apart, the order of the
  // samples decides between questions that are equally good.
  private static let treeClassifiers: [BatteryCase] = [
    .classifier(
      "DecisionTreeClassifier", DecisionTreeClassifier<Int>(maximumDepth: 3),
      DecisionTreeClassifier<String>(maximumDepth: 3),
      DecisionTreeClassifier<Bool>(maximumDepth: 3), DecisionTreeClassifier<Size>(maximumDepth: 3),
      [.acceptsMissing, .acceptsOneClass]),
    .classifier(
      "RandomForestClassifier", RandomForestClassifier<Int>(treeCount: 2, maximumDepth: 3, seed: 1),
      RandomForestClassifier<String>(treeCount: 2, maximumDepth: 3, seed: 1),
      RandomForestClassifier<Bool>(treeCount: 2, maximumDepth: 3, seed: 1),
      RandomForestClassifier<Size>(treeCount: 2, maximumDepth: 3, seed: 1),
      [.acceptsMissing, .acceptsOneClass, .dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "ExtraTreesClassifier", ExtraTreesClassifier<Int>(treeCount: 2, maximumDepth: 3, seed: 1),
      ExtraTreesClassifier<String>(treeCount: 2, maximumDepth: 3, seed: 1),
      ExtraTreesClassifier<Bool>(treeCount: 2, maximumDepth: 3, seed: 1),
      ExtraTreesClassifier<Size>(treeCount: 2, maximumDepth: 3, seed: 1),
      [.acceptsMissing, .acceptsOneClass]),
    .classifier(
      "BaggingClassifier", BaggingClassifier(DecisionTreeClassifier<Int>(maximumDepth: 3), count: 2, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<String>(maximumDepth: 3), count: 2, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<Bool>(maximumDepth: 3), count: 2, seed: 1),
      BaggingClassifier(DecisionTreeClassifier<Size>(maximumDepth: 3), count: 2, seed: 1),
      [.acceptsMissing, .acceptsOneClass, .dependsOnOrder, .weightsAreNotRepetition]),
    .classifier(
      "AdaBoostClassifier", AdaBoostClassifier<DecisionTreeClassifier<Int>>(rounds: 2),
      AdaBoostClassifier<DecisionTreeClassifier<String>>(rounds: 2),
      AdaBoostClassifier<DecisionTreeClassifier<Bool>>(rounds: 2),
      AdaBoostClassifier<DecisionTreeClassifier<Size>>(rounds: 2), [.acceptsMissing, .weightsAreNotRepetition]),
    .classifier(
      "GradientBoostingClassifier", GradientBoostingClassifier<Int>(rounds: 1),
      GradientBoostingClassifier<String>(rounds: 1),
      GradientBoostingClassifier<Bool>(rounds: 1), GradientBoostingClassifier<Size>(rounds: 1), [.acceptsMissing]),
    .classifier(
      "HistogramGradientBoostingClassifier", HistogramGradientBoostingClassifier<Int>(rounds: 1, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<String>(rounds: 1, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<Bool>(rounds: 1, minimumLeafSamples: 5),
      HistogramGradientBoostingClassifier<Size>(rounds: 1, minimumLeafSamples: 5),
      [.acceptsMissing, .weightsAreNotRepetition]),
  ]

  private static let linearRegressors: [BatteryCase] = [
    .regressor("LinearRegression", LinearRegression()),
    .regressor("LinearRegression, positive", LinearRegression(isPositive: true), [.isHeldBack]),
    .regressor("Ridge", Ridge()),
    .regressor("RidgeCV", RidgeCV()),
    .regressor("ElasticNet", ElasticNet(regularization: 0.01, tolerance: 1e-10)),
    .regressor("ElasticNetCV", ElasticNetCV(), [.dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("Lasso", Lasso(regularization: 0.01, tolerance: 1e-10)),
    .regressor("LassoCV", LassoCV(), [.dependsOnOrder, .weightsAreNotRepetition]),
    .regressor("BayesianRidge", BayesianRidge(tolerance: 1e-10)),
    .regressor("HuberRegressor", HuberRegressor(tolerance: 1e-10)),
    .regressor("TweedieRegressor", TweedieRegressor()),
    .regressor("DummyRegressor", DummyRegressor(), [.ignoresFeatures]),
    .regressor("DummyRegressor, median", DummyRegressor(.median), [.ignoresFeatures]),
    .regressor(
      "StandardScaler → LinearRegression", StandardScaler().then(LinearRegression()), [.weightsAreNotRepetition]),
  ]

  private static let treeRegressors: [BatteryCase] = [
    .regressor("DecisionTreeRegressor", DecisionTreeRegressor(maximumDepth: 4), [.acceptsMissing]),
    .regressor(
      "RandomForestRegressor", RandomForestRegressor(treeCount: 2, maximumDepth: 3, seed: 1),
      [.acceptsMissing, .dependsOnOrder, .weightsAreNotRepetition]),
    .regressor(
      "ExtraTreesRegressor", ExtraTreesRegressor(treeCount: 2, maximumDepth: 3, seed: 1),
      [.acceptsMissing, .dependsOnOrder]),
    .regressor(
      "BaggingRegressor", BaggingRegressor(DecisionTreeRegressor(maximumDepth: 4), count: 2, seed: 1),
      [.acceptsMissing, .dependsOnOrder, .weightsAreNotRepetition]),
    .regressor(
      "AdaBoostRegressor", AdaBoostRegressor(DecisionTreeRegressor(maximumDepth: 3), rounds: 2, seed: 1),
      [.acceptsMissing, .dependsOnOrder, .weightsAreNotRepetition]),
    .regressor(
      "GradientBoostingRegressor", GradientBoostingRegressor(rounds: 2, learningRate: 0.8),
      [.acceptsMissing, .dependsOnOrder]),
    .regressor(
      "HistogramGradientBoostingRegressor",
      HistogramGradientBoostingRegressor(rounds: 2, learningRate: 0.8, minimumLeafSamples: 5),
      [.acceptsMissing, .weightsAreNotRepetition]),
  ]

  static let transformers: [BatteryCase] =
    classicTransformers + ensembleTransformers + manifoldTransformers + [
      .transformer("StandardScaler", StandardScaler(), [.acceptsMissing]) { try $0.fit($1, weights: $2) },
      .transformer("StandardScaler, uncentred", StandardScaler(centres: false), [.acceptsMissing]) {
        try $0.fit($1, weights: $2)
      },
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
      .transformer("KBinsDiscretizer", KBinsDiscretizer()) { try $0.fit($1, weights: $2) },
      .transformer("KBinsDiscretizer, k-means", KBinsDiscretizer(bins: 3, strategy: .kMeans, output: .ordinal)) {
        try $0.fit($1, weights: $2)
      },
      .transformer("VarianceThreshold", VarianceThreshold()),
      .transformer("StandardScaler → PolynomialFeatures", StandardScaler().then(PolynomialFeatures())),
    ]
}
