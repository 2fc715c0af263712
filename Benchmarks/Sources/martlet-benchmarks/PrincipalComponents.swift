import Martlet

/// Twenty directions of many samples, the peers' numbers from the same stream.
let principalComponents = Family(name: "pca") { _ in
  var random = PCG64(seed: 1)
  let x = random.normals(shape: [20_000, 200]) • random.normals(shape: [200, 200])
  let (seconds, model) = try best { try PCA(components: 20, solver: .covariance).fit(x) }
  report("pca20_2e4x200", seconds, score: model.explainedVarianceRatio.reduce(0, +))
}
