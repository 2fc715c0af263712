import Martlet

/// A kernel machine on the first rows of the peers' table.
let supportVectors = Family(name: "svc") { data in
  let table = try DataFrame(csv: "\(data)/tabular.csv").head(10_000)
  let x = try table.matrix(except: "label")
  let y = try table["label", Int.self].values()
  let train = x[0..<5_000, .all]
  let (seconds, model) = try best(of: 2) { try SVC<Int>().fit(train, Array(y[..<5_000])) }
  report("svc_rbf_5e3x28", seconds, score: try model.score(x[5_000..., .all], Array(y[5_000...])))
}
