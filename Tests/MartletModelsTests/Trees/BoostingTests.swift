import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct BoostingTests {
  /// XGBoost adds in single precision, which is where the tolerance comes from.
  @Test func exactBordersAreXGBoosts() throws {
    let reference = try XGBoostReference.read()
    let x = Matrix(reference.x)
    for expected in reference.fits.prefix(1) {
      var method = HistogramGradientBoostingClassifier<Int>(
        rounds: expected.rounds, learningRate: expected.parameters["eta"] ?? 0, maximumLeaves: nil,
        maximumDepth: Int(expected.parameters["max_depth"] ?? 0), minimumLeafSamples: 1,
        squaredPenalty: expected.parameters["lambda"] ?? 1)
      method.search = .exact
      method.minimumLeafWeight = expected.parameters["min_child_weight"] ?? 1
      method.absolutePenalty = expected.parameters["alpha"] ?? 0
      method.minimumGain = expected.parameters["gamma"] ?? 0
      let model = try method.fit(x, reference.y)
      let probabilities = try model.predictProbabilities(x)
      #expect(agree(probabilities[.all, 1].scalars, expected.probabilities, within: 1e-4))
      let loss = logLoss(probabilities: probabilities, actual: reference.y, classes: model.classes)
      #expect(abs(loss - expected.logLoss) < 1e-6, "\(loss)")
    }
  }

  @Test func missingDirectionsAreXGBoosts() throws {
    let (reference, trees) = (try XGBoostReference.read(), try TreeReference.read())
    let x = TreeData.matrix(trees.missing.x)
    var method = HistogramGradientBoostingRegressor(
      rounds: 15, learningRate: 0.3, maximumLeaves: nil, maximumDepth: 3, minimumLeafSamples: 1, squaredPenalty: 1)
    method.search = .exact
    method.minimumLeafWeight = 1
    let model = try method.fit(x, trees.y)
    #expect(agree(try model.predict(x), reference.missing.predictions, within: 1e-4))
  }

  /// As many bins as values leave nothing to round but the derivatives, so histograms find what exact search finds.
  @Test func histogramsFindTheExactTrees() throws {
    let reference = try TreeReference.read()
    let x = TreeData.matrix(reference.missing.x)
    var exact = HistogramGradientBoostingRegressor(
      rounds: 12, learningRate: 0.3, maximumLeaves: 8, minimumLeafSamples: 3, squaredPenalty: 1)
    let binned = try exact.fit(x, reference.y)
    exact.search = .exact
    let other = try exact.fit(x, reference.y)
    #expect(agree(try binned.predict(x), try other.predict(x), within: 1e-9))
    #expect(binned.trees.map(\.leafCount) == other.trees.map(\.leafCount))
    #expect(binned.trees[0].nodes.map(\.sampleCount) == other.trees[0].nodes.map(\.sampleCount))
  }

  /// scikit-learn's boosting on histograms gets 349 of 360 right.
  @Test func digits() throws {
    let (xTrain, xTest, yTrain, yTest) = try TreeData.digits()
    let model = try HistogramGradientBoostingClassifier<Int>().fit(xTrain, yTrain)
    let correct = TreeData.correct(try model.predict(xTest), yTest)
    #expect(correct >= 346, "\(correct) of 360")
    #expect(model.trees.count == 1_000 && model.roundCount == 100)
    let staged = try model.predictProbabilities(xTest, rounds: 1)
    #expect(staged.argMax(axis: 1).scalars != (try model.predict(xTest)))
    #expect(try model.apply(xTest).shape == [360, 1_000])
  }

  @Test func threadsDoNotMatter() throws {
    var random = PCG64(seed: 2)
    let x = random.normals(shape: [30_000, 9])
    let y = (0..<30_000).map { x[$0, 0] * x[$0, 1] + x[$0, 8] > 0 ? 1 : 0 }
    let method = HistogramGradientBoostingClassifier<Int>(rounds: 5)
    let model = try method.fit(x, y)
    #expect(try Parallel.$threadLimit.withValue(1) { try method.fit(x, y).trees } == model.trees)
    #expect(try Parallel.$threadLimit.withValue(5) { try method.fit(x, y).trees } == model.trees)
    #expect(try model.score(x, y) > 0.8)
  }

  @Test(arguments: [true, false]) func leavesKeepTheirSamples(isLogistic: Bool) throws {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [2_000, 3])
    let y = (0..<2_000).map { 4 * x[$0, 0] + random.standardNormal() }
    let trees =
      isLogistic
      ? try HistogramGradientBoostingClassifier<Bool>(rounds: 40, learningRate: 0.5).fit(x, y.map { $0 > 3 }).trees
      : try HistogramGradientBoostingRegressor(rounds: 40, learningRate: 0.5).fit(x, y).trees
    #expect(trees.allSatisfy { $0.nodes.allSatisfy { $0.sampleCount >= 20 } && $0.leafCount <= 31 })
    #expect(trees.contains { $0.leafCount == 31 })
  }

  @Test(arguments: [1, -1]) func monotoneConstraintsHold(direction: Int) throws {
    var random = PCG64(seed: 3)
    let x = random.normals(shape: [1_500, 2])
    let y = (0..<1_500).map {
      Double(direction) * x[$0, 0] + sin(5 * x[$0, 0]) + x[$0, 1] + 0.3 * random.standardNormal()
    }
    let method = HistogramGradientBoostingRegressor(rounds: 60, monotone: [0: direction])
    let model = try method.fit(x, y)
    for other in [-1.0, 0, 1] {
      let line = Matrix((0..<200).map { [-3 + 0.03 * Double($0), other] })
      let rises = zip(try model.predict(line).dropFirst(), try model.predict(line)).map {
        Double(direction) * ($0 - $1)
      }
      #expect((rises.min() ?? -1) >= -1e-12)
    }
    #expect(try model.score(x, y) > 0.5)
    let free = try HistogramGradientBoostingRegressor(rounds: 60).fit(x, y)
    #expect(try free.score(x, y) > model.score(x, y))
  }

  /// Sets of categories need fewer rounds than the numbers of the categories do.
  @Test func categoriesBeatTheirNumbers() throws {
    var random = PCG64(seed: 6)
    let effects = random.normals(40)
    let codes = (0..<4_000).map { _ in random.integer(below: 40) }
    let y = codes.map { effects[$0] + 0.1 * random.standardNormal() }
    var scalars = codes.map(Double.init)
    for row in stride(from: 0, to: 4_000, by: 17) { scalars[row] = .nan }
    let x = Matrix(scalars, shape: [4_000, 1])
    let rounds = HistogramGradientBoostingRegressor(rounds: 1, learningRate: 1, maximumLeaves: 4)
    var native = rounds
    native.categoricalFeatures = [0]
    let (numbers, sets) = (try rounds.fit(x, y).score(x, y), try native.fit(x, y).score(x, y))
    #expect(sets > 0.7 && sets > numbers + 0.2, "\(sets) and \(numbers)")
  }

  @Test func quantilesHoldTheirShare() throws {
    var random = PCG64(seed: 4)
    let x = random.uniforms(shape: [4_000, 1])
    let y = (0..<4_000).map { x[$0, 0] * random.standardExponential() }
    for quantile in [0.1, 0.5, 0.9] {
      let model = try HistogramGradientBoostingRegressor(loss: .quantile(quantile), rounds: 60).fit(x, y)
      let below = zip(y, try model.predict(x)).count { $0 < $1 }
      #expect(abs(Double(below) / 4_000 - quantile) < 0.02, "\(quantile): \(below)")
    }
  }

  @Test func countsKeepTheirMean() throws {
    var random = PCG64(seed: 9)
    let x = random.uniforms(shape: [3_000, 2])
    let rates = (0..<3_000).map { exp(2 * x[$0, 0]) }
    let y = rates.map { Double(random.poisson(mean: $0)) }
    let predicted = try HistogramGradientBoostingRegressor(loss: .poisson, rounds: 50).fit(x, y).predict(x)
    #expect(predicted.allSatisfy { $0 > 0 } && abs(mean(predicted) - mean(y)) < 0.02 * mean(y))
    #expect(r2Score(predicted: predicted, actual: rates) > 0.9)
  }

  @Test func itStopsWhenNothingIsGained() throws {
    var random = PCG64(seed: 10)
    let x = random.normals(shape: [600, 5])
    let y = (0..<600).map { x[$0, 0] + 2 * random.standardNormal() }
    let method = HistogramGradientBoostingRegressor(rounds: 500, earlyStoppingRounds: 5, seed: 1)
    let model = try method.fit(x[0..<400, .all], Array(y[..<400]), evaluation: (x[400..., .all], Array(y[400...])))
    let losses = model.evaluationLosses
    #expect(losses.count < 100 && model.roundCount == losses.count - 5)
    #expect(losses.min() == losses[model.roundCount - 1])
    #expect(try method.fit(x, y).roundCount < 100)
    var rounds: [Int] = []
    _ = try HistogramGradientBoostingRegressor(rounds: 3).fit(x, y, evaluation: nil) { round, _ in rounds.append(round)
    }
    #expect(rounds == [1, 2, 3])
  }

  @Test func importancesAddUp() throws {
    let (x, y) = try TreeData.iris()
    let model = try HistogramGradientBoostingClassifier<Int>(rounds: 10).fit(x, y)
    let questions = model.trees.reduce(0) { $0 + $1.leafCount - 1 }
    #expect(model.importances(.splits).reduce(0, +) == Double(questions))
    #expect(abs(model.featureImportances.reduce(0, +) - 1) < 1e-12)
    #expect(model.importances(.cover).allSatisfy { $0 >= 0 } && model.importances(.gain)[2] > 0)
  }

  @Test func drawsAreRepeatable() throws {
    let (x, y) = try TreeData.iris()
    var method = HistogramGradientBoostingClassifier<Int>(rounds: 10, seed: 5)
    method.sampleFraction = 0.5
    method.featureFraction = 0.5
    let model = try method.fit(x, y)
    #expect(try method.fit(x, y).trees == model.trees && model.score(x, y) > 0.9)
    #expect(model.trees.allSatisfy { $0[0].sampleCount == 75 })
  }

  @Test func refusals() throws {
    let (x, y) = try TreeData.iris()
    #expect(throws: FitError.self) { try HistogramGradientBoostingClassifier<Int>(rounds: 0).fit(x, y) }
    #expect(throws: FitError.self) { try HistogramGradientBoostingClassifier<Int>(monotone: [0: 1]).fit(x, y) }
    #expect(throws: FitError.self) { try HistogramGradientBoostingClassifier<Int>(monotone: [9: 1]).fit(x, y) }
    #expect(throws: FitError.self) { try HistogramGradientBoostingClassifier<Int>().fit(x, y.map { _ in 1 }) }
    let many = Matrix((0..<300).map { [Double($0)] })
    #expect(throws: FitError.self) {
      try HistogramGradientBoostingRegressor(categoricalFeatures: [0]).fit(many, many.scalars)
    }
  }
}
