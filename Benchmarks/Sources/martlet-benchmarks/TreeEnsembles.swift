import Martlet

/// Forests, on the peers' table of 28 normal features and a label that is a noisy, curved function of four.
let forests = Family(name: "forest") { data in
  let (x, y) = try TabularData.read(data)
  let (train, test) = (0..<50_000, 50_000..<100_000)
  let (seconds, model) = try best(of: 1) {
    try RandomForestClassifier<Int>(treeCount: 100, seed: 0).fit(x[train, .all], Array(y[train]))
  }
  report("forest_100x5e4x28", seconds, score: try model.score(x[test, .all], Array(y[test])))
}

/// Boosting on histograms, on the same table: each quarter is held out once, since a single one moves scores by more than methods
/// differ.
let boosting = Family(name: "boosting") { data in
  let (x, y) = try TabularData.read(data)
  let folds = try KFold(4).folds(count: y.count)
  let parts = folds.map { fold in (x: x[rows: fold.train], y: fold.train.map { y[$0] }) }
  let method = HistogramGradientBoostingClassifier<Int>(rounds: 100, learningRate: 0.1, maximumLeaves: 31)
  var models: [BoostedClassifierModel<Int>] = []
  let (seconds, _) = try best(of: folds.count) {
    models.append(try method.fit(parts[models.count].x, parts[models.count].y))
  }
  let scores = try zip(models, folds).map { model, fold in
    try model.score(x[rows: fold.test], fold.test.map { y[$0] })
  }
  report("gbdt_100x31_1.5e5x28", seconds, score: mean(scores))
}

/// The table that the peers' script writes.
private enum TabularData {
  static func read(_ folder: String) throws -> (x: Matrix, y: [Int]) {
    let frame = try DataFrame(csv: "\(folder)/tabular.csv")
    return (try frame.matrix(except: "label"), try frame["label", Int.self].values())
  }
}
