extension Chart {
  /// How many clusters are enough: the inertia for each number of them.
  ///
  ///     try Chart.elbow(counts: Array(1...8), inertias: inertias)
  ///
  /// The number after which the line no longer falls steeply, its elbow, is a candidate; it is marked where the line is
  /// farthest from the chord between its ends, both axes taken from 0 to 1.
  ///
  /// - Parameters: as many inertias as counts, counts ascending.
  /// - Throws: `ChartError` when the lists do not fit.
  ///
  /// Reference: Satopää, Albrecht, Irwin and Raghavan (2011), Finding a "kneedle" in a haystack.
  public static func elbow(counts: [Int], inertias: [Double]) throws(ChartError) -> Chart {
    try ChartError.requirePairs("An elbow plot", ["counts": counts.count, "inertias": inertias.count])
    let elbow = Elbow.index(x: counts.map(Double.init), y: inertias)
    return try Chart(NoTable()) {
      LineMark(x: counts, y: inertias).color(.blue)
      PointMark(x: counts, y: inertias, opacity: 1).color(.blue)
      if let elbow { RuleMark(x: counts[elbow], label: "elbow at \(counts[elbow])").dashed().color(.gray) }
    }.title("How many clusters?").xLabel("clusters").yLabel("inertia")
  }

  /// How much of the variance each principal component explains, and all up to it together.
  ///
  ///     try Chart.scree(pca.explainedVarianceRatios)
  ///
  /// - Parameter ratios: one for each component, from 0 to 1, the largest first.
  /// - Throws: `ChartError` when there are none.
  public static func scree(_ ratios: [Double]) throws(ChartError) -> Chart {
    try ChartError.require(!ratios.isEmpty, "A scree plot needs at least one ratio.")
    let components = (1...ratios.count).map { "\($0)" }
    var total = 0.0
    let sums = ratios.map { ratio -> Double in
      total += ratio
      return total
    }
    return try Chart(NoTable()) {
      BarMark(x: components, y: ratios, label: "each")
      LineMark(x: components, y: sums, label: "together")
      PointMark(x: components, y: sums, label: "together", opacity: 1)
    }.title("Explained variance").xLabel("component").yLabel("share of the variance")
  }

  /// How the samples of each cluster lie: near 1 well inside, near 0 between two, below 0 nearer to another cluster.
  ///
  ///     try Chart.silhouette(values, clusters: model.labels)
  ///
  /// The dashed line is the mean of all samples.
  ///
  /// - Parameters:
  ///   - values: the silhouette of each sample, from −1 to 1.
  ///   - clusters: the cluster of each.
  /// - Throws: `ChartError` when the lists do not fit.
  ///
  /// Reference: Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis.
  public static func silhouette(_ values: [Double], clusters: [Int]) throws(ChartError) -> Chart {
    try ChartError.requirePairs("A silhouette plot", ["values": values.count, "clusters": clusters.count])
    let finite = values.filter(\.isFinite)
    let average = finite.reduce(0, +) / Double(max(finite.count, 1))
    let mark = SilhouetteMark(values, clusters: clusters)
    return try Chart(NoTable()) {
      mark
      RuleMark(x: average).dashed()
    }.title("Silhouettes").subtitle("mean \(NumberText.fixed(average, decimals: 2))").xLabel("silhouette").yLabel(
      "samples, by cluster")
  }

  /// How a hierarchical clustering joined samples to clusters; see ``DendrogramMark``.
  ///
  ///     try Chart.dendrogram(joins, labels: names, cutAt: 4)
  ///
  /// - Throws: `ChartError` when a join names a cluster that is not there, or there is not a label for each sample.
  public static func dendrogram(
    _ joins: [[Double]], labels: (any PlotChannel)? = nil, cutAt cut: Double? = nil
  ) throws(ChartError) -> Chart {
    try Chart(NoTable()) {
      DendrogramMark(joins, labels: labels, cutAt: cut)
      if let cut { RuleMark(y: cut, label: "cut").dashed() }
    }.title("Dendrogram").yLabel("distance")
  }
}

/// Where a falling curve bends most.
package enum Elbow {
  /// The place farthest below the chord between the ends, with both axes from 0 to 1; `nil` where none is below it.
  package static func index(x: [Double], y: [Double]) -> Int? {
    guard x.count > 2, let lowX = x.first, let highX = x.last, let first = y.first, let last = y.last, lowX != highX,
      first != last
    else { return nil }
    let distances = zip(x, y).map { x, y in (first - y) / (first - last) - (x - lowX) / (highX - lowX) }
    guard let best = distances.indices.max(by: { distances[$0] < distances[$1] }), distances[best] > 1e-9 else {
      return nil
    }
    return best
  }
}
