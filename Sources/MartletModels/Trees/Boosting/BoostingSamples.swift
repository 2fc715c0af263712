import MartletNumerics

/// Samples with their targets and weights, as boosting takes them: a class is its number.
struct BoostingSamples {
  var x: Matrix
  var targets: [Double]
  var weights: [Double]?

  init(x: Matrix, targets: [Double], weights: [Double]? = nil) {
    self.x = x
    self.targets = targets
    self.weights = weights
  }

  /// Samples of classes that are known already.
  init<Label: Hashable>(_ x: Matrix, _ y: [Label], of classes: [Label], width: Int) throws(FitError) {
    try TreeChecks.features(x, count: width)
    try SampleChecks.pairs(x, targets: y.count)
    let codes = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Double($0)) })
    if let stranger = y.first(where: { codes[$0] == nil }) {
      throw FitError(
        .parameter, expected: "evaluation samples of the classes \(classes)", found: "class \(stranger)",
        advice: "Learn from samples of every class.")
    }
    self.init(x: x, targets: y.map { codes[$0] ?? 0 })
  }
}
