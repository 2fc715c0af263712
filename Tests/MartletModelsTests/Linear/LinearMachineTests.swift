import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

/// Linear support vector regression, ridge regression on classes, and weights of classes, beside scikit-learn's.
@Suite struct LinearMachineTests {
  struct Curve: Decodable {
    let name: String
    let coefficients: [Double]
    let intercept: Double
  }
  struct Classes: Decodable {
    let name: String
    let coefficients, intercepts, decisions: [Double]
    let score: Double
  }
  struct Search: Decodable {
    let regularizations, errors, coefficients: [Double]
    let best: Double
  }
  struct Rows: Decodable { let coefficients, intercepts: [Double] }
  struct Reference: Decodable {
    let sizes, logistic, machine, tumours, passengers: [Double]
    let curves: [Curve]
    let classes: [Classes]
    let search, weighedSearch: Search
    let stochastic, perceptron: Rows
  }
  private let reference: Reference
  private let x: Matrix
  private let y: [Int]
  private let counts: [Double]
  /// Fewer of the first class.
  private let unequal = Array(30..<150)

  init() throws {
    reference = try ReferenceFile.read("linearMachines")
    (x, y) = try ClassicData.iris()
    counts = y.indices.map { Double($0 % 4) }
  }

  private func patients() throws -> (x: Matrix, y: [Double]) {
    let (features, target) = try Patients.load()
    return (try StandardScaler().fit(features).transform(features), target.map { $0 / 100 })
  }

  @Test(arguments: 0..<5) func curvesAreScikitLearns(place: Int) throws {
    let expected = reference.curves[place]
    var method =
      switch expected.name {
      case "margin": LinearSVR(inverseRegularization: 0.3, margin: 0.2)
      case "squared": LinearSVR(inverseRegularization: 0.5, margin: 0.1, loss: .squaredEpsilonInsensitive)
      case "origin": LinearSVR(inverseRegularization: 2, fitsIntercept: false)
      case "weighted": LinearSVR(inverseRegularization: 0.2, margin: 0.05)
      default: LinearSVR()
      }
    method.tolerance = 1e-12
    let (x, y) = try patients()
    let model = try method.fit(x, y, weights: expected.name == "weighted" ? reference.sizes : nil)
    #expect(model.hasConverged)
    #expect(agree(model.coefficients + [model.intercept], expected.coefficients + [expected.intercept], within: 1e-5))
    #expect(try ClassicData.reread(model) == model)
  }

  /// The multipliers of a kernel machine in the features' own space, with a feature of 1 for the intercept that is held back.
  @Test func aLinearKernelIsTheSame() throws {
    let (x, y) = try patients()
    let ones = Matrix.concatenated([x, .ones(y.count, 1)], axis: 1)
    let line = try LinearSVR(margin: 0.1, fitsIntercept: false, tolerance: 1e-12).fit(ones, y)
    let other = try LinearSVR(margin: 0.1, tolerance: 1e-12).fit(x, y)
    #expect(agree(line.coefficients, other.coefficients + [other.intercept], within: 1e-6))
    let seeded = try LinearSVR(margin: 0.1, tolerance: 1e-12, seed: 5).fit(x, y)
    #expect(
      agree(seeded.coefficients, other.coefficients, within: 1e-6), "the order of the samples changes the way only")
  }

  /// What a few wild targets cannot do, and what zeros may not do.
  @Test func curvesOfFewSamples() throws {
    let x = Matrix([[0], [1], [2], [3], [4], [5]])
    let model = try LinearSVR(inverseRegularization: 100).fit(x, [1, 3, 5, 7, 40, 11])
    #expect(agree(try model.predict(Matrix([[10]])), [21], within: 1e-5))
    let nothing = try LinearSVR(fitsIntercept: false).fit(Matrix.zeros(3, 2), [1, -2, 3])
    #expect(nothing.hasConverged && nothing.coefficients == [0, 0])
    let inside = try LinearSVR(margin: 5).fit(x, [1, 2, 3, -1, 0, 4])
    #expect(inside.hasConverged && inside.coefficients == [0] && inside.iterations == 0)
    #expect(try !LinearSVR(maximumIterations: 1).fit(x, [1, 3, 5, 7, 40, 11]).hasConverged)
    #expect(refusal { try LinearSVR(inverseRegularization: 0).fit(x, [1, 2, 3, 4, 5, 6]) } == .parameter)
    #expect(refusal { try LinearSVR(margin: -1).fit(x, [1, 2, 3, 4, 5, 6]) } == .parameter)
  }

  @Test(arguments: [LinearSVR.Loss.epsilonInsensitive, .squaredEpsilonInsensitive])
  func aWeightIsARepetition(loss: LinearSVR.Loss) throws {
    let (all, y) = try patients()
    // Of the blood's six values some nearly say the same, which takes very many rounds.
    let x = all[.all, 0..<4]
    let weights = y.indices.map { Double($0 * 5 % 4) }
    let rows = y.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let method = LinearSVR(margin: 0.1, loss: loss, tolerance: 1e-12)
    let weighted = try method.fit(x, y, weights: weights)
    let repeated = try method.fit(x[rows: rows], rows.map { y[$0] })
    #expect(weighted.hasConverged && repeated.hasConverged)
    #expect(agree(weighted.coefficients, repeated.coefficients, within: 1e-5))
  }

  @Test func sparseCurvesAreDenseOnes() throws {
    let (x, y) = try patients()
    let holes = Matrix.where(abs(x) .> 0.5, x, 0)
    for loss in [LinearSVR.Loss.epsilonInsensitive, .squaredEpsilonInsensitive] {
      let method = LinearSVR(margin: 0.1, loss: loss)
      let (dense, sparse) = (try method.fit(holes, y), try method.fit(SparseMatrix(holes), y))
      #expect(agree(sparse.coefficients, dense.coefficients, within: 1e-12))
      #expect(agree(try sparse.predict(SparseMatrix(holes)), try dense.predict(holes), within: 1e-12))
    }
  }

  @Test(arguments: 0..<6) func classesAreScikitLearns(place: Int) throws {
    let expected = reference.classes[place]
    let (features, labels, method): (Matrix, [Int], RidgeClassifier<Int>) =
      switch expected.name {
      case "two": (x[50..., .all], Array(y[50...]), RidgeClassifier())
      case "origin": (x, y, RidgeClassifier(regularization: 2, fitsIntercept: false))
      case "weighted": (x, y, RidgeClassifier(classWeights: .given([0: 1, 1: 2, 2: 0.5])))
      case "wide":
        (try ClassicData.digits().x[0..<40, .all], Array(try ClassicData.digits().y[..<40]), .init(regularization: 3))
      case "balanced": (x[rows: unequal], unequal.map { y[$0] }, RidgeClassifier(classWeights: .balanced))
      default: (x, y, RidgeClassifier(regularization: 0.5))
      }
    let model = try method.fit(
      features, labels, weights: expected.name == "weighted" ? counts.map { $0 + 0.5 } : nil)
    #expect(agree(model.coefficients.flattened().scalars, expected.coefficients, within: 1e-8))
    #expect(agree(model.intercepts, expected.intercepts, within: 1e-8))
    let decisions = try model.decisionFunction(features[.stride(by: 15)])
    #expect(agree(decisions.flattened().scalars, expected.decisions, within: 1e-8))
    #expect(try model.score(features, labels) == expected.score)
  }

  @Test func classesSearchLikeScikitLearn() throws {
    let expected = reference.search
    let model = try RidgeClassifierCV<Int>(regularizations: expected.regularizations).fit(x, y)
    #expect(model.regularization == expected.best && agree(model.errors, expected.errors, within: 1e-9))
    #expect(agree(model.coefficients.flattened().scalars, expected.coefficients, within: 1e-8))
    let weighed = reference.weighedSearch
    let two = try RidgeClassifierCV<Bool>(regularizations: weighed.regularizations)
      .fit(x, y.map { $0 == 1 }, weights: counts.map { $0 + 0.5 })
    #expect(two.regularization == weighed.best && agree(two.errors, weighed.errors, within: 1e-9))
    #expect(agree(two.coefficients.flattened().scalars, weighed.coefficients, within: 1e-8))
    #expect(refusal { try RidgeClassifierCV<Int>(regularizations: []).fit(x, y) } == .parameter)
    #expect(refusal { try RidgeClassifier<Int>(regularization: -1).fit(x, y) } == .parameter)
  }

  /// Balanced classes are balanced by weights where samples have them, as in scikit-learn's logistic regression and linear
  /// machines; then a weight still is a repetition.
  @Test func balancedClassesCountWeights() throws {
    let (some, labels) = (x[rows: unequal], unequal.map { y[$0] })
    let weights = unequal.map { counts[$0] + 0.5 }
    let logistic = try LogisticRegression<Int>(tolerance: 1e-10, classWeights: .balanced)
      .fit(some, labels, weights: weights)
    #expect(agree(logistic.coefficients.flattened().scalars, reference.logistic, within: 1e-5))
    let machine = try LinearSVC<Int>(classWeights: .balanced).fit(some, labels, weights: weights)
    #expect(agree(machine.coefficients.flattened().scalars, reference.machine, within: 1e-4))
    let whole = unequal.map { counts[$0] }
    let rows = unequal.flatMap { [Int](repeating: $0, count: Int(counts[$0])) }
    let method = RidgeClassifier<Int>(classWeights: .balanced)
    let repeated = try method.fit(x[rows: rows], rows.map { y[$0] })
    #expect(agree(try method.fit(some, labels, weights: whole).intercepts, repeated.intercepts, within: 1e-10))
    // A class that does not count is none of those that are balanced.
    let two = try method.fit(x, y, weights: y.map { $0 == 0 ? 0 : 1 })
    let without = try method.fit(x[50..., .all], Array(y[50...]))
    #expect(agree(two.coefficients.row(2).scalars, without.coefficients.row(0).scalars, within: 1e-8))
  }

  /// Of several classes each is weighed against a rest that counts 1, as in the linear machine above.
  @Test func stochasticClassesAreWeighedLikeScikitLearns() throws {
    let scaled = try StandardScaler().fit(x).transform(x)
    let model = try SGDClassifier<Int>(
      loss: .logistic, regularization: 0.01, classWeights: .given([0: 2, 1: 0.5, 2: 3]), seed: 7
    )
    .fit(scaled, y, weights: counts.map { $0 + 0.5 })
    #expect(agree(model.coefficients.flattened().scalars, reference.stochastic.coefficients, within: 1e-8))
    #expect(agree(model.intercepts, reference.stochastic.intercepts, within: 1e-8))
    let perceptron = try Perceptron<Int>(classWeights: .balanced, seed: 2)
      .fit(scaled[rows: unequal], unequal.map { y[$0] })
    #expect(agree(perceptron.coefficients.flattened().scalars, reference.perceptron.coefficients, within: 1e-8))
  }

  /// Logistic regression on scaled tumours, and the likeliest weights for sex and class of the people on the Titanic.
  @Test func probabilitiesAreScikitLearns() throws {
    let frame = try Datasets.breastCancer()
    let features = try frame.matrix(except: "diagnosis")
    let kinds = try frame["diagnosis", String.self].values()
    let scaled = try StandardScaler().fit(features).transform(features)
    let sure = try LogisticRegression<String>(tolerance: 1e-10).fit(scaled, kinds)
    let probabilities = try sure.predictProbabilities(scaled)
    let scores = [
      logLoss(probabilities: probabilities, actual: kinds, classes: sure.classes), try sure.score(scaled, kinds),
      rocAUC(probabilities: probabilities, actual: kinds, classes: sure.classes),
    ]
    #expect(agree(scores, reference.tumours, within: 1e-7))
    let titanic = try Datasets.titanic()
    let classes = try titanic["class", String.self].values()
    let people = try titanic["sex", String.self].values().enumerated().map { place, sex in
      [sex == "female" ? 1.0 : 0] + ["first", "second", "third"].map { classes[place] == $0 ? 1 : 0 }
    }
    let likeliest = try LogisticRegression<Bool>(inverseRegularization: .infinity, tolerance: 1e-10)
      .fit(Matrix(people), try titanic["survived", Bool.self].values())
    #expect(
      agree(likeliest.coefficients.flattened().scalars + likeliest.intercepts, reference.passengers, within: 1e-6))
  }

  /// Every model that says how much its features matter can choose them.
  @Test func modelsChooseFeatures() throws {
    let (x, y) = try patients()
    func kept<E>(_ method: E) throws -> [Int]
    where E: SupervisedEstimator<Matrix, [Double], E.Model>, E.Model: FeatureImportances {
      try SelectFromModel(method).fit(x, y).kept
    }
    let lasso = try Lasso(regularization: 0.1).fit(x, y)
    let sizes = lasso.coefficients.map { abs($0) }
    #expect(try kept(Lasso(regularization: 0.1)) == sizes.indices.filter { sizes[$0] >= mean(sizes) })
    // Body mass and serum triglycerides, on which all agree.
    for chosen in [
      try kept(RandomForestRegressor(treeCount: 20, seed: 1)), try kept(DecisionTreeRegressor(maximumDepth: 4)),
      try kept(HistogramGradientBoostingRegressor(rounds: 20)), try kept(LinearSVR()),
    ] {
      #expect(Set(chosen).isSuperset(of: [2, 8]), "\(chosen)")
    }
  }
}
