import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

/// Numbers that scikit-learn's users know, to the digits in which scikit-learn 1.9.1 gives them.
@Suite struct PublishedNumberTests {
  enum Table: Int, CaseIterable {
    case iris, wine, tumours, digits

    func samples() throws -> (x: Matrix, y: [String]) {
      switch self {
      case .iris: return try Self.named("species", of: Datasets.iris())
      case .tumours: return try Self.named("diagnosis", of: Datasets.breastCancer())
      case .wine:
        let wine = try Datasets.wine()
        return (try wine.matrix(except: "cultivar"), try wine.numbers("cultivar").map { "\($0)" })
      case .digits:
        let digits = try Datasets.digits()
        return (digits.features, digits.labels.map { "\($0)" })
      }
    }

    private static func named(_ label: String, of frame: DataFrame) throws -> (Matrix, [String]) {
      (try frame.matrix(except: label), try frame[label, String.self].values())
    }
  }

  /// How many of a fifth held out are right, and the mean accuracy of five folds.
  private func check<E>(_ method: E, _ table: Table, correct: [Int], means: [Double]) throws
  where E: SupervisedEstimator<Matrix, [String], E.Model>, E.Model: Classifier, E.Model.Label == String {
    let (x, y) = try table.samples()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
    let predicted = try method.fit(xTrain, yTrain).predict(xTest)
    #expect(zip(predicted, yTest).count { $0 == $1 } == correct[table.rawValue], "held out")
    let folds = try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy])
    #expect(abs(folds.mean() - means[table.rawValue]) < 6e-5, "five folds: \(folds.mean())")
  }

  @Test(arguments: Table.allCases) func logisticRegression(table: Table) throws {
    // As scikit-learn with tol=1e-8; its default stops before its end, where digits have 0.9204.
    let method = StandardScaler().then(LogisticRegression<String>())
    try check(method, table, correct: [30, 36, 110, 346], means: [0.96, 0.9832, 0.9807, 0.9199])
  }
  @Test(arguments: Table.allCases) func supportVectors(table: Table) throws {
    let method = StandardScaler().then(SVC<String>())
    try check(method, table, correct: [30, 36, 112, 353], means: [0.9667, 0.9833, 0.9736, 0.9460])
  }
  @Test(arguments: Table.allCases) func linearSupportVectors(table: Table) throws {
    let method = StandardScaler().then(SVC<String>(kernel: .linear))
    try check(method, table, correct: [30, 36, 112, 351], means: [0.9667, 0.9606, 0.9719, 0.9471])
  }
  @Test(arguments: Table.allCases) func neighbours(table: Table) throws {
    let method = StandardScaler().then(KNeighborsClassifier<String>(neighbors: 5))
    try check(method, table, correct: [30, 35, 109, 349], means: [0.96, 0.9494, 0.9649, 0.9444])
  }
  @Test(arguments: Table.allCases) func naiveBayes(table: Table) throws {
    try check(
      GaussianNaiveBayes<String>(), table, correct: [29, 33, 106, 297], means: [0.9533, 0.9663, 0.9385, 0.8069])
  }
  @Test(arguments: Table.allCases) func discriminants(table: Table) throws {
    let method = LinearDiscriminantAnalysis<String>()
    try check(method, table, correct: [30, 35, 110, 342], means: [0.98, 0.9662, 0.9596, 0.9082])
  }

  @Test func kMeansOfIris() throws {
    let (x, species) = try Table.iris.samples()
    let model = try KMeans(clusters: 3, restarts: 10, seed: 0).fit(x)
    #expect(abs(model.inertia - 78.8514414261) < 1e-9)
    let agreement = ClusterAgreement(species, model.labels)
    #expect(abs(agreement.adjustedRandIndex - 0.73023827) < 5e-9)
    #expect(abs(agreement.normalizedMutualInformation - 0.75817568) < 5e-9)
    #expect(abs(silhouetteScore(x, model.labels) - 0.55281901) < 5e-9)
    #expect(abs(daviesBouldin(x, model.labels) - 0.66197155) < 5e-9)
    #expect(abs(calinskiHarabasz(x, model.labels) - 561.62775663) < 5e-9)
    #expect(try KMeans(clusters: 3, start: .given(x[rows: [0, 50, 100]])).fit(x).iterations == 4)
  }

  @Test func hierarchiesAndDensitiesOfIris() throws {
    let (x, species) = try Table.iris.samples()
    let known: [(LinkageMethod, Double)] = [
      (.ward, 0.73119856), (.complete, 0.64225125), (.average, 0.75919871), (.single, 0.56375102),
    ]
    for (method, index) in known {
      let labels = try AgglomerativeClustering(clusters: 3, method: method).fit(x).labels
      #expect(abs(ClusterAgreement(species, labels).adjustedRandIndex - index) < 5e-9, "\(method)")
    }
    let density = try DBSCAN(radius: 0.5, minimumSamples: 5).fit(x)
    #expect(density.noiseCount == 17 && density.clusterSizes == [49, 84])
    #expect(abs(ClusterAgreement(species, density.labels).adjustedRandIndex - 0.52061852) < 5e-9)
  }

  @Test func componentsOfWineAndPartsOfDigits() throws {
    let x = try Table.wine.samples().x
    let shares = try PCA().fit(StandardScaler().fit(x).transform(x)).explainedVarianceRatio
    #expect(zip(shares, [0.36198848, 0.1920749, 0.11123631]).allSatisfy { abs($0 - $1) < 5e-9 })
    let parts = try NMF(components: 10, maximumIterations: 500).fit(Datasets.digits().features)
    #expect(abs(parts.reconstructionError - 857.6665) < 0.05)
  }

  @Test func outlierFactorsOfTumours() throws {
    let x = try Table.tumours.samples().x
    let scores = try LocalOutlierFactor().fit(StandardScaler().fit(x).transform(x)).sampleScores
    #expect(abs((scores.min() ?? 0) + 2.89293318) < 5e-9)
    #expect(abs(scores.reduce(0, +) + 647.60380575) < 5e-9)
  }

  /// Five folds over twenty seeds, as scikit-learn with tol=1e-9 (its default stops earlier, at 0.978999 and 0.003099); the
  /// same averaged over five repetitions spreads less.
  @Test func repeatedFoldsOfTumours() throws {
    let (x, y) = try Table.tumours.samples()
    let method = StandardScaler().then(LogisticRegression<String>())
    let means = try (0..<20).map { seed in
      try crossValidate(method, x, y, folds: StratifiedKFold(5, seed: UInt64(seed)), scoring: [.accuracy]).mean()
    }
    #expect(abs(mean(means) - 0.9790878745) < 1e-9)
    #expect(abs(standardDeviation(means, degreesOfFreedom: 1) - 0.0029034811) < 1e-9)
    let fives = stride(from: 0, to: 20, by: 5).map { mean(means[$0..<$0 + 5]) }
    #expect(standardDeviation(fives, degreesOfFreedom: 1) < 0.002)
  }

  @Test func leavingOneFlowerOut() throws {
    let (x, species) = try Table.iris.samples()
    let nearest = KNeighborsClassifier<String>(neighbors: 1)
    let result = try crossValidate(nearest, x, species, folds: LeaveOneOut(), scoring: [.accuracy])
    #expect(abs(result.mean() - 0.96) < 1e-12)
  }

  @Test func theGridOfDigits() throws {
    let digits = try Datasets.digits()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
    let search = GridSearch(SVC<Int>(), folds: StratifiedKFold(5), scoring: .accuracy)
      .varying(\.inverseRegularization, over: [1, 10, 100]).varying(\.kernel.gamma, over: [0.001, 0.0001])
    let found = try search.fit(xTrain, yTrain)
    // What is computed is named by what it is of, and a scale is a number.
    #expect(found.results.columnNames.prefix(2) == ["inverseRegularization", "kernel"])
    #expect(try found.results.numbers("kernel").prefix(2) == [0.001, 0.0001])
    #expect(found.bestEstimator.inverseRegularization == 1 && found.bestEstimator.kernel.gamma == 0.001)
    #expect(abs(found.bestScore - 0.99095286) < 5e-9)
    #expect(abs(accuracy(predicted: try found.predict(xTest), actual: yTest) - 0.991667) < 5e-7)
  }

  /// scikit-learn's example of one tree against bagged ones, with its random numbers: the tree's parts to the digits.
  @Test func theErrorOfATreeFallsIntoParts() throws {
    var random = MT19937(seed: 0)
    func truth(_ x: Double) -> Double { Foundation.exp(-x * x) + 1.5 * Foundation.exp(-(x - 2) * (x - 2)) }
    func places(_ count: Int) -> [Double] { (0..<count).map { _ in random.uniform() * 10 - 5 }.sorted() }
    func answers(_ places: [Double]) -> [Double] { places.map { truth($0) + 0.1 * random.standardNormal() } }
    let sets = (0..<50).map { _ in
      let own = places(50)
      return (x: Matrix(own, shape: [50, 1]), y: answers(own))
    }
    let test = places(1_000)
    let noisy = Matrix((0..<50).map { _ in answers(test) }).transposed().compacted()
    let xTest = Matrix(test, shape: [1_000, 1])
    let tree = try BiasVariance.measure(
      DecisionTreeRegressor(), trainingSets: sets, xTest: xTest, truth: test.map(truth), answers: noisy)
    let parts = [tree.error, tree.squaredBias, tree.variance, tree.noise]
    #expect(zip(parts, [0.0255, 0.0003, 0.0152, 0.0098]).allSatisfy { abs($0 - $1) < 6e-5 }, "\(parts)")
    let bagged = try BiasVariance.measure(
      BaggingRegressor(DecisionTreeRegressor(), count: 10, seed: 0), trainingSets: sets, xTest: xTest,
      truth: test.map(truth), answers: noisy)
    #expect(abs(bagged.error - 0.0196) < 0.00196 && bagged.variance < 0.7 * tree.variance)
  }
}
