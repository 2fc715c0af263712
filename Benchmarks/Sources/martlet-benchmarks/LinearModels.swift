import Martlet

/// Least squares, on the peers' table of normal features and a target that is their weighted sum and a little noise.
let linearRegressions = Family(name: "linear") { data in
  let table = try DataFrame(csv: "\(data)/regression.csv")
  let x = try table.matrix(except: "target")
  let y = try table["target", Double.self].values()
  let (seconds, model) = try best { try LinearRegression().fit(x, y) }
  report("linreg_5e5x20", seconds, score: try model.score(x, y))
}

/// Logistic regression, on the peers' table with their label: which side of a nearly flat border a sample is on.
let logisticRegressions = Family(name: "logistic") { data in
  let x = try DataFrame(csv: "\(data)/tabular.csv").matrix(except: "label")
  let sums = x • Matrix.linspace(-1, 1, count: x.shape[1]) + x.column(0) * x.column(1)
  let y = sums.scalars.map { $0 > 0 ? 1 : 0 }
  let (seconds, model) = try best { try LogisticRegression<Int>(maximumIterations: 200).fit(x, y) }
  report("logreg_2e5x28", seconds, score: try model.score(x, y))
}
