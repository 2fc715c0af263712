import MartletNumerics

/// How much closer each sample is to its own cluster than to the next one: `(b − a) / max(a, b)`, from −1 to 1.
///
/// `a` is its mean distance to the others of its cluster, `b` the least mean distance to another cluster's samples; 0
/// for a sample that is alone.
/// - Parameters:
///   - x: shape `[samples, features]`; distances are Euclidean.
///   - clusters: the cluster of each sample; from 2 to one less than the number of samples.
/// - Complexity: O(n² · d) time, on all cores; O(n · clusters) memory.
///
/// Reference: Rousseeuw (1987), Silhouettes.
public func silhouettes<Cluster: Hashable>(_ x: Matrix, _ clusters: [Cluster]) -> [Double] {
  let coding = ClusterChecks.coding(x, clusters, "silhouettes")
  let (count, width) = (x.shape[0], x.shape[1])
  let sizes = ClusterChecks.sizes(coding)
  let scalars = x.scalars
  let pieces = Parallel.mapRanges(count, length: 64) { range in
    range.map { sample -> Double in
      var sums = [Double](repeating: 0, count: sizes.count)
      for other in 0..<count {
        var square = 0.0
        for feature in 0..<width {
          let distance = scalars[sample * width + feature] - scalars[other * width + feature]
          square += distance * distance
        }
        sums[coding.codes[other]] += square.squareRoot()
      }
      let own = coding.codes[sample]
      guard sizes[own] > 1 else { return 0 }
      let within = sums[own] / (sizes[own] - 1)
      let next = sums.indices.filter { $0 != own }.map { sums[$0] / sizes[$0] }.min() ?? 0
      let larger = max(within, next)
      return larger == 0 ? 0 : (next - within) / larger
    }
  }
  return pieces.flatMap { $0 }
}

/// The mean of ``silhouettes(_:_:)``: near 1 for compact clusters far apart, near 0 where they overlap.
public func silhouetteScore<Cluster: Hashable>(_ x: Matrix, _ clusters: [Cluster]) -> Double {
  mean(silhouettes(x, clusters))
}

/// The spread between clusters over that within, by degrees of freedom; larger is better.
///
/// Reference: Caliński and Harabasz (1974), A dendrite method for cluster analysis.
public func calinskiHarabasz<Cluster: Hashable>(_ x: Matrix, _ clusters: [Cluster]) -> Double {
  let coding = ClusterChecks.coding(x, clusters, "calinskiHarabasz")
  let (centres, sizes) = (ClusterChecks.centres(x, coding), ClusterChecks.sizes(coding))
  let difference = x - centres[rows: coding.codes]
  let within = (difference * difference).sum()
  let shift = centres - x.mean(axis: 0)
  let between = ((shift * shift).sum(axis: 1) * Matrix(sizes)).sum()
  if within == 0 { return 1 }
  let (n, k) = (Double(coding.codes.count), Double(sizes.count))
  return between * (n - k) / (within * (k - 1))
}

/// The mean over clusters of how much the cluster most like it overlaps it; smaller is better, 0 at best.
///
/// Reference: Davies and Bouldin (1979), A cluster separation measure.
public func daviesBouldin<Cluster: Hashable>(_ x: Matrix, _ clusters: [Cluster]) -> Double {
  let coding = ClusterChecks.coding(x, clusters, "daviesBouldin")
  let (centres, sizes) = (ClusterChecks.centres(x, coding), ClusterChecks.sizes(coding))
  func distances(_ difference: Matrix) -> [Double] {
    (difference * difference).sum(axis: 1).scalars.map { $0.squareRoot() }
  }
  var radii = [Double](repeating: 0, count: sizes.count)
  for (code, distance) in zip(coding.codes, distances(x - centres[rows: coding.codes])) { radii[code] += distance }
  for code in radii.indices { radii[code] /= sizes[code] }
  let worst = radii.indices.map { a in
    let apart = distances(centres - centres.row(a))
    return radii.indices.filter { $0 != a }.map { apart[$0] == 0 ? 0 : (radii[a] + radii[$0]) / apart[$0] }.max() ?? 0
  }
  return mean(worst)
}

private enum ClusterChecks {
  static func coding<Cluster: Hashable>(_ x: Matrix, _ clusters: [Cluster], _ metric: String) -> LabelCoding<Cluster> {
    guard x.rank == 2, x.shape[0] == clusters.count else {
      fatalError("\(metric) needs a row for each of the \(clusters.count) samples; the features are \(x.shape).")
    }
    let coding = LabelCoding(clusters)
    guard coding.classes.count > 1, coding.classes.count < clusters.count else {
      fatalError(
        "\(metric) needs at least 2 clusters and fewer than samples; found \(coding.classes.count) of \(clusters.count)."
      )
    }
    return coding
  }

  static func sizes(_ coding: LabelCoding<some Hashable>) -> [Double] {
    var sizes = [Double](repeating: 0, count: coding.classes.count)
    for code in coding.codes { sizes[code] += 1 }
    return sizes
  }

  static func centres(_ x: Matrix, _ coding: LabelCoding<some Hashable>) -> Matrix {
    Matrix(
      coding.classes.indices.flatMap { code in
        x[rows: coding.codes.indices.filter { coding.codes[$0] == code }].mean(axis: 0).scalars
      }, shape: [coding.classes.count, x.shape[1]])
  }
}
