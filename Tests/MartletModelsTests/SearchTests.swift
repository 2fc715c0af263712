import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct SearchTests {
  struct Search: Decodable {
    let mean, std, nested: [Double]
    let rank: [Int]
    let best: Double
  }
  struct Calibrated: Decodable { let two, three: [Double] }
  struct Tests: Decodable {
    let a, b, c: [Double]
    let correctedT, correctedP, friedman, friedmanP: Double
    let nemenyi: [String: Double]
  }
  struct Dummy: Decodable {
    let median, quantile: Double
    let prior: [Double]
  }
  struct Reference: Decodable {
    let search: Search
    let calibrated: [String: Calibrated]
    let tests: Tests
    let weights, weightedCoefficients, balancedCoefficients, lineWeights, line: [Double]
    let unequal: [Int]
    let lineIntercept: Double
    let dummy: Dummy
  }

  let reference: Reference
  let x: Matrix
  let y: [String]
  let scaled: Matrix
  init() throws {
    reference = try ReferenceFile.read("selection")
    let iris = try Datasets.iris()
    x = try iris.matrix(except: "species")
    y = try iris["species", String.self].values()
    scaled = try StandardScaler().fit(x).transform(x)
  }

  private let method = StandardScaler().then(LogisticRegression<String>(tolerance: 1e-9))

  private var grid: GridSearch<Pipeline<StandardScaler, LogisticRegression<String>>> {
    GridSearch(method, folds: StratifiedKFold(5), scoring: .logLoss)
      .varying(\.estimator.inverseRegularization, over: [0.01, 1, 100])
      .varying(\.estimator.fitsIntercept, over: [true, false])
  }

  @Test func byDefaultFiveStratifiedFoldsAreScoredByAccuracy() throws {
    let short = GridSearch(method).varying(\.estimator.inverseRegularization, over: [0.01, 1])
    let long = GridSearch(method, folds: StratifiedKFold(5), scoring: .accuracy)
      .varying(\.estimator.inverseRegularization, over: [0.01, 1])
    let (found, expected) = (try short.fit(x, y).results, try long.fit(x, y).results)
    #expect(try column(found, "accuracy", Double.self) == column(expected, "accuracy", Double.self))
    let drawn = try RandomizedSearch(method, trials: 3, seed: 1)
      .varying(\.estimator.inverseRegularization, from: .logUniform(0.01...10)).fit(x, y)
    #expect(drawn.metric == "accuracy" && drawn.results.rowCount == 3)
    let asked = try BayesianSearch(method, trials: 4, seed: 1)
      .varying(\.estimator.inverseRegularization, in: 0.01...10, isLogarithmic: true).fit(x, y)
    #expect(asked.metric == "accuracy" && asked.results.rowCount == 4)
    let halved = try HalvingSearch(method, candidates: 4, seed: 1)
      .varying(\.estimator.inverseRegularization, over: [0.01, 1]).fit(x, y)
    #expect(halved.metric == "accuracy" && halved.bestScore > 0.9)
    let patients = try Datasets.diabetes()
    let numbers = try RandomizedSearch(Ridge(), trials: 2, seed: 1)
      .varying(\.regularization, from: .logUniform(0.01...10)).fit(patients, target: "progression")
    #expect(numbers.metric == "R²")
  }

  @Test func gridIsScikitLearns() throws {
    let found = try grid.fit(x, y)
    let expected = reference.search
    #expect(agree(try column(found.results, "log-loss", Double.self), expected.mean, within: 1e-5))
    #expect(agree(try column(found.results, "spread", Double.self), expected.std, within: 1e-4))
    #expect(try column(found.results, "rank", Int.self) == expected.rank)
    #expect(abs(found.bestScore - expected.best) < 1e-6)
    #expect(found.bestEstimator.estimator.inverseRegularization == 100)
    #expect(try found.predict(x) == found.best.predict(x))
    #expect(found.results.columnNames.prefix(2) == ["inverseRegularization", "fitsIntercept"])
    let nested = try crossValidate(grid, x, y, folds: StratifiedKFold(3), scoring: [.accuracy])
    #expect(agree(nested["accuracy"], expected.nested))
  }

  @Test func drawsAndTournaments() throws {
    func random(_ seed: UInt64) throws -> SearchModel<Pipeline<StandardScaler, LogisticRegression<String>>> {
      try RandomizedSearch(method, trials: 6, folds: StratifiedKFold(3), scoring: .logLoss, seed: seed)
        .varying(\.estimator.inverseRegularization, from: .logUniform(0.001...1000))
        .varying(\.estimator.fitsIntercept, over: [true, false]).fit(x, y)
    }
    let (once, again) = (try random(1), try random(1))
    let values = try column(once.results, "inverseRegularization", Double.self)
    #expect(try values == column(again.results, "inverseRegularization", Double.self))
    #expect(try values != column(random(2).results, "inverseRegularization", Double.self))
    #expect(values.allSatisfy { (0.001...1000).contains($0) })
    #expect(try once.bestScore == column(once.results, "log-loss", Double.self).min())
    let halving = try HalvingSearch(
      method, candidates: 9, factor: 3, folds: StratifiedKFold(3, seed: 0), scoring: .accuracy, seed: 4
    ).varying(\.estimator.inverseRegularization, from: .logUniform(1e-6...1000)).fit(x, y)
    let samples = try column(halving.results, "samples", Int.self)
    #expect(samples.count == 9 + 3 + 1 && samples.last == 150 && samples.first == 20)
    #expect(halving.bestScore > 0.9)
  }

  private func branin(_ a: Double, _ b: Double) -> Double {
    let curve = b - 5.1 / (4 * Double.pi * Double.pi) * a * a + 5 / Double.pi * a - 6
    return curve * curve + 10 * (1 - 1 / (8 * Double.pi)) * cos(a) + 10
  }

  /// Every way of asking does better than as many questions at random, by the median of ten seeds.
  @Test(arguments: [
    SearchStrategy.expectedImprovement, .probabilityOfImprovement, .upperConfidenceBound(), .parzenEstimator,
  ]) func strategies(_ strategy: SearchStrategy) throws {
    var (own, drawn): ([Double], [Double]) = ([], [])
    for seed in 0..<10 {
      let search = BayesianMinimizer(evaluations: 40, strategy: strategy, seed: UInt64(seed))
      own.append(try search.minimize(in: [-5...10, 0...15]) { branin($0[0], $0[1]) }.value)
      var random = PCG64(seed: UInt64(seed))
      let tries = (0..<40).map { _ in branin(random.uniform(from: -5, to: 10), random.uniform(from: 0, to: 15)) }
      drawn.append(tries.min() ?? 0)
    }
    #expect(median(own) < median(drawn), "\(own) against \(drawn)")
    if strategy != .parzenEstimator { #expect(median(own) < 0.397887 + 0.05, "\(own)") }
  }

  /// Of a linear and a round kernel the round one tells rings apart; the search finds it.
  @Test(arguments: [SearchStrategy.expectedImprovement, .parzenEstimator])
  func choicesWithoutOrder(_ strategy: SearchStrategy) throws {
    let rings = try Datasets.makeCircles(samples: 100, noise: 0.05, factor: 0.5, seed: 0)
    let search = BayesianSearch(
      SVC<Int>(), trials: 12, folds: StratifiedKFold(3), scoring: .accuracy, strategy: strategy, seed: 0
    ).varying(\.kernel, among: [.linear, .rbf(gamma: 2), .sigmoid(gamma: 5)])
      .varying(\.inverseRegularization, in: 0.1...10, isLogarithmic: true)
    let found = try search.fit(rings.features, rings.labels)
    #expect(found.bestEstimator.kernel.gamma == 2 && found.bestScore > 0.95)
    #expect(found.results.columnNames.prefix(2) == ["kernel", "inverseRegularization"])
  }

  /// Branin's function has three minima of 0.397887. 30 questions find one within 0.01, and do better than 30 at random.
  @Test func expensiveFunctions() throws {
    var (own, drawn): ([Double], [Double]) = ([], [])
    for seed in 0..<10 {
      let search = BayesianMinimizer(evaluations: 30, seed: UInt64(seed))
      own.append(try search.minimize(in: [-5...10, 0...15]) { branin($0[0], $0[1]) }.value)
      var random = PCG64(seed: UInt64(seed))
      let tries = (0..<30).map { _ in branin(random.uniform(from: -5, to: 10), random.uniform(from: 0, to: 15)) }
      drawn.append(tries.min() ?? 0)
    }
    #expect(median(own) < 0.397887 + 0.01, "\(own)")
    #expect(median(own) < median(drawn))
    let search = BayesianSearch(method, trials: 12, folds: StratifiedKFold(5), scoring: .logLoss, seed: 0)
      .varying(\.estimator.inverseRegularization, in: 1e-4...1e4, isLogarithmic: true)
    let found = try search.fit(x, y)
    #expect(found.results.rowCount == 12 && found.bestScore <= reference.search.best + 1e-3)
    #expect(try search.fit(x, y).bestScore == found.bestScore)
  }

  @Test func calibrationIsScikitLearns() throws {
    let part = scaled[.all, 0..<2]
    let binary = y.map { $0 == "virginica" }
    for (name, shape) in [("sigmoid", CalibrationMethod.sigmoid), ("isotonic", .isotonic)] {
      let two = CalibratedClassifier(LogisticRegression<Bool>(tolerance: 1e-9), by: shape)
      let model = try two.fit(part, binary)
      let probabilities = try model.predictProbabilities(part)
      #expect(agree(probabilities.column(1).scalars, reference.calibrated[name]?.two ?? [], within: 1e-4), "\(name)")
      let three = CalibratedClassifier(LogisticRegression<String>(tolerance: 1e-9), by: shape)
      let many = try three.fit(part, y).predictProbabilities(part)
      #expect(agree(many.scalars, reference.calibrated[name]?.three ?? [], within: 1e-4), "\(name)")
    }
  }

  @Test func thresholdsFollowCosts() throws {
    let binary = y.map { $0 == "virginica" }
    let part = scaled[.all, 0..<2]
    func threshold(_ missed: Double) throws -> (Double, Double) {
      let costs = CostMatrix(classes: [false, true], costs: Matrix([[0, 1], [missed, 0]]))
      let model = try TunedThreshold(LogisticRegression<Bool>(), costs: costs).fit(part, binary)
      let predictions: [Bool] = try crossValidatedPredictions(
        LogisticRegression<Bool>(), part, binary, folds: StratifiedKFold(5))
      return (model.threshold, -model.merit - costs.mean(predicted: predictions, actual: binary))
    }
    let (cheap, dear) = (try threshold(0.2), try threshold(20))
    #expect(cheap.0 > 0.5 && dear.0 < 0.3)
    #expect(cheap.1 <= 0 && dear.1 <= 0, "never dearer than one half")
  }

  @Test func comparisonsAreSciPys() throws {
    let expected = reference.tests
    let t = ComparisonTest.correctedPairedT(expected.a, expected.b, testShare: 1.0 / 9)
    #expect(agree([t.statistic, t.pValue], [expected.correctedT, expected.correctedP], within: 1e-9))
    let friedman = ComparisonTest.friedman(Matrix([expected.a, expected.b, expected.c]))
    #expect(agree([friedman.statistic, friedman.pValue], [expected.friedman, expected.friedmanP], within: 1e-9))
    for (models, difference) in expected.nemenyi {
      let own = ComparisonTest.nemenyiCriticalDifference(models: Int(models) ?? 0, dataSets: 14)
      #expect(agree([own], [difference], within: 1e-6), "\(models) models")
    }
    // Dietterich's own formula by hand: the spread of every pair of folds is 0.005, the first difference 0.1.
    let five = ComparisonTest.fiveByTwo(
      [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2], .init(repeating: 0, count: 10))
    #expect(abs(five.statistic - 0.1 / 0.005.squareRoot()) < 1e-12)
    // Five of six disagreements in favour of one: 2 · (1 + 6) / 2⁶.
    let mcNemar = ComparisonTest.mcNemar([1, 1, 1, 1, 1, 0, 1], [0, 0, 0, 0, 0, 1, 1], actual: [1, 1, 1, 1, 1, 1, 1])
    #expect(abs(mcNemar.pValue - 14.0 / 64) < 1e-12)
    let comparison = try compare(
      ["baseline": AnyClassifier(DummyClassifier<String>()), "logistic": AnyClassifier(method)], x, y,
      folds: StratifiedKFold(10, seed: 0), scoring: .accuracy)
    #expect(comparison.names == ["logistic", "baseline"])
    #expect(try column(comparison.frame, "pValue", Double.self)[1] < 1e-6)
    #expect(comparison.test("logistic", "baseline").statistic > 10)
    #expect(ComparisonTest.meanRanks(comparison.scores) == [1, 2])
  }

  @Test func weightsAndBaselinesAreScikitLearns() throws {
    let tight = LogisticRegression<String>(tolerance: 1e-9)
    let weighted = try tight.fit(scaled, y, weights: reference.weights)
    #expect(agree(weighted.coefficients.scalars, reference.weightedCoefficients, within: 1e-5))
    let part = reference.unequal
    let balanced = try LogisticRegression<String>(tolerance: 1e-9, classWeights: .balanced)
      .fit(scaled[rows: part], part.map { y[$0] })
    #expect(agree(balanced.coefficients.scalars, reference.balancedCoefficients, within: 1e-5))
    let patients = try Datasets.diabetes()
    let (xs, ys) = (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
    let line = try LinearRegression().fit(xs, ys, weights: reference.lineWeights)
    #expect(agree(line.coefficients + [line.intercept], reference.line + [reference.lineIntercept], within: 1e-9))
    let middle = try DummyRegressor(.median).fit(xs, ys)
    let low = try DummyRegressor(.quantile(0.3)).fit(xs, ys)
    #expect(agree([middle.answer, low.answer], [reference.dummy.median, reference.dummy.quantile]))
    let prior = try DummyClassifier<String>().fit(scaled[rows: part], part.map { y[$0] })
    #expect(agree(prior.probabilities, reference.dummy.prior))
    #expect(try DummyClassifier<String>().fit(x, y).score(x, y) == 50.0 / 150)
    let random = try DummyClassifier<String>(.stratified(seed: 3)).fit(x, y).predict(Matrix.zeros(3000, 4))
    #expect(abs(random.count { $0 == "setosa" } - 1000) < 100)
  }

  @Test func refusals() {
    let none = GridSearch(method, folds: StratifiedKFold(3), scoring: .accuracy)
      .varying(\.estimator.inverseRegularization, over: [])
    #expect(refusal { try none.fit(x, y) } == .parameter)
    let restless = BayesianMinimizer(strategy: .upperConfidenceBound(weight: -1))
    #expect(refusal { try restless.minimize(in: [0...1]) { $0[0] } } == .parameter)
    let wrong = GridSearch(method, folds: StratifiedKFold(3), scoring: .accuracy)
      .varying(\.estimator.inverseRegularization, over: [-1])
    #expect(refusal { try wrong.fit(x, y) } == .parameter)
    #expect(refusal { try DummyClassifier(.constant("rose")).fit(x, y) } == .parameter)
    #expect(
      refusal {
        try TunedThreshold(LogisticRegression<String>(), maximizing: { accuracy(predicted: $0, actual: $1) }).fit(x, y)
      } == .parameter)
  }
}

/// The values of a column of numbers or flags.
private func column<Element: ColumnElement>(
  _ frame: DataFrame, _ name: String, _ type: Element.Type
) throws -> [Element] { try frame[name, type].values() }
