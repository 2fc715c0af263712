import MartletModels

/// Neighbours, naive Bayes, discriminants, support vectors and decompositions, one line each.
extension BatteryCase {
  static let classicClassifiers: [BatteryCase] = [
    .classifier(
      "MultinomialNaiveBayes", MultinomialNaiveBayes<Int>(), MultinomialNaiveBayes<String>(),
      MultinomialNaiveBayes<Bool>(), MultinomialNaiveBayes<Size>(), [.needsNonNegative]),
    .classifier(
      "ComplementNaiveBayes", ComplementNaiveBayes<Int>(), ComplementNaiveBayes<String>(),
      ComplementNaiveBayes<Bool>(), ComplementNaiveBayes<Size>(), [.needsNonNegative]),
    .classifier(
      "KNeighborsClassifier", KNeighborsClassifier<Int>(), KNeighborsClassifier<String>(), KNeighborsClassifier<Bool>(),
      KNeighborsClassifier<Size>()),
    .classifier(
      "KNeighborsClassifier, brute", KNeighborsClassifier<Int>(weights: .distance, algorithm: .brute),
      KNeighborsClassifier<String>(weights: .distance, algorithm: .brute),
      KNeighborsClassifier<Bool>(weights: .distance, algorithm: .brute),
      KNeighborsClassifier<Size>(weights: .distance, algorithm: .brute)),
    .classifier(
      "RadiusNeighborsClassifier", RadiusNeighborsClassifier<Int>(radius: 100, weights: .distance),
      RadiusNeighborsClassifier<String>(radius: 100, weights: .distance),
      RadiusNeighborsClassifier<Bool>(radius: 100, weights: .distance),
      RadiusNeighborsClassifier<Size>(radius: 100, weights: .distance)),
    .classifier(
      "GaussianNaiveBayes", GaussianNaiveBayes<Int>(), GaussianNaiveBayes<String>(), GaussianNaiveBayes<Bool>(),
      GaussianNaiveBayes<Size>()),
    .classifier(
      "BernoulliNaiveBayes", BernoulliNaiveBayes<Int>(threshold: 8), BernoulliNaiveBayes<String>(threshold: 8),
      BernoulliNaiveBayes<Bool>(threshold: 8), BernoulliNaiveBayes<Size>(threshold: 8)),
    .classifier(
      "LinearDiscriminantAnalysis", LinearDiscriminantAnalysis<Int>(), LinearDiscriminantAnalysis<String>(),
      LinearDiscriminantAnalysis<Bool>(), LinearDiscriminantAnalysis<Size>()),
    .classifier(
      "LinearDiscriminantAnalysis, shrunk",
      LinearDiscriminantAnalysis<Int>(solver: .eigenvectors, shrinkage: .ledoitWolf),
      LinearDiscriminantAnalysis<String>(solver: .eigenvectors, shrinkage: .ledoitWolf),
      LinearDiscriminantAnalysis<Bool>(solver: .eigenvectors, shrinkage: .ledoitWolf),
      LinearDiscriminantAnalysis<Size>(solver: .eigenvectors, shrinkage: .ledoitWolf)),
    .classifier(
      "QuadraticDiscriminantAnalysis", QuadraticDiscriminantAnalysis<Int>(), QuadraticDiscriminantAnalysis<String>(),
      QuadraticDiscriminantAnalysis<Bool>(), QuadraticDiscriminantAnalysis<Size>()),
    .classifier("LinearSVC", LinearSVC<Int>(), LinearSVC<String>(), LinearSVC<Bool>(), LinearSVC<Size>()),
    .classifier(
      "SVC", SVC<Int>(learnsProbabilities: true), SVC<String>(learnsProbabilities: true),
      SVC<Bool>(learnsProbabilities: true), SVC<Size>(learnsProbabilities: true),
      [.dependsOnOrder, .weightsAreNotRepetition, .answersDifferFromProbabilities]),
    .classifier(
      "NuSVC", NuSVC<Int>(marginShare: 0.3, learnsProbabilities: true),
      NuSVC<String>(marginShare: 0.3, learnsProbabilities: true),
      NuSVC<Bool>(marginShare: 0.3, learnsProbabilities: true),
      NuSVC<Size>(marginShare: 0.3, learnsProbabilities: true),
      [.dependsOnOrder, .weightsAreNotRepetition, .answersDifferFromProbabilities]),
  ]

  static let classicRegressors: [BatteryCase] = [
    .regressor("KNeighborsRegressor", KNeighborsRegressor(weights: .distance)),
    // Scaled without weights first: features as they are take many more rounds.
    .regressor(
      "LinearSVR", StandardScaler().then(LinearSVR(margin: 0.1, tolerance: 1e-13)), [.weightsAreNotRepetition]),
    .regressor(
      "LinearSVR, squared",
      StandardScaler().then(LinearSVR(margin: 0.1, loss: .squaredEpsilonInsensitive, tolerance: 1e-13)),
      [.weightsAreNotRepetition]),
    .regressor("SVR", SVR(inverseRegularization: 10, kernel: .rbf(gamma: 0.05), tolerance: 1e-7)),
    .regressor("KernelRidge", KernelRidge(regularization: 0.1, kernel: .polynomial(degree: 2, gamma: 0.1, offset: 1))),
    .regressor("RadiusNeighborsRegressor", RadiusNeighborsRegressor(radius: 100, weights: .distance)),
    .regressor("NuSVR", NuSVR(inverseRegularization: 10, kernel: .rbf(gamma: 0.05), tolerance: 1e-9)),
  ]

  static let classicTransformers: [BatteryCase] = [
    .transformer("PCA", PCA()),
    .transformer("PCA, whitened", PCA(components: 1, whitens: true, solver: .singularValues)),
    .transformer("Nystroem", Nystroem(components: 3, kernel: .rbf(gamma: 0.05), seed: 1), [.dependsOnOrder]),
    .transformer("RBFSampler", RBFSampler(components: 3, gamma: 0.05, seed: 1)),
    .transformer("TruncatedSVD", TruncatedSVD(components: 1)),
  ]
}
