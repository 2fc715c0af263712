import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct DecisionTreeTests {
  let reference: TreeReference
  let x: Matrix
  let test: Matrix

  init() throws {
    reference = try TreeReference.read()
    x = Matrix(reference.x)
    test = Matrix(reference.test)
  }

  /// scikit-learn breaks ties between features at random, so what ties do not change is compared.
  @Test(arguments: 0..<12) func irisIsScikitLearns(place: Int) throws {
    let expected = reference.iris.classifiers[place]
    let (x, y) = try TreeData.iris()
    let method = DecisionTreeClassifier<Int>(
      criterion: expected.criterion == "gini" ? .gini : .entropy, maximumDepth: expected.maximumDepth)
    let model = try method.fit(x, y, weights: expected.weighted ? reference.iris.weights : nil)
    #expect(model.tree.depth == expected.depth && model.tree.leafCount == expected.leaves)
    #expect(agree([leafImpurity(model.tree), model.tree[0].impurity], [expected.leafImpurity, expected.rootImpurity]))
    #expect(agree([try model.score(x, y)], [expected.score]))
  }

  @Test func irisHasItsKnownTree() throws {
    let (x, y) = try TreeData.iris()
    let full = try DecisionTreeClassifier<Int>().fit(x, y).tree
    #expect(full.depth == reference.iris.full.depth && full.leafCount == reference.iris.full.leaves)
    let small = try DecisionTreeClassifier<Int>(maximumDepth: 2).fit(x[.all, 3..<4], y)
    #expect(abs((small.tree[0].threshold ?? 0) - 0.8) < 1e-12)
    #expect(abs((small.tree[small.tree[0].right ?? 0].threshold ?? 0) - 1.75) < 1e-12)
    #expect(try small.score(x[.all, 3..<4], y) == 0.96)
    #expect(agree(full.pruningPath.impurities.suffix(1), [2.0 / 3]))
    #expect(abs((full.pruningPath.alphas.last ?? 0) - 1.0 / 3) < 1e-12)
  }

  @Test(arguments: 0..<25) func regressionIsScikitLearns(place: Int) throws {
    let expected = reference.regressors[place]
    let criterion: RegressionCriterion =
      expected.criterion == "poisson"
      ? .poisson : expected.criterion == "absolute_error" ? .absoluteError : .squaredError
    let parameters = expected.parameters
    let method = DecisionTreeRegressor(
      criterion: criterion, maximumDepth: parameters["max_depth"].map { Int($0) },
      minimumSplitSamples: Int(parameters["min_samples_split"] ?? 2),
      minimumLeafSamples: Int(parameters["min_samples_leaf"] ?? 1),
      minimumImpurityDecrease: parameters["min_impurity_decrease"] ?? 0,
      maximumLeaves: parameters["max_leaf_nodes"].map { Int($0) })
    let targets = criterion == .poisson ? reference.counts : reference.y
    let model = try method.fit(x, targets, weights: expected.weighted ? reference.weights : nil)
    #expect(model.tree.depth == expected.depth && model.tree.leafCount == expected.leaves)
    #expect(agree(try model.predict(test), expected.predictions, within: 1e-9))
    // Where several features separate a small node in the same way, ours takes the first and scikit-learn any.
    if criterion == .absoluteError { #expect(agree(model.featureImportances, expected.importances, within: 1e-9)) }
    #expect(zip(model.featureImportances, expected.importances).allSatisfy { abs($0 - $1) < 0.1 })
    #expect(agree(model.tree.nodes.map(\.impurity).sorted(), expected.impurities, within: 1e-9))
  }

  @Test(arguments: 0..<4) func missingValuesAreScikitLearns(place: Int) throws {
    let expected = reference.missing.fits[place]
    let holes = TreeData.matrix(reference.missing.x)
    let method = DecisionTreeClassifier<Int>(maximumDepth: expected.maximumDepth)
    let model = try method.fit(holes, reference.labels)
    #expect(agree([leafImpurity(model.tree)], [expected.leafImpurity]))
    // Four questions deep, several features separate the few samples of a node equally well.
    guard expected.maximumDepth < 4 else { return }
    let probabilities = try model.predictProbabilities(TreeData.matrix(reference.missing.test))
    #expect(agree(probabilities.scalars, expected.probabilities.flatMap { $0 }, within: 1e-9))
  }

  @Test func pruningIsScikitLearns() throws {
    let full = try DecisionTreeClassifier<Int>().fit(x, reference.labels)
    #expect(agree(full.tree.pruningPath.alphas, reference.pruning.alphas, within: 1e-9))
    #expect(agree(full.tree.pruningPath.impurities, reference.pruning.impurities, within: 1e-9))
    for expected in reference.pruning.pruned {
      let model = try DecisionTreeClassifier<Int>(pruningAlpha: expected.alpha).fit(x, reference.labels)
      #expect(model.tree.leafCount == expected.leaves)
      // The largest alpha of the path that is not above the one asked for has the same leaves.
      let place = reference.pruning.alphas.lastIndex { $0 <= expected.alpha } ?? 0
      #expect(agree([leafImpurity(model.tree)], [reference.pruning.impurities[place]], within: 1e-9))
    }
  }

  @Test func pathsEndWhereSamplesDo() throws {
    let model = try DecisionTreeRegressor(maximumDepth: 5).fit(x, reference.y)
    let leaves = try model.tree.apply(test)
    for (row, path) in try model.tree.decisionPath(test).enumerated() {
      #expect(path.first == 0 && path.last == leaves[row])
      for (node, next) in zip(path, path.dropFirst()) {
        let asked = model.tree[node]
        let goesLeft = test[row, asked.feature ?? 0] <= asked.threshold ?? .nan
        #expect(next == (goesLeft ? asked.left : asked.right))
      }
    }
    let depths = model.tree.depths
    #expect(depths.max() == model.tree.depth && leaves.allSatisfy { model.tree[$0].feature == nil })
  }

  /// The order of the categories' means finds the best of all subsets.
  @Test(arguments: 0..<6) func categoriesAreSplitAsWellAsCanBe(seed: Int) throws {
    var random = PCG64(seed: UInt64(seed))
    let levels = 4 + seed % 5
    let codes = (0..<80).map { _ in random.integer(below: levels) }
    let effects = random.normals(levels)
    let targets = codes.map { effects[$0] + 0.5 * random.standardNormal() }
    let flags = targets.map { $0 > 0.2 ? 1 : 0 }
    let column = Matrix(codes.map(Double.init), shape: [80, 1])
    let tree = try DecisionTreeRegressor(maximumDepth: 1, categoricalFeatures: [0]).fit(column, targets).tree
    let flagTree = try DecisionTreeClassifier<Int>(maximumDepth: 1, categoricalFeatures: [0]).fit(column, flags).tree
    var (bestError, bestGini) = (Double.infinity, Double.infinity)
    for subset in 1..<(1 << levels - 1) {
      let sides = [true, false].map { side in codes.indices.filter { (subset >> codes[$0] & 1 == 1) == side } }
      if sides.contains(where: \.isEmpty) { continue }
      bestError = min(bestError, sides.reduce(0) { $0 + squares($1.map { targets[$0] }) } / 80)
      bestGini = min(bestGini, sides.reduce(0) { $0 + gini($1.map { flags[$0] }) } / 80)
    }
    #expect(abs(leafImpurity(tree) - bestError) < 1e-10 && abs(leafImpurity(flagTree) - bestGini) < 1e-10)
    #expect(tree[0].leftCategories != nil && tree[0].threshold == nil)
  }

  private func squares(_ values: [Double]) -> Double {
    let middle = mean(values)
    return values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
  }

  private func gini(_ flags: [Int]) -> Double {
    let share = Double(flags.reduce(0, +)) / Double(flags.count)
    return Double(flags.count) * 2 * share * (1 - share)
  }

  @Test func aCategoryIsSetAgainstTheRestOfThree() throws {
    let column = Matrix([0, 0, 1, 1, 2, 2, 3, 3].map { [$0] })
    let y = [0, 0, 1, 1, 2, 2, 1, 0]
    let tree = try DecisionTreeClassifier<Int>(maximumDepth: 1, categoricalFeatures: [0]).fit(column, y).tree
    #expect(tree[0].leftCategories?.count == 1)
    // A category that was not seen goes right, with the rest.
    #expect(try tree.apply(Matrix([[9]])) == [tree[0].right])
  }

  @Test func limitsAreProperties() throws {
    var method = DecisionTreeClassifier<Int>()
    method.maximumDepth = 1
    method.minimumLeafSamples = 30
    let (x, y) = try TreeData.iris()
    let tree = try method.fit(x, y).tree
    #expect(tree.depth == 1 && tree.nodes.allSatisfy { $0.sampleCount >= 30 })
  }

  @Test func classWeightsCount() throws {
    let (x, y) = try TreeData.iris()
    let method = DecisionTreeClassifier<Int>(maximumDepth: 1, classWeights: .given([0: 1, 1: 1, 2: 100]))
    let weighted = try method.fit(x, y)
    #expect(try weighted.predict(x).count { $0 == 2 } > 50, "the heavy class takes what it can")
    let balanced = try DecisionTreeClassifier<Int>(maximumDepth: 2, classWeights: .balanced).fit(x, y)
    let equal = try DecisionTreeClassifier<Int>(maximumDepth: 2).fit(x, y)
    #expect(agree([leafImpurity(balanced.tree)], [leafImpurity(equal.tree)]), "the classes are equal in number")
  }

  @Test func refusals() {
    let x = Matrix([[1], [2]])
    func kind(_ work: () throws(FitError) -> some Any) -> FitError.Kind? {
      do {
        _ = try work()
        return nil
      } catch { return error.kind }
    }
    #expect(kind { () throws(FitError) in try DecisionTreeClassifier(maximumDepth: 0).fit(x, [1, 2]) } == .parameter)
    #expect(
      kind { () throws(FitError) in try DecisionTreeClassifier(minimumSplitSamples: 1).fit(x, [1, 2]) } == .parameter)
    #expect(
      kind { () throws(FitError) in try DecisionTreeClassifier(maximumFeatures: .count(2)).fit(x, [1, 2]) }
        == .parameter)
    #expect(
      kind { () throws(FitError) in try DecisionTreeClassifier<Int>().fit(Matrix([[.infinity]]), [1]) } == .notFinite)
    #expect(
      kind { () throws(FitError) in try DecisionTreeRegressor(criterion: .poisson).fit(x, [1, -1]) } == .parameter)
    #expect(
      kind { () throws(FitError) in
        try DecisionTreeRegressor(categoricalFeatures: [0]).fit(Matrix([[0.5], [1]]), [1, 2])
      } == .parameter)
  }
}
