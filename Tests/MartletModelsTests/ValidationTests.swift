import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct ValidationTests {
  struct FoldReference: Decodable {
    let labels: [Int]
    let groups: [Int]
    let cases: [String: [Fold]]
  }

  @Test func foldsAreScikitLearns() throws {
    let reference: FoldReference = try ReferenceFile.read("folds")
    let (labels, groups) = (reference.labels, reference.groups)
    let ofLabels: [String: any Splitter] = [
      "stratified": StratifiedKFold(4), "stratifiedShuffled": StratifiedKFold(4, seed: 7),
      "group": GroupKFold(3, groups: groups), "groupShuffled": GroupKFold(3, groups: groups, seed: 1),
      "stratifiedGroup": GroupKFold(3, groups: groups, isStratified: true),
      "stratifiedGroupShuffled": GroupKFold(3, groups: groups, isStratified: true, seed: 2),
      "repeatedStratified": RepeatedKFold(3, repetitions: 2, isStratified: true, seed: 4),
      "leaveOneGroupOut": LeaveOneGroupOut(groups: groups),
      "stratifiedShuffle": ShuffleSplit(3, testSize: 0.3, isStratified: true, seed: 6),
      "groupShuffle": GroupShuffleSplit(3, groups: groups, testSize: 0.3, seed: 8),
    ]
    let ofCounts: [String: (any Splitter, Int)] = [
      "kFold": (KFold(4), 11), "kFoldShuffled": (KFold(5, seed: 3), 23),
      "repeated": (RepeatedKFold(3, repetitions: 2, seed: 4), 10), "timeSeries": (TimeSeriesSplit(4), 22),
      "timeSeriesGap": (TimeSeriesSplit(3, testCount: 4, maximumTrainCount: 6, gap: 2), 22),
      "leaveOneOut": (LeaveOneOut(), 4), "leavePOut": (LeavePOut(2), 5),
      "shuffle": (ShuffleSplit(3, testSize: 0.3, seed: 6), 17),
    ]
    #expect(Set(ofLabels.keys).union(ofCounts.keys) == Set(reference.cases.keys))
    for (name, splitter) in ofLabels {
      #expect(try splitter.folds(labels: labels) == reference.cases[name], "\(name)")
    }
    for (name, (splitter, count)) in ofCounts {
      #expect(try splitter.folds(count: count) == reference.cases[name], "\(name)")
    }
  }

  struct Reference: Decodable {
    let accuracy, logLoss, f1, rocAUC, balancedAccuracy, probabilities: [Double]
    let leaveOneOutError: Double
    let learningSizes: [Int]
    let learningTrain, learningTest, validationTrain, validationTest: [Double]
  }

  private func iris() throws -> (Matrix, [String]) {
    let iris = try Datasets.iris()
    return (try iris.matrix(except: "species"), try iris["species", String.self].values())
  }

  private let method = StandardScaler().then(LogisticRegression<String>())

  @Test func scoresAreScikitLearns() throws {
    let reference: Reference = try ReferenceFile.read("crossValidation")
    let (x, y) = try iris()
    let result = try crossValidate(
      method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy, .logLoss, .f1(), .rocAUC, .balancedAccuracy],
      keepsModels: true)
    #expect(agree(result["accuracy"], reference.accuracy) && agree(result["F1"], reference.f1))
    #expect(agree(result["log-loss"], reference.logLoss, within: 1e-5))
    #expect(agree(result["ROC AUC"], reference.rocAUC, within: 1e-5))
    #expect(agree(result["balanced accuracy"], reference.balancedAccuracy))
    #expect(abs(result.mean("accuracy") - 0.96) < 1e-12)
    #expect(result.models.count == 5 && result.frame.rowCount == 5 && result.testCounts == [30, 30, 30, 30, 30])
    #expect(result.frame.columnNames.contains("log-loss") && result.description.contains("± SE"))
    let (probabilities, classes) = try crossValidatedProbabilities(method, x, y, folds: StratifiedKFold(5))
    #expect(classes == ["setosa", "versicolor", "virginica"])
    #expect(agree(probabilities.scalars, reference.probabilities, within: 1e-5))
    let predictions: [String] = try crossValidatedPredictions(method, x, y, folds: StratifiedKFold(5))
    #expect(accuracy(predicted: predictions, actual: y) == 0.96)
  }

  /// scikit-learn's 3001.752847 for the same data.
  @Test func leaveOneOutOfALine() throws {
    let reference: Reference = try ReferenceFile.read("crossValidation")
    let patients = try Datasets.diabetes()
    let (x, y) = (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
    let result = try crossValidate(LinearRegression(), x, y, folds: LeaveOneOut(), scoring: [.meanSquaredError])
    #expect(abs(result.mean("mean squared error") - 3001.752847) < 1e-6)
    #expect(abs(result.mean("mean squared error") - reference.leaveOneOutError) < 1e-8)
  }

  @Test func curvesAreScikitLearns() throws {
    let reference: Reference = try ReferenceFile.read("crossValidation")
    let patients = try Datasets.diabetes()
    let learning = try learningCurve(
      LinearRegression(), patients.matrix(except: "progression"), patients["progression", Double.self].values(),
      folds: KFold(5, seed: 0), scoring: .r2)
    #expect(learning.values == reference.learningSizes)
    #expect(agree(learning.trainScores.scalars, reference.learningTrain))
    #expect(agree(learning.testScores.scalars, reference.learningTest, within: 1e-9))
    #expect(learning.frame.columnNames == ["samples", "train", "test", "trainSpread", "testSpread"])
    let (x, y) = try iris()
    let validation = try validationCurve(
      method, x, y, varying: \.estimator.inverseRegularization, over: [0.01, 1, 100], folds: StratifiedKFold(5),
      scoring: .logLoss)
    #expect(agree(validation.trainScores.scalars, reference.validationTrain, within: 1e-4))
    #expect(agree(validation.testScores.scalars, reference.validationTest, within: 1e-4))
    #expect(validation.parameter == "inverseRegularization")
  }

  @Test func threadsDoNotMatter() throws {
    let (x, y) = try iris()
    let many = try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.logLoss])
    let one = try Parallel.$threadLimit.withValue(1) {
      try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.logLoss])
    }
    #expect(many.scores == one.scores)
  }

  @Test func repetitionsStopWhenTheyAreCertain() throws {
    let (x, y) = try iris()
    let all = JKFold(j: 20, k: 2, isStratified: true, seed: 0)
    let sure = try crossValidate(method, x, y, repeating: all, scoring: [.accuracy], untilStandardError: 1)
    #expect(sure.scores.shape == [6, 1], "three repetitions of two folds")
    let complete = try crossValidate(method, x, y, folds: all)
    let means = complete.repetitionMeans("accuracy", k: 2)
    let errors = (3...20).map {
      standardDeviation(means.prefix($0), degreesOfFreedom: 1) / Double($0).squareRoot()
    }
    let wanted = errors[7]
    let result = try crossValidate(method, x, y, repeating: all, scoring: [.accuracy], untilStandardError: wanted)
    let first = (errors.firstIndex { $0 <= wanted } ?? 17) + 3
    #expect(result["accuracy"] == Array(complete["accuracy"].prefix(first * 2)))
  }

  /// Error = bias² + variance + noise, exactly for what is averaged over, and noise is that of the answers.
  @Test func errorsFallIntoParts() throws {
    var random = PCG64(seed: 5)
    let xTest = Matrix((0..<20).map { [Double($0) / 4] })
    let truth = xTest.scalars.map { sin($0) }
    let sets = (0..<40).map { _ in
      let x = (0..<30).map { _ in random.uniform(from: 0, to: 5) }
      return (x: Matrix(x.map { [$0] }), y: x.map { sin($0) + 0.3 * random.standardNormal() })
    }
    let answers = Matrix(truth.map { level in (0..<2000).map { _ in level + 0.3 * random.standardNormal() } })
    let parts = try BiasVariance.measure(
      LinearRegression(), trainingSets: sets, xTest: xTest, truth: truth, answers: answers)
    #expect(abs(parts.noise - 0.09) < 0.002)
    #expect(abs(parts.error - (parts.squaredBias + parts.variance + parts.noise)) < 0.01 * parts.error)
    let (x, y) = sets[0]
    let again = try BiasVariance.bootstrap(
      LinearRegression(), x, y, xTest: xTest, yTest: truth, rounds: 50, seed: 1)
    #expect(abs(again.error - again.squaredBias - again.variance) < 1e-12 && again.noise == 0)
  }

  @Test func weightsReachEveryFold() throws {
    let patients = try Datasets.diabetes()
    let (x, y) = (try patients.matrix(of: ["bmi"]), try patients["progression", Double.self].values())
    let weights = y.indices.map { Double($0 % 3) }
    let rows = y.indices.filter { weights[$0] > 0 }.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let fold = Fold(train: Array(0..<300), test: Array(300..<442))
    let weighted = try crossValidate(
      LinearRegression(), x, y, folds: GivenFolds([fold]), scoring: [.meanSquaredError], weights: weights)
    let train = rows.filter { $0 < 300 }
    let model = try LinearRegression().fit(x[rows: train], train.map { y[$0] })
    let test = rows.filter { $0 >= 300 }
    let expected = meanSquaredError(predicted: try model.predict(x[rows: test]), actual: test.map { y[$0] })
    #expect(agree(weighted["mean squared error"], [expected]))
  }

  @Test func refusals() throws {
    let (x, y) = try iris()
    #expect(refusal { try KFold(1).folds(count: 4) } == .parameter)
    #expect(refusal { try KFold(5).folds(count: 4) } == .tooFewSamples)
    #expect(refusal { try StratifiedKFold(3).folds(count: 4) } == .parameter)
    #expect(refusal { try StratifiedKFold(3).folds(labels: [1, 1, 2, 2]) } == .tooFewSamples)
    #expect(refusal { try StratifiedKFold(2).folds(labels: [1.5, 2.5, 1.5]) } == .parameter)
    #expect(refusal { try GroupKFold(2, groups: [1, 2]).folds(count: 3) } == .shape)
    #expect(refusal { try TimeSeriesSplit(5).folds(count: 5) } == .tooFewSamples)
    #expect(refusal { try LeavePOut(10).folds(count: 100) } == .parameter)
    #expect(refusal { try KFold(3, seed: 1 << 33).folds(count: 9) } == .parameter)
    #expect(refusal { try crossValidate(method, x, Array(y.dropLast())) } == .shape)
    #expect(
      refusal { () throws(FitError) -> [String] in
        try crossValidatedPredictions(method, x, y, folds: ShuffleSplit(2, seed: 0))
      } == .parameter)
    // Sorted labels in plain folds: the last class is not learned.
    #expect(refusal { try crossValidate(method, x, y, folds: KFold(3), scoring: [.logLoss]) } == .tooFewClasses)
  }

  @Test func metricsAreFoundByTheirLetters() throws {
    let patients = try Datasets.diabetes()
    let x = try patients.matrix(except: "progression")
    let y = try patients["progression", Double.self].values()
    let result = try crossValidate(LinearRegression(), x, y, folds: KFold(3), scoring: [.r2, .meanAbsoluteError])
    #expect(result.mean("r2") == result.mean("R²") && result["R2"] == result["R²"])
    #expect(result["meanAbsoluteError"] == result["mean absolute error"])
  }
}
