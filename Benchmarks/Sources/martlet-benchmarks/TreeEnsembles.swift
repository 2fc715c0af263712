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

/// Boosting on histograms, on the same table.
let boosting = Family(name: "boosting") { data in
  let (x, y) = try TabularData.read(data)
  let (xTrain, yTrain) = (x[0..<150_000, .all].map { $0 }, Array(y[..<150_000]))
  let method = HistogramGradientBoostingClassifier<Int>(rounds: 100, learningRate: 0.1, maximumLeaves: 31)
  let (seconds, model) = try best { try method.fit(xTrain, yTrain) }
  report("gbdt_100x31_1.5e5x28", seconds, score: try model.score(x[150_000..., .all], Array(y[150_000...])))
}

/// The table that the peers' script writes.
private enum TabularData {
  static func read(_ folder: String) throws -> (x: Matrix, y: [Int]) {
    let frame = try DataFrame(csv: "\(folder)/tabular.csv")
    return (try frame.matrix(except: "label"), try frame["label", Int.self].values())
  }
}
