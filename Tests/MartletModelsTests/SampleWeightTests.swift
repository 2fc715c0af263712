import MartletModels
import MartletNumerics
import Testing

/// Weights of samples in methods made of others, in detectors and in draws, beside scikit-learn's or what they have to mean.
@Suite struct SampleWeightTests {
  struct OneClass: Decodable {
    let support: [Int]
    let scores: [Double]
    let intercept: Double
  }
  struct Line: Decodable {
    let place, height, weights: [Double]
    let slope, intercept: Double
  }
  struct Rows: Decodable {
    let coefficients: [[Double]]
    let intercepts: [Double]
  }
  struct Scaler: Decodable { let means, scales: [Double] }
  struct Reference: Decodable {
    let stack, rest, pairs: [[Double]]
    let sizes, numbers: [Double]
    let oneClass: OneClass
    let line: Line
    let perceptron: Rows
    let scaler: Scaler
  }
  private let reference: Reference
  private let x: Matrix
  private let y: [Int]
  private let counts: [Double]

  init() throws {
    reference = try ReferenceFile.read("sampleWeights")
    (x, y) = try ClassicData.iris()
    counts = y.indices.map { Double($0 % 4) }
  }

  @Test func stacksAreScikitLearns() throws {
    let stack = StackingClassifier(
      [
        "a": AnyClassifier(LogisticRegression<Int>(inverseRegularization: 0.01, tolerance: 1e-10)),
        "b": AnyClassifier(GaussianNaiveBayes()),
      ], final: LogisticRegression<Int>(tolerance: 1e-10))
    let model = try stack.fit(x, y, weights: counts.map { $0 + 0.5 })
    #expect(agree(try model.predictProbabilities(x).scalars, reference.stack.flatMap { $0 }, within: 1e-5))
    let patients = try Patients.load()
    let numbers = StackingRegressor(
      ["a": AnyRegressor(Ridge(regularization: 0.1)), "b": AnyRegressor(LinearRegression())], final: Ridge())
    let curve = try numbers.fit(patients.x, patients.y, weights: reference.sizes)
    #expect(agree(try curve.predict(patients.x), reference.numbers, within: 1e-7))
  }

  @Test func severalClassesAreScikitLearns() throws {
    let base = LogisticRegression<Bool>(inverseRegularization: 0.5, tolerance: 1e-10)
    let weights = counts.map { $0 + 0.5 }
    let some = x[.stride(by: 7)]
    let rest = try OneVsRestClassifier(base, labels: Int.self).fit(x, y, weights: weights)
    #expect(agree(try rest.predictProbabilities(some).scalars, reference.rest.flatMap { $0 }, within: 1e-6))
    let pairs = try OneVsOneClassifier(base, labels: Int.self).fit(x, y, weights: weights)
    #expect(agree(try pairs.decisionFunction(some).scalars, reference.pairs.flatMap { $0 }, within: 1e-6))
  }

  @Test func oneClassIsScikitLearns() throws {
    let expected = reference.oneClass
    let model = try OneClassSVM(outlierFraction: 0.2, kernel: .rbf(gamma: 0.1), tolerance: 1e-9).fit(
      x, weights: counts)
    let counting = counts.indices.filter { counts[$0] > 0 }
    #expect(model.supportIndices == expected.support.map { counting[$0] })
    #expect(agree(try model.scores(x[.stride(by: 7)]), expected.scores, within: 1e-4))
    #expect(agree([model.intercept], [expected.intercept], within: 1e-5))
  }

  @Test func agreeingSamplesAreWeighedLikeScikitLearns() throws {
    let line = reference.line
    let model = try RANSACRegressor(LinearRegression(), threshold: 4, seed: 0).fit(
      Matrix(line.place, shape: [60, 1]), line.height, weights: line.weights)
    #expect(model.inliers == (0..<60).filter { $0 % 6 != 0 })
    #expect(agree([model.base.coefficients[0], model.base.intercept], [line.slope, line.intercept]))
  }

  @Test func perceptronsWeighClasses() throws {
    let model = try Perceptron<Int>(classWeights: .given([0: 1, 1: 3]), seed: 3).fit(x, y.map { $0 == 2 ? 1 : 0 })
    #expect(agree(model.coefficients.scalars, reference.perceptron.coefficients.flatMap { $0 }))
    #expect(agree(model.intercepts, reference.perceptron.intercepts))
  }

  @Test func scalesAreScikitLearns() throws {
    let gaps = Matrix.where(
      Matrix((0..<600).map { $0 % 44 == 1 ? 1 : 0 }, shape: [150, 4]) .> 0, Matrix.full(.nan, 150, 4), x)
    let scaler = try StandardScaler().fit(gaps, weights: counts)
    #expect(agree(scaler.means, reference.scaler.means) && agree(scaler.scales, reference.scaler.scales))
    let rows = counts.indices.flatMap { [Int](repeating: $0, count: Int(counts[$0])) }
    let repeated = try StandardScaler().fit(x[rows: rows])
    #expect(agree(try StandardScaler().fit(x, weights: counts).scales, repeated.scales, within: 1e-12))
    #expect(refusal { try StandardScaler().fit(x, weights: [1]) } == .shape)
  }

  /// A mean's draws are those of its samples: with weights 1 and 3, three quarters are of the second half.
  @Test func baggingDrawsByWeight() throws {
    let x = Matrix((0..<400).map(Double.init), shape: [400, 1])
    let y = (0..<400).map { $0 < 200 ? 0.0 : 1 }
    let weights = y.map { $0 == 0 ? 1.0 : 3 }
    let model = try BaggingRegressor(DummyRegressor(), count: 200, seed: 4).fit(x, y, weights: weights)
    // 80,000 draws: a standard deviation of 0.0015.
    #expect(abs(try model.predict(x)[0] - 0.75) < 0.008)
    let never = try BaggingClassifier(DummyClassifier<Int>(), count: 20, seed: 4).fit(
      x, y.map { Int($0) }, weights: y.map { 1 - $0 })
    #expect(try never.predictProbabilities(x)[0, 0] == 1)
  }

  /// Samples of weight 0 might as well not be there, out of the bag either.
  @Test func whatDoesNotCountIsNotThere() throws {
    let (some, labels) = (x[0..<100, .all], Array(y[0..<100]))
    let weights = labels.indices.map { Double($0 % 3) + 0.5 }
    let more = weights + [Double](repeating: 0, count: 50)
    for bootstraps in [true, false] {
      let method = BaggingClassifier(
        DecisionTreeClassifier<Int>(maximumDepth: 2), count: 8, sampleFraction: 0.6, bootstraps: bootstraps,
        estimatesOutOfBag: true, seed: 2)
      let (short, long) = (try method.fit(some, labels, weights: weights), try method.fit(x, y, weights: more))
      #expect(short.outOfBagScore == long.outOfBagScore)
      #expect(
        try short.predictProbabilities(x).column(0).scalars == long.predictProbabilities(x).column(0).scalars)
    }
    let forest = IsolationForest(trees: 20, samplesPerTree: 64, seed: 2)
    #expect(try forest.fit(some, weights: weights) == forest.fit(x, weights: more))
    #expect(refusal { try forest.fit(x, weights: [1] + more.dropFirst().map { _ in 0 }) } == .tooFewSamples)
    #expect(try forest.fit(x, weights: more.map { _ in 2 }) == forest.fit(x))
    let groups = MiniBatchKMeans(clusters: 2, batchSize: 30, seed: 2)
    #expect(try groups.fit(x, weights: more.map { _ in 2 }).labels == groups.fit(x).labels)
    // The third species does not count, so no centre is near it.
    let centres = try groups.fit(x, weights: more).centres
    #expect(centres.column(3).max() < 1.6)
  }

  /// A base that takes no weights is refused where weights would have to be passed on, and not where they steer draws.
  @Test func basesWithoutWeights() throws {
    let neighbours = AnyClassifier(KNeighborsClassifier<Int>())
    let stack = StackingClassifier(["a": neighbours], final: LogisticRegression<Int>())
    #expect(refusal { try stack.fit(x, y, weights: counts) } == .parameter)
    let bag = BaggingClassifier(KNeighborsClassifier<Int>(), count: 3, seed: 1)
    #expect(try bag.fit(x, y, weights: counts).members.count == 3)
  }
}
