import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct StochasticTests {
  let reference: EnsembleReference
  let x: Matrix
  let y: [Int]
  init() throws {
    reference = try EnsembleReference.read()
    (x, y) = try EnsembleReference.two()
  }

  private func patients() throws -> (x: Matrix, y: [Double]) {
    let frame = try Datasets.diabetes()
    let features = try frame.matrix(except: "progression")
    let target = Matrix(try frame["progression", Double.self].values())
    let scaled = (target - target.mean()) / target.standardDeviation()
    return (try StandardScaler().fit(features).transform(features), scaled.scalars)
  }

  @Test func classifiersAreScikitLearns() throws {
    let binary = y.map { $0 == 2 ? 1 : 0 }
    func check(_ name: String, _ method: SGDClassifier<Int>, _ labels: [Int]) throws {
      let expected = try #require(reference.stochastic[name])
      let model = try method.fit(x, labels)
      #expect(model.epochs == expected.epochs, "\(name)")
      #expect(agree(model.coefficients.flattened().scalars, expected.coefficients, within: 1e-8), "\(name)")
      #expect(agree(model.intercepts, expected.intercepts, within: 1e-8), "\(name)")
      if !expected.probabilities.isEmpty {
        #expect(agree(try model.predictProbabilities(x).scalars, expected.probabilities, within: 1e-8), "\(name)")
      }
    }
    try check("hinge", SGDClassifier(shuffles: false), binary)
    try check("log", SGDClassifier(loss: .logistic, seed: 1), binary)
    try check("l1", SGDClassifier(loss: .logistic, penalty: .l1, regularization: 0.01, seed: 2), binary)
    try check(
      "elastic",
      SGDClassifier(loss: .modifiedHuber, penalty: .elasticNet(l1Ratio: 0.4), regularization: 0.01, seed: 5), binary)
    try check("average", SGDClassifier(loss: .logistic, averagesFrom: 10, seed: 3), binary)
    try check("constant", SGDClassifier(loss: .squaredHinge, rate: .constant(0.01), seed: 0), binary)
    try check("adaptive", SGDClassifier(rate: .adaptive(start: 0.1), seed: 4), binary)
    try check("weights", SGDClassifier(loss: .logistic, classWeights: .given([0: 1, 1: 3]), seed: 6), binary)
  }

  @Test func perceptronIsScikitLearns() throws {
    let expected = try #require(reference.stochastic["perceptron"])
    let model = try Perceptron<Int>(seed: 1).fit(x, y)
    #expect(model.epochs == expected.epochs)
    #expect(agree(model.coefficients.flattened().scalars, expected.coefficients, within: 1e-8))
  }

  @Test func partsGoOnFromWhereTheModelIs() throws {
    let expected = try #require(reference.stochastic["parts"])
    let binary = y.map { $0 == 2 ? 1 : 0 }
    let (even, odd) = (y.indices.filter { $0 % 2 == 0 }, y.indices.filter { $0 % 2 == 1 })
    let method = SGDClassifier<Int>(loss: .logistic, maximumEpochs: 1, tolerance: nil, shuffles: false)
    var model = try method.fit(x[rows: even], even.map { binary[$0] })
    model = try ClassicData.reread(model)
    try method.update(&model, x[rows: odd], odd.map { binary[$0] })
    #expect(agree(model.coefficients.flattened().scalars, expected.coefficients, within: 1e-8))
    #expect(agree(model.intercepts, expected.intercepts, within: 1e-8))
    #expect(refusal { try method.update(&model, x, y) } == .parameter)
  }

  @Test func regressorsAreScikitLearns() throws {
    let (x, y) = try patients()
    for (name, method) in [
      "squared": SGDRegressor(seed: 0), "huber": SGDRegressor(loss: .huber(threshold: 0.1), seed: 1),
      "epsilon": SGDRegressor(loss: .epsilonInsensitive(margin: 0.1), seed: 2),
      "squaredEpsilon": SGDRegressor(
        loss: .squaredEpsilonInsensitive(margin: 0.1), penalty: .l1, regularization: 0.01, seed: 3),
    ] {
      let expected = try #require(reference.stochastic[name])
      let model = try method.fit(x, y)
      #expect(model.epochs == expected.epochs, "\(name)")
      #expect(agree(model.coefficients + [model.intercept], expected.coefficients + expected.intercepts, within: 1e-8))
    }
    #expect(refusal { try SGDRegressor(rate: .constant(-1)).fit(x, y) } == .parameter)
  }

  @Test func gradientDescentArrivesAtTheLeastSquares() throws {
    let (x, y) = try patients()
    let part = x[.all, 0..<4]
    let exact = try LinearRegression().fit(part, y)
    let model = try GradientDescentRegressor(gradientTolerance: 1e-9, keepsPath: true).fit(part, y)
    #expect(model.hasConverged && model.path.count == model.history.count)
    #expect(agree(model.coefficients, exact.coefficients, within: 1e-6))
    #expect(zip(model.history, model.history.dropFirst()).allSatisfy { $0 >= $1 - 1e-12 })
    let batches = try GradientDescentRegressor(
      learningRate: 0.05, batchSize: 32, momentum: 0.5, decay: 0.05, maximumEpochs: 300, seed: 1
    ).fit(part, y)
    #expect(agree(batches.coefficients, exact.coefficients, within: 0.02))
    #expect(refusal { try GradientDescentRegressor(learningRate: 50).fit(part, y) } == .notConverged)
  }

  @Test func quantilesAreScikitLearns() throws {
    let frame = try Datasets.diabetes()
    let (x, _) = try patients()
    let y = try frame["progression", Double.self].values()
    func check(_ model: QuantileRegressor.Model, _ expected: [Double], _ name: String) {
      #expect(agree(model.coefficients + [model.intercept], expected, within: 1e-6), "\(name)")
    }
    for (quantile, penalty) in [(0.5, 0.0), (0.9, 0.0), (0.25, 0.01), (0.5, 0.1)] {
      let expected = try #require(reference.quantiles["\(quantile) \(penalty)"])
      check(
        try QuantileRegressor(quantile: quantile, regularization: penalty).fit(x, y), expected, "\(quantile) \(penalty)"
      )
    }
    let weighted = try QuantileRegressor(quantile: 0.3, regularization: 0).fit(x, y, weights: reference.sampleWeights)
    check(weighted, reference.weightedQuantile, "weighted")
    let median = try QuantileRegressor(regularization: 0).fit(Matrix.zeros(5, 1), [3, 1, 100, 2, 5])
    #expect(agree([median.intercept], [3], within: 1e-8))
  }

  @Test func ransacLeavesOutWhatDoesNotAgree() throws {
    let x = Matrix(reference.wild)
    let method = RANSACRegressor(LinearRegression(), threshold: 0.5, maximumTrials: 500, seed: 0)
    let model = try method.fit(x, reference.line)
    #expect(model.inliers == reference.inliers)
    #expect(agree(model.base.coefficients + [model.base.intercept], reference.ransac, within: 1e-8))
    #expect(
      refusal { try RANSACRegressor(LinearRegression(), drawnSamples: 500).fit(x, reference.line) } == .tooFewSamples)
  }
}
