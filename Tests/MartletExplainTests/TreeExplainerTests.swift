import MartletDatasets
import MartletExplain
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct TreeExplainerTests {
  /// What the columns add, texts and gaps among them, is what the model says.
  @Test func tablesWithTextsAddUp() throws {
    let passengers = try Datasets.titanicPassengers()
    let model = try RandomForestClassifier<Bool>(treeCount: 5, maximumDepth: 4, seed: 0)
      .fit(passengers, target: "survived", features: ["sex", "age", "embarked", "pclass"])
    for background in [nil, passengers[rows: 0..<20]] {
      let explanation = try TreeExplainer(model, background: background).explain(passengers[rows: 0..<40])
      let sums = (0..<40).map { explanation.baseValue + explanation.values.row($0).sum() }
      let expected = try model.predictProbabilities(passengers[rows: 0..<40]).column(1).scalars
      #expect(agree(sums, expected, within: 1e-10))
      #expect(explanation.values.column(0).map { abs($0) }.max() > 0.05, "the sex matters")
    }
  }

  @Test func averagesOverTrainingSamplesAsShap() throws {
    let reference = try ShapleyReference.read().regression
    let explanation = try TreeExplainer(reference.model).explain(Matrix(reference.test))
    #expect(agree([explanation.baseValue], [reference.base]))
    #expect(agree(explanation.values.scalars, reference.values.flat))
    #expect(agree(explanation.predictions, reference.predictions, within: 1e-12))
  }

  @Test func interactionsAreThoseOfShap() throws {
    let reference = try ShapleyReference.read().regression
    let (explainer, test) = (try TreeExplainer(reference.model), Matrix(reference.test))
    let interactions = try explainer.interactions(test)
    #expect(interactions.shape == [12, 6, 6])
    #expect(agree(interactions.scalars, reference.interactions.map(\.flat).flat, within: 1e-8))
    #expect(agree(interactions.sum(axis: 2).scalars, try explainer.explain(test).values.scalars, within: 1e-12))
  }

  @Test func takesBackgroundSamplesAsShap() throws {
    let reference = try ShapleyReference.read().regression
    let explainer = try TreeExplainer(reference.model, background: Matrix(reference.background))
    let explanation = try explainer.explain(Matrix(reference.test))
    #expect(agree([explanation.baseValue], [reference.backgroundBase]))
    // The fast way of shap is up to 7e-8 from its own enumeration, which is met exactly.
    #expect(agree(explanation.values.scalars, reference.backgroundValues.flat, within: 1e-6))
    #expect(agree(explanation.values.scalars, reference.exact.flat))
    #expect(agree(explanation.predictions, reference.predictions, within: 1e-12))
  }

  @Test func classesHaveAnExplanationEach() throws {
    let reference = try ShapleyReference.read().classes
    let explainer = try TreeExplainer(reference.model)
    let explanations = try explainer.explainAll(Matrix(reference.test))
    #expect(explanations.map(\.outputName) == ["0", "1", "2"])
    for (place, explanation) in explanations.enumerated() {
      #expect(agree([explanation.baseValue], [reference.base[place]]))
      #expect(agree(explanation.values.scalars, reference.values[place].flat))
    }
    #expect(throws: FitError.self) { try explainer.explain(Matrix(reference.test)) }
    #expect(try explainer.explain(Matrix(reference.test), output: "2") == explanations[2])
  }

  @Test func manyFeaturesOnAWayTakeSeveralPasses() throws {
    let reference = try ShapleyReference.read().deep
    #expect(reference.features > 16)
    let explanation = try TreeExplainer(reference.model).explain(Matrix(reference.test))
    #expect(agree(explanation.values.scalars, reference.values.flat, within: 1e-8))
  }

  @Test func boostedTreesAreThoseOfXGBoostWithMissingValues() throws {
    let reference = try ShapleyReference.read().gradient
    let test = Matrix(reference.test.map { $0.map { $0 ?? .nan } })
    let explainer = try TreeExplainer(reference.model)
    let explanation = try explainer.explain(test)
    // XGBoost adds up in single precision.
    #expect(agree(try reference.model.decisionFunction(test).scalars, reference.scores, within: 1e-5))
    #expect(agree(explanation.predictions, reference.scores, within: 1e-5))
    #expect(agree(explanation.values.scalars, reference.values.flat, within: 1e-5))
    #expect(agree([explanation.baseValue], [reference.base], within: 1e-5))
    #expect(agree(try explainer.interactions(test).scalars, reference.interactions.map(\.flat).flat, within: 1e-5))
  }

  /// The definition: the mean over the orders of the features, each unknown one sent both ways by the samples' shares.
  private func enumerated(_ tree: DecisionTree, _ sample: [Double]) -> [Double] {
    func answer(_ place: Int, _ known: Int) -> Double {
      let node = tree[place]
      guard let feature = node.feature, let left = node.left, let right = node.right else { return node.value[0] }
      if known >> feature & 1 == 1 {
        let value = sample[feature]
        let goesLeft =
          value.isNaN
          ? node.missingGoesLeft
          : node.leftCategories.map { $0.contains(Int(value)) } ?? (value <= node.threshold ?? .nan)
        return answer(goesLeft ? left : right, known)
      }
      let (a, b) = (tree[left].weight, tree[right].weight)
      return (a * answer(left, known) + b * answer(right, known)) / (a + b)
    }
    let count = sample.count
    let factorial = (0...count).map { (1...max($0, 1)).reduce(1.0) { $0 * Double($1) } }
    return (0..<count).map { feature in
      (0..<1 << count).filter { $0 >> feature & 1 == 0 }.reduce(0.0) { sum, known in
        let size = known.nonzeroBitCount
        let share = factorial[size] * factorial[count - size - 1] / factorial[count]
        return sum + share * (answer(0, known | 1 << feature) - answer(0, known))
      }
    }
  }

  @Test func categoriesAndMissingValuesFollowTheDefinition() throws {
    var random = PCG64(seed: 4)
    let rows = (0..<300).map { _ -> [Double] in
      let numbers = (0..<6).map { _ in random.uniform() < 0.1 ? Double.nan : random.normal() }
      return numbers + [Double(random.integer(below: 7)), Double(random.integer(below: 3))]
    }
    let y = rows.map { row in
      (row[0].isNaN ? 1 : row[0]) * ([1, 4, 6].contains(row[6]) ? 2 : -1) + (row[1] > 0 ? row[7] : 0)
    }
    let model = try HistogramGradientBoostingRegressor(rounds: 3, categoricalFeatures: [6, 7], seed: 0)
      .fit(Matrix(rows), y)
    let explanation = try TreeExplainer(model).explain(Matrix(Array(rows.prefix(5))))
    for row in 0..<5 {
      let expected = model.trees.map { enumerated($0, rows[row]) }.reduce([Double](repeating: 0, count: 8)) {
        zip($0, $1).map { $0 + $1 }
      }
      #expect(agree(explanation.values.row(row).scalars, expected, within: 1e-10))
    }
    #expect(agree(explanation.predictions, try model.predict(explanation.data), within: 1e-10))
  }

  @Test func everyModelOfTreesAddsUpToItsOutput() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let numbers = try Datasets.diabetes().matrix(except: "progression")
    let targets = try Datasets.diabetes()["progression", Double.self].values()
    func check(_ model: some TreeModel, _ x: Matrix, _ outputs: Matrix) throws {
      for background in [nil, x[0..<10, .all]] {
        let explainer = try TreeExplainer(model, background: background)
        for (place, explanation) in try explainer.explainAll(x).enumerated() {
          #expect(agree(explanation.predictions, outputs.column(place).scalars, within: 1e-9))
          if let background {
            let base = try explainer.explainAll(background)[place].predictions
            #expect(agree([explanation.baseValue], [mean(base)], within: 1e-9))
          }
        }
      }
    }
    let tree = try DecisionTreeClassifier<String>().fit(x, y)
    try check(tree, x, try tree.predictProbabilities(x))
    let forest = try RandomForestClassifier<String>(treeCount: 5, seed: 0).fit(x, y)
    try check(forest, x, try forest.predictProbabilities(x))
    let extra = try ExtraTreesClassifier<String>(treeCount: 5, seed: 0).fit(x, y)
    try check(extra, x, try extra.predictProbabilities(x))
    let boosted = try GradientBoostingClassifier<String>(rounds: 5, seed: 0).fit(x, y)
    try check(boosted, x, try boosted.decisionFunction(x))
    let histogram = try HistogramGradientBoostingClassifier<String>(rounds: 5, seed: 0).fit(x, y)
    try check(histogram, x, try histogram.decisionFunction(x))
    let some = numbers[0..<60, .all]
    let regressor = try DecisionTreeRegressor().fit(numbers, targets)
    try check(regressor, some, Matrix(try regressor.predict(some)).reshaped(-1, 1))
    let several = try RandomForestRegressor(treeCount: 5, seed: 0).fit(numbers, targets)
    try check(several, some, Matrix(try several.predict(some)).reshaped(-1, 1))
    let stages = try GradientBoostingRegressor(rounds: 5, seed: 0).fit(numbers, targets)
    try check(stages, some, Matrix(try stages.predict(some)).reshaped(-1, 1))
  }

  @Test func threadsDoNotMatter() throws {
    let reference = try ShapleyReference.read().regression
    let explainer = try TreeExplainer(reference.model)
    let x = Matrix(reference.x)
    let one = try Parallel.$threadLimit.withValue(1) { try explainer.explain(x) }
    let four = try Parallel.$threadLimit.withValue(4) { try explainer.explain(x) }
    #expect(one == four)
  }

  @Test func tablesGiveNames() throws {
    let patients = try Datasets.diabetes()
    let model = try DecisionTreeRegressor(maximumDepth: 3).fit(
      patients, target: "progression", features: ["bmi", "age"])
    let explanation = try TreeExplainer(model).explain(patients)
    #expect(explanation.featureNames == ["bmi", "age"])
    #expect(agree(explanation.predictions, try model.predict(patients), within: 1e-12))
    #expect(throws: FitError.self) { try TreeExplainer(model).explain(try Datasets.iris()) }
    #expect(throws: FitError.self) { try TreeExplainer(model.base, featureNames: ["one"]) }
    #expect(throws: FitError.self) { try TreeExplainer(model.base).explain(Matrix([[1, 2, 3]])) }
    #expect(throws: FitError.self) { try TreeExplainer(model.base).explain(Matrix([[1, .infinity]])) }
  }
}
