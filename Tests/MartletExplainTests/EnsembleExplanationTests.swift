import MartletExplain
import MartletModels
import MartletNumerics
import Testing

@Suite struct EnsembleExplanationTests {
  /// What shap says of scikit-learn's ensembles, which are read from their files.
  struct Reference: Decodable {
    struct Anomalies: Decodable {
      let model: IsolationForest.Model
      let scores, depths: [Double]
      let values, exact: [[Double]]
      let base, exactBase: Double
    }
    struct Classes<Model: Decodable>: Decodable {
      let model: Model
      let scores: [[Double]]
      let values: [[[Double]]]
      let base: [Double]
      let path: [[[Double]]]?
      let pathBase: [Double]?
    }
    struct Numbers: Decodable {
      let model: BaggingRegressor<DecisionTreeRegressor>.Model
      let scores: [Double]
      let values: [[Double]]
      let base: Double
    }
    let test, background: [[Double]]
    let anomalies: Anomalies
    let votes: Classes<AdaBoostClassifier<DecisionTreeClassifier<Int>>.Model>
    let bagging: Classes<BaggingClassifier<DecisionTreeClassifier<Int>>.Model>
    let soft, hard: Classes<VotingClassifier<DecisionTreeClassifier<Int>>.Model>
    let regression: Numbers

    static func read() throws -> Reference { try ReferenceFile.read("ensembles") }
  }

  private func check<Model: TreeModel>(
    _ reference: Reference.Classes<Model>, _ test: Matrix, _ background: Matrix
  ) throws {
    let explanations = try TreeExplainer(reference.model, background: background).explainAll(test)
    #expect(explanations.map(\.outputName) == ["0", "1", "2"])
    for (place, explanation) in explanations.enumerated() {
      #expect(agree([explanation.baseValue], [reference.base[place]]))
      #expect(agree(explanation.values.scalars, reference.values[place].flat))
      #expect(agree(explanation.predictions, reference.scores.map { $0[place] }))
    }
  }

  @Test func isolationForestsAreThoseOfShap() throws {
    let reference = try Reference.read()
    let (anomalies, test) = (reference.anomalies, Matrix(reference.test))
    #expect(agree(try anomalies.model.scores(test), anomalies.scores))
    let explanation = try TreeExplainer(anomalies.model).explain(test)
    #expect(explanation.outputName == "depth")
    #expect(agree(explanation.predictions, anomalies.depths))
    // shap keeps what it adds up in single precision.
    #expect(agree([explanation.baseValue], [anomalies.base], within: 1e-6))
    #expect(agree(explanation.values.scalars, anomalies.values.flat, within: 1e-6))
    let told = try TreeExplainer(anomalies.model, background: Matrix(reference.background)).explain(test)
    #expect(agree([told.baseValue], [anomalies.exactBase]))
    #expect(agree(told.values.scalars, anomalies.exact.flat))
  }

  @Test func depthTreesKnowHowManySamplesCame() throws {
    var random = PCG64(seed: 3)
    let x = Matrix((0..<300).map { _ in (0..<4).map { _ in random.normal() } })
    let model = try IsolationForest(trees: 5, samplesPerTree: 200, seed: 1).fit(x)
    for tree in model.depthTrees {
      #expect(tree[0].sampleCount == 200)
      #expect(tree.nodes.allSatisfy { $0.sampleCount > 0 })
    }
    let depths = try TreeExplainer(model).explain(x).predictions
    let expected = 2 * (log(199.0) + 0.5772156649015329) - 2 * 199 / 200.0
    #expect(agree(try model.scores(x), depths.map { -exp2(-$0 / expected) }))
  }

  @Test func votesOfBoostedTreesAreThoseOfEnumeration() throws {
    let reference = try Reference.read()
    try check(reference.votes, Matrix(reference.test), Matrix(reference.background))
  }

  @Test func bagsOfTreesAreThoseOfEnumeration() throws {
    let reference = try Reference.read()
    let (bagging, test) = (reference.bagging, Matrix(reference.test))
    try check(bagging, test, Matrix(reference.background))
    let (path, base) = (try #require(bagging.path), try #require(bagging.pathBase))
    for (place, explanation) in try TreeExplainer(bagging.model).explainAll(test).enumerated() {
      #expect(agree([explanation.baseValue], [base[place]]))
      #expect(agree(explanation.values.scalars, path[place].flat))
    }
    let regression = reference.regression
    let told = try TreeExplainer(regression.model, background: Matrix(reference.background)).explain(test)
    #expect(agree(told.values.scalars, regression.values.flat))
    #expect(agree([told.baseValue], [regression.base]))
    #expect(agree(told.predictions, regression.scores))
  }

  @Test func votesAreThoseOfEnumeration() throws {
    let reference = try Reference.read()
    try check(reference.soft, Matrix(reference.test), Matrix(reference.background))
    try check(reference.hard, Matrix(reference.test), Matrix(reference.background))
  }

  /// A draw of a fifth of the samples often lacks the rare class.
  @Test func membersMayLackClassesAndFeatures() throws {
    var random = PCG64(seed: 6)
    let x = Matrix((0..<80).map { _ in (0..<4).map { _ in random.normal() } })
    let y = (0..<80).map { row in row < 3 ? "rare" : x[row, 0] + x[row, 1] > 0 ? "yes" : "no" }
    let base = DecisionTreeClassifier<String>(maximumDepth: 3)
    let model = try BaggingClassifier(base, count: 9, sampleFraction: 0.2, featureFraction: 0.5, seed: 2).fit(x, y)
    #expect(model.members.contains { $0.model.classes == ["no", "rare"] || $0.model.classes == ["no", "yes"] })
    let probabilities = try model.predictProbabilities(x)
    for background in [nil, x[0..<10, .all]] {
      let explanations = try TreeExplainer(model, background: background).explainAll(x)
      for (place, explanation) in explanations.enumerated() {
        #expect(agree(explanation.predictions, probabilities.column(place).scalars))
      }
    }
    let interactions = try TreeExplainer(model).interactions(x[0..<5, .all], output: "yes")
    let values = try TreeExplainer(model).explain(x[0..<5, .all], output: "yes").values
    #expect(agree(interactions.sum(axis: 2).scalars, values.scalars))
  }

  @Test func ensemblesOfDifferentTreesAddUp() throws {
    var random = PCG64(seed: 9)
    let x = Matrix((0..<60).map { _ in (0..<3).map { _ in random.normal() } })
    let y = (0..<60).map { x[$0, 0] * x[$0, 1] > 0 ? 1 : 0 }
    let targets = (0..<60).map { x[$0, 0] + x[$0, 1] * x[$0, 2] }
    let vote = try VotingClassifier([
      "forest": AnyClassifier(RandomForestClassifier<Int>(treeCount: 4, seed: 0)),
      "tree": AnyClassifier(DecisionTreeClassifier<Int>(maximumDepth: 3)),
    ]).fit(x, y)
    let told = try TreeExplainer(vote).explain(x)
    #expect(agree(told.predictions, try vote.predictProbabilities(x).column(1).scalars))
    let mean = try VotingRegressor([
      "boosted": AnyRegressor(GradientBoostingRegressor(rounds: 6, seed: 0)),
      "forest": AnyRegressor(RandomForestRegressor(treeCount: 4, seed: 0)),
    ]).fit(x, targets)
    #expect(agree(try TreeExplainer(mean).explain(x).predictions, try mean.predict(x)))
  }

  @Test func whatIsNoSumIsRefused() throws {
    let x = Matrix((0..<20).map { [Double($0), Double($0 % 5)] })
    let y = (0..<20).map { $0 % 5 > 1 ? 1 : 0 }
    let forests = VotingClassifier(
      ["a": RandomForestClassifier<Int>(treeCount: 3, seed: 0)], vote: .hard)
    #expect(throws: FitError.self) { try TreeExplainer(try forests.fit(x, y)) }
    let boosted = try BaggingClassifier(GradientBoostingClassifier<Int>(rounds: 2), count: 2, seed: 0).fit(x, y)
    #expect(throws: FitError.self) { try TreeExplainer(boosted) }
    let lines = try VotingClassifier(["line": AnyClassifier(LogisticRegression<Int>())]).fit(x, y)
    #expect(throws: FitError.self) { try TreeExplainer(lines) }
    let counts = y.map { Double($0 + 1) }
    let poisson = HistogramGradientBoostingRegressor(loss: .poisson, rounds: 2, seed: 0)
    #expect(throws: FitError.self) { try TreeExplainer(try BaggingRegressor(poisson, count: 2).fit(x, counts)) }
    #expect(throws: Never.self) { try TreeExplainer(try poisson.fit(x, counts)) }
  }
}
