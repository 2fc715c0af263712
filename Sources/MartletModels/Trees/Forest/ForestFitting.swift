import MartletNumerics

/// How forests of both kinds are fitted; their estimators differ in defaults.
extension ForestParameters {
  func fitClassifier<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label], weights: [Double]?, _ criterion: ClassificationCriterion,
    _ classWeights: ClassWeights<Label>
  ) throws(FitError) -> ForestClassifierModel<Label> {
    try check(x)
    try SampleChecks.pairs(x, targets: y.count)
    let weights = try classWeights.weights(of: y, and: weights)
    try SampleChecks.weights(weights, count: y.count)
    let coding = LabelCoding(y)
    let codes = coding.codes.map(Int32.init)
    let features = RankedFeatures(x, categorical: categoricalFeatures)
    let (trees, unseen) = ForestGrowth.trees(self, count: y.count, weights: weights) { weights, random in
      TreeGrowth.classifier(
        features, codes, classCount: coding.classes.count, weights: weights, criterion, limits, rule, random)
    }
    guard estimatesOutOfBag else { return ForestClassifierModel(classes: coding.classes, trees: trees) }
    let answers = ForestGrowth.unseenAnswers(trees, unseen, x)
    let judged = y.indices.filter { !answers[$0, 0].isNaN }
    let best = answers.argMax(axis: 1).scalars
    let score = judged.isEmpty ? nil : Double(judged.count { best[$0] == coding.codes[$0] }) / Double(judged.count)
    return ForestClassifierModel(
      classes: coding.classes, trees: trees, outOfBagScore: score, outOfBagProbabilities: answers)
  }

  func fitRegressor(
    _ x: Matrix, _ y: [Double], weights: [Double]?, _ criterion: RegressionCriterion
  ) throws(FitError) -> ForestRegressorModel {
    try check(x)
    try SampleChecks.pairs(x, targets: y.count)
    try TreeGrowth.check(y, for: criterion)
    try SampleChecks.weights(weights, count: y.count)
    let features = RankedFeatures(x, categorical: categoricalFeatures)
    let (trees, unseen) = ForestGrowth.trees(self, count: y.count, weights: weights) { weights, random in
      TreeGrowth.regressor(features, y, weights: weights, criterion, limits, rule, random)
    }
    guard estimatesOutOfBag else { return ForestRegressorModel(trees: trees) }
    let answers = ForestGrowth.unseenAnswers(trees, unseen, x).scalars
    let judged = y.indices.filter { !answers[$0].isNaN }
    let score =
      judged.isEmpty ? nil : r2Score(predicted: judged.map { answers[$0] }, actual: judged.map { y[$0] })
    return ForestRegressorModel(trees: trees, outOfBagScore: score, outOfBagPredictions: answers)
  }
}
