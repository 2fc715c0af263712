import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct SupportVectorTests {
  struct Machine: Decodable {
    let name: String
    let exactCounts, support: [Int]
    let exactScore: Double
    let pairs, decisions: [[Double]]
    let intercepts: [Double]
  }
  struct Table: Decodable {
    let x: [[Double]]
    let y: [Int]
  }
  struct Documented: Decodable {
    let score: Double
    let predicted: [Int]
  }
  struct Linear: Decodable {
    let coefficients: [[Double]]
    let intercepts: [Double]
    let score: Double
  }
  struct Regression: Decodable {
    let name: String
    let count: Int
    let intercept: Double
    let predicted: [Double]
  }
  struct OneClass: Decodable {
    let support: [Int]
    let scores: [Double]
    let intercept: Double
  }
  struct Reference: Decodable {
    let classifiers: [Machine]
    let cancer: Table
    let documented: Documented
    let probabilities: [Double]
    let irisProbabilities: [[Double]]
    let linear: [Linear]
    let regressions: [Regression]
    let oneClass: OneClass
  }
  private func reference() throws -> Reference { try ReferenceFile.read("vectors") }

  private func method(_ name: String) -> SVC<Int> {
    var method =
      switch name {
      case "linear": SVC<Int>(kernel: .linear)
      case "polynomial": SVC<Int>(kernel: .polynomial(degree: 2, offset: 1))
      case "sigmoid": SVC<Int>(inverseRegularization: 0.5, kernel: .sigmoid(gamma: 0.01))
      case "auto": SVC<Int>(inverseRegularization: 10, kernel: .rbf(gamma: .auto))
      case "balanced": SVC<Int>(classWeights: .balanced)
      default: SVC<Int>()
      }
    method.tolerance = 1e-9
    return method
  }

  @Test(arguments: 0..<8) func machinesAreScikitLearns(place: Int) throws {
    let reference = try reference()
    let expected = reference.classifiers[place]
    var (x, y) = try ClassicData.iris()
    if ["cancer", "sigmoid"].contains(expected.name) { (x, y) = (Matrix(reference.cancer.x), reference.cancer.y) }
    if expected.name == "balanced" { (x, y) = (x[40..., .all], Array(y[40...])) }
    let weights = expected.name == "weighted" ? y.indices.map { Double($0 % 4) } : nil
    let model = try method(expected.name).fit(x, y, weights: weights)
    #expect(model.hasConverged && model.supportCounts == expected.exactCounts)
    // scikit-learn counts places among the samples of a weight above 0.
    let counting = y.indices.filter { weights?[$0] ?? 1 > 0 }
    #expect(model.supportIndices.sorted() == expected.support.map { counting[$0] })
    #expect(try model.score(x, y) == expected.exactScore)
    let decisions = try model.decisionFunction(x[.stride(by: 15)])
    #expect(agree(decisions.scalars, expected.decisions.flatMap { $0 }, within: 1e-4))
    if model.classes.count > 2 {
      let pairs = try model.pairDecisions(x[.stride(by: 15)])
      #expect(agree(pairs.scalars, expected.pairs.flatMap { $0 }, within: 1e-4))
      #expect(agree(model.intercepts, expected.intercepts, within: 1e-4))
    }
    // The default tolerance finds the same support vectors.
    var quick = method(expected.name)
    quick.tolerance = 1e-3
    #expect(try quick.fit(x, y, weights: weights).supportCounts == expected.exactCounts)
  }

  /// The example in scikit-learn's documentation.
  @Test func digitsAreRecognised() throws {
    let expected = try reference().documented
    let (x, y) = try ClassicData.digits()
    let model = try SVC<Int>(kernel: .rbf(gamma: 0.001)).fit(x[0..<898, .all], Array(y[0..<898]))
    #expect(try model.score(x[898..., .all], Array(y[898...])) == expected.score)
    #expect(try model.predict(x[898..., .all]) == expected.predicted)
  }

  /// At the minimum every sample keeps its distance, or pays: the conditions of Karush, Kuhn and Tucker.
  @Test func conditionsOfTheMinimumHold() throws {
    let table = try reference().cancer
    let (x, y) = (Matrix(table.x), table.y)
    let model = try SVC<Int>(tolerance: 1e-6).fit(x, y)
    let margins = zip(try model.decisionFunction(x).scalars, y).map { $0 * ($1 == 1 ? 1.0 : -1.0) }
    var multipliers = [Double](repeating: 0, count: y.count)
    for (place, sample) in model.supportIndices.enumerated() {
      multipliers[sample] = abs(model.dualCoefficients[0, place])
    }
    for (margin, multiplier) in zip(margins, multipliers) {
      if multiplier == 0 { #expect(margin > 1 - 1e-4) }
      if multiplier == 1 { #expect(margin < 1 + 1e-4) }
      if multiplier > 0 && multiplier < 1 { #expect(abs(margin - 1) < 1e-4) }
    }
    #expect(abs(model.dualCoefficients.sum()) < 1e-9)
  }

  /// A cache of two rows takes longer and finds the same.
  @Test func memoryDoesNotChangeTheResult() throws {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [1_500, 5])
    let y = (0..<1_500).map { x[$0, 0] * x[$0, 1] + 0.3 * random.standardNormal() > 0 ? 1 : 0 }
    let large = try SVC<Int>().fit(x, y)
    let small = try SVC<Int>(cacheMegabytes: 1).fit(x, y)
    #expect(large.dualCoefficients == small.dualCoefficients && large.iterations == small.iterations)
    let alone = try Parallel.$threadLimit.withValue(1) { try SVC<Int>().fit(x, y) }
    #expect(alone.dualCoefficients == large.dualCoefficients)
    let impatient = try SVC<Int>(maximumIterations: 5).fit(x, y)
    #expect(!impatient.hasConverged && impatient.description.contains("not settled after 5 steps"))
  }

  @Test func precomputedSimilaritiesDoTheSame() throws {
    let (x, y) = try ClassicData.iris()
    let linear = try SVC<Int>(kernel: .linear, learnsProbabilities: true).fit(x, y)
    let given = try SVC<Int>(kernel: .precomputed, learnsProbabilities: true).fit(x • x.transposed(), y)
    #expect(given.supportIndices == linear.supportIndices)
    let some = x[.stride(by: 7)]
    #expect(
      agree(
        try given.pairDecisions(some • x.transposed()).scalars, try linear.pairDecisions(some).scalars, within: 1e-5))
    #expect(refusal { try SVC<Int>(kernel: .precomputed).fit(x, y) } == .shape)
  }

  /// Probabilities come from random folds, so that they agree only roughly.
  @Test func probabilitiesAreLikeScikitLearns() throws {
    let reference = try reference()
    let (x, y) = (Matrix(reference.cancer.x), reference.cancer.y)
    let model = try SVC<Int>(learnsProbabilities: true).fit(x, y)
    let found = try model.predictProbabilities(x)
    let missed = zip(found[.all, 1].scalars, reference.probabilities).map { abs($0 - $1) }
    #expect(mean(missed) < 0.01 && (missed.max() ?? 1) < 0.15)
    let (iris, species) = try ClassicData.iris()
    let three = try SVC<Int>(learnsProbabilities: true).fit(iris, species).predictProbabilities(iris)
    #expect(agree(three.sum(axis: 1).scalars, [Double](repeating: 1, count: 150), within: 1e-9))
    #expect(abs(three - Matrix(reference.irisProbabilities)).mean() < 0.02)
    #expect(refusal { try SVC<Int>().fit(iris, species).predictProbabilities(iris) } == .parameter)
  }

  @Test func linearBordersAreScikitLearns() throws {
    let reference = try reference()
    for (place, data) in [try ClassicData.iris(), (Matrix(reference.cancer.x), reference.cancer.y)].enumerated() {
      let expected = reference.linear[place]
      let model = try LinearSVC<Int>(tolerance: 1e-10).fit(data.0, data.1)
      #expect(agree(model.coefficients.scalars, expected.coefficients.flatMap { $0 }, within: 1e-4))
      #expect(agree(model.intercepts, expected.intercepts, within: 1e-4))
      #expect(try model.score(data.0, data.1) == expected.score && model.hasConverged)
    }
  }

  @Test(arguments: 0..<3) func regressionsAreScikitLearns(place: Int) throws {
    let expected = try reference().regressions[place]
    let frame = try Datasets.diabetes()
    let features = try frame.matrix(except: "progression")
    let x = try StandardScaler().fit(features).transform(features)
    let y = try frame.matrix(of: ["progression"]).scalars.map { $0 / 100 }
    let method =
      switch expected.name {
      case "linear": SVR(inverseRegularization: 0.3, kernel: .linear, tolerance: 1e-9)
      case "poly":
        SVR(inverseRegularization: 0.5, margin: 0.2, kernel: .polynomial(degree: 2, offset: 1), tolerance: 1e-9)
      default: SVR(tolerance: 1e-9)
      }
    let model = try method.fit(x, y)
    #expect(model.hasConverged && model.supportIndices.count == expected.count)
    #expect(agree([model.intercept], [expected.intercept], within: 1e-3))
    #expect(agree(try model.predict(x[.stride(by: 9)]), expected.predicted, within: 1e-3))
  }

  @Test func oneClassIsScikitLearns() throws {
    let reference = try reference()
    let (x, expected) = (Matrix(reference.cancer.x), reference.oneClass)
    let model = try OneClassSVM(outlierFraction: 0.1, kernel: .rbf(gamma: 0.01), tolerance: 1e-9).fit(x)
    #expect(model.supportIndices == expected.support && model.supportIndices.count == 61)
    #expect(agree(try model.scores(x[.stride(by: 7)]), expected.scores, within: 1e-4))
    #expect(agree([model.intercept], [expected.intercept], within: 1e-5))
    #expect(try model.scores(x).count { $0 < -1e-6 } <= 57)
  }

  @Test func refusals() throws {
    let (x, y) = try ClassicData.iris()
    #expect(refusal { try SVC<Int>(inverseRegularization: 0).fit(x, y) } == .parameter)
    #expect(refusal { try SVC<Int>(kernel: .rbf(gamma: -1)).fit(x, y) } == .parameter)
    #expect(refusal { try SVC<Int>(cacheMegabytes: 0).fit(x, y) } == .parameter)
    #expect(refusal { try SVC<Int>().fit(x, y.map { _ in 1 }) } == .tooFewClasses)
    #expect(refusal { try SVR(margin: -1).fit(x, y.map(Double.init)) } == .parameter)
    #expect(refusal { try OneClassSVM(outlierFraction: 0).fit(x) } == .parameter)
    #expect(refusal { try LinearSVC<Int>(inverseRegularization: .infinity).fit(x, y) } == .parameter)
  }

  @Test func models() throws {
    let (x, y) = try ClassicData.iris()
    let model = try SVC<Int>(kernel: .polynomial(), learnsProbabilities: true).fit(x, y)
    #expect(try ClassicData.reread(model).predictProbabilities(x) == model.predictProbabilities(x))
    #expect(try ClassicData.damageProblems(model) { _ = try $0.predictProbabilities(x) }.isEmpty)
    let curve = try SVR().fit(x, y.map(Double.init))
    #expect(try ClassicData.reread(curve) == curve && curve.description.contains("rbf kernel"))
    #expect(try ClassicData.damageProblems(curve) { _ = try $0.predict(x) }.isEmpty)
    let one = try OneClassSVM().fit(x)
    #expect(try ClassicData.damageProblems(one) { _ = try $0.isAnomaly(x) }.isEmpty)
  }
}
