import MartletDatasets
import MartletExplain
import MartletModels
import MartletNumerics
import Testing

@Suite struct CoalitionTests {
  private let reference: ShapleyReference.Regression
  private let function: ModelFunction<Matrix>
  private let background, test: Matrix

  init() throws {
    reference = try ShapleyReference.read().regression
    function = ModelFunction(reference.model)
    (background, test) = (Matrix(reference.background), Matrix(reference.test))
  }

  @Test func enumerationIsThatOfShap() throws {
    let explanation = try ExactExplainer(function, background: background).explain(test)
    #expect(agree(explanation.values.scalars, reference.exact.flat))
    #expect(agree(explanation.predictions, reference.predictions))
  }

  @Test func theRegressionOverAllCoalitionsIsExact() throws {
    let explanation = try KernelExplainer(function, background: background, seed: 1).explain(test[0..<4, .all])
    #expect(agree(explanation.values.scalars, reference.kernel.flat, within: 1e-7))
    #expect(agree(explanation.values.scalars, Array(reference.exact.flat.prefix(24)), within: 1e-8))
  }

  @Test func treesOfNineFeaturesAreAsEnumerated() throws {
    let patients = try Datasets.diabetes()
    let x = try patients.matrix(except: "progression", "sex")
    #expect(x.shape[1] == 9)
    let model = try HistogramGradientBoostingRegressor(rounds: 20, seed: 0)
      .fit(x, try patients["progression", Double.self].values())
    let (some, others) = (x[0..<3, .all], x[100..<115, .all])
    let exact = try ExactExplainer(ModelFunction(model), background: others).explain(some)
    #expect(agree(try TreeExplainer(model, background: others).explain(some).values.scalars, exact.values.scalars))
    #expect(
      agree(
        try KernelExplainer(ModelFunction(model), background: others).explain(some).values.scalars,
        exact.values.scalars, within: 1e-8))
  }

  @Test func drawnCoalitionsAreNearAndAddUp() throws {
    let few = try KernelExplainer(function, background: background, samples: 30, seed: 3).explain(test)
    #expect(agree(few.predictions, reference.predictions))
    let errors = zip(few.values.scalars, reference.exact.flat).map { abs($0 - $1) }
    #expect(mean(errors) < 0.1 && (errors.max() ?? 1) > 1e-6, "30 of 62 coalitions with seed 3")
    let again = try KernelExplainer(function, background: background, samples: 30, seed: 3).explain(test)
    #expect(again == few)
  }

  @Test func additiveModelsOfManyFeaturesAreRecovered() throws {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [30, 20])
    let weights = Matrix(random.normals(20))
    let sum = ModelFunction { (x: Matrix) in (x • weights).reshaped(-1, 1) }
    let (some, others) = (x[0..<3, .all], x[3..<30, .all])
    let expected = ((some - others.mean(axis: 0)) * weights).scalars
    #expect(
      agree(try KernelExplainer(sum, background: others, seed: 0).explain(some).values.scalars, expected, within: 1e-7))
    #expect(
      agree(
        try PermutationExplainer(sum, background: others, permutations: 1, seed: 0).explain(some).values.scalars,
        expected)
    )
  }

  @Test func pairsAreSharedInHalves() throws {
    let product = ModelFunction { (x: Matrix) in (x.column(0) * x.column(1) + 3 * x.column(2)).reshaped(-1, 1) }
    let (x, zeros) = (Matrix([[2, 5, 7]]), Matrix([[0, 0, 0]]))
    // The product of two is worth half of it to each.
    for explainer in [
      try PermutationExplainer(product, background: zeros, permutations: 1, seed: 2) as any Explainer,
      try ExactExplainer(product, background: zeros), try KernelExplainer(product, background: zeros),
    ] {
      #expect(agree(try explainer.explain(x).values.scalars, [5, 5, 21]))
    }
  }

  @Test func permutationsComeNear() throws {
    let explanation = try PermutationExplainer(function, background: background, permutations: 60, seed: 5).explain(
      test)
    let errors = zip(explanation.values.scalars, reference.exact.flat).map { abs($0 - $1) }
    #expect(mean(errors) < 0.03, "60 orders with seed 5")
    #expect(agree(explanation.predictions, reference.predictions))
  }

  @Test func classifiersHaveAnOutputForEachClass() throws {
    let iris = try Datasets.iris()
    let model = try LogisticRegression<String>().fit(iris, target: "species")
    let explainer = try KernelExplainer(ModelFunction(columnsOf: model), background: iris, samples: 14)
    #expect(explainer.featureNames == model.features)
    let rows = iris[rows: [0, 70, 140]]
    let sums = try explainer.explainAll(rows).map(\.predictions)
    #expect(agree(Matrix(sums).transposed().scalars, try model.predictProbabilities(rows).scalars))
    #expect(throws: FitError.self) { try explainer.explain(rows) }
    #expect(throws: FitError.self) { try explainer.explain(rows, output: "rose") }
  }

  @Test func linearModelsAreThoseOfShap() throws {
    let linear = try ShapleyReference.read().linear
    let model = try LinearRegression().fit(Matrix(reference.x), reference.y)
    #expect(agree(model.coefficients, linear.coefficients))
    let explanation = try LinearExplainer(model, background: background).explain(test)
    #expect(agree(explanation.values.scalars, linear.values.flat))
    #expect(agree([explanation.baseValue], [linear.base]))
    let ridge = try Ridge(regularization: 2).fit(Matrix(reference.x), reference.y)
    let own = try LinearExplainer(ridge, background: background).explain(test)
    #expect(agree(own.predictions, try ridge.predict(test)))
    let logistic = try LogisticRegression<Bool>().fit(Matrix(reference.x), reference.y.map { $0 > 0 })
    let scores = try LinearExplainer(logistic, background: background).explain(test)
    #expect(scores.outputName == "true")
    #expect(agree(scores.predictions, try logistic.decisionFunction(test).scalars))
  }

  @Test func scaledLinearModelsAreExplainedInTheirOwnUnits() throws {
    let (x, y) = (Matrix(reference.x), reference.y)
    // The same line, however its features are scaled: the same contributions, and the raw values beside them.
    let plain = try LinearExplainer(LinearRegression().fit(x, y), background: background).explain(test)
    let standard = try StandardScaler().then(LinearRegression()).fit(x, y)
    let own = try LinearExplainer(standard, background: background).explain(test)
    #expect(agree(own.values.scalars, plain.values.scalars) && agree([own.baseValue], [plain.baseValue]))
    #expect(own.data == test)
    let chain = try RobustScaler().then(MinMaxScaler(range: -1...3)).then(LinearRegression()).fit(x, y)
    let told = try LinearExplainer(chain, background: background).explain(test)
    #expect(agree(told.values.scalars, plain.values.scalars) && agree([told.baseValue], [plain.baseValue]))
    let logistic = try StandardScaler().then(LogisticRegression<Bool>()).fit(x, y.map { $0 > 0 })
    let scores = try LinearExplainer(logistic, background: background).explain(test)
    let scaled = try logistic.preprocessing.transform(test)
    #expect(agree(scores.predictions, try logistic.estimator.decisionFunction(scaled).scalars))
    // By hand: the model of the scaled features, shown with the raw ones.
    let by = try LinearExplainer(
      logistic.estimator, background: try logistic.preprocessing.transform(background)
    ).explain(scaled, shown: test)
    #expect(agree(by.values.scalars, scores.values.scalars) && by.data == test)
    #expect(throws: FitError.self) { try by.showing(test[0..<2, .all]) }
    let clipped = try MinMaxScaler(clips: true).then(LinearRegression()).fit(x, y)
    #expect(throws: FitError.self) { try LinearExplainer(clipped, background: background) }
  }

  @Test func everyLinearModelAddsUp() throws {
    let (x, y) = (Matrix(reference.x), reference.y)
    let labels = y.map { $0 > 0.5 ? "c" : $0 > -0.5 ? "b" : "a" }
    let quantile = try QuantileRegressor(quantile: 0.3).fit(x, y)
    #expect(agree(try LinearExplainer(quantile, background: x).explain(test).predictions, try quantile.predict(test)))
    let online = try SGDRegressor(seed: 0).fit(x, y)
    #expect(agree(try LinearExplainer(online, background: x).explain(test).predictions, try online.predict(test)))
    let sure = try RANSACRegressor(LinearRegression(), seed: 0).fit(x, y)
    #expect(agree(try LinearExplainer(sure, background: x).explain(test).predictions, try sure.predict(test)))
    let counts = try TweedieRegressor(power: 1).fit(x, y.map { abs($0) })
    #expect(
      agree(
        try LinearExplainer(counts, background: x).explain(test).predictions,
        try counts.predict(test).map { log($0) }))
    let classes = try SGDClassifier<String>(seed: 0).fit(x, labels)
    let scores = try classes.decisionFunction(test)
    for (place, told) in try LinearExplainer(classes, background: x).explainAll(test).enumerated() {
      #expect(told.outputName == ["a", "b", "c"][place])
      #expect(agree(told.predictions, scores.column(place).scalars))
    }
    let groups = try LinearDiscriminantAnalysis<String>().fit(x, labels)
    let logs = try groups.decisionFunction(test)
    for (place, told) in try LinearExplainer(groups, background: x).explainAll(test).enumerated() {
      #expect(agree(told.predictions, logs.column(place).scalars))
    }
  }

  @Test func whatCannotBeExplainedIsSaid() throws {
    let wide = Matrix.zeros(2, 16)
    #expect(throws: FitError.self) { try ExactExplainer(function, background: wide) }
    #expect(throws: FitError.self) { try KernelExplainer(function, background: background, samples: 3) }
    #expect(throws: FitError.self) { try PermutationExplainer(function, background: background, permutations: 0) }
    let wrong = ModelFunction { (x: Matrix) in x }
    #expect(throws: FitError.self) { try ExactExplainer(wrong, background: background).explain(test) }
    #expect(throws: FitError.self) {
      try LinearExplainer(LinearRegression().fit(test, [Double](repeating: 1, count: 12)), background: wide)
    }
  }
}
