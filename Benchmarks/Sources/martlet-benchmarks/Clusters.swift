import Martlet

/// Ten groups around centres, from the peers' file.
let kMeansClusters = Family(name: "kmeans") { data in
  let x = try DataFrame(csv: "\(data)/blobs.csv").matrix()
  let method = KMeans(clusters: 10, restarts: 5, seed: 0)
  let (seconds, model) = try best { try method.fit(x) }
  report("kmeans_k10_n5_1e5x20", seconds, score: model.inertia)
}

/// Five dense groups, the peers' numbers from the same stream.
let densityClusters = Family(name: "dbscan") { _ in
  var random = PCG64(seed: 3)
  let centres: [[Double]] = [[0, 0], [3, 3], [0, 4], [5, 0], [6, 6]]
  let x = Matrix.concatenated(centres.map { random.normals(shape: [4_000, 2]) * 0.3 + Matrix($0) })
  let (seconds, model) = try best { try DBSCAN(radius: 0.1, minimumSamples: 5).fit(x) }
  report("dbscan_2e4x2", seconds, score: Double(Set(model.labels).count))
}
