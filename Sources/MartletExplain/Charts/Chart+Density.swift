import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// How far every sample's `neighbors`-th nearest other one is, in ascending order: where the curve turns up steeply is a good
  /// radius for ``DBSCAN``.
  ///
  ///     try Chart.kDistances(x, neighbors: 4, radius: 0.5)
  ///
  /// ``DBSCAN`` counts a sample itself: for `minimumSamples: 5` take 4 neighbours.
  ///
  /// - Parameters:
  ///   - x: shape `[n, features]`, every value finite.
  ///   - neighbors: from 1 to the number of samples less one.
  ///   - radius: a candidate, drawn across.
  ///   - metric: how far samples are from each other.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  ///
  /// Reference: Ester, Kriegel, Sander and Xu (1996), A density-based algorithm for discovering clusters, section 4.2.
  public static func kDistances(
    _ x: Matrix, neighbors: Int = 4, radius: Double? = nil, metric: DistanceMetric = .euclidean
  ) throws(FitError) -> Chart {
    let distances = try NearestNeighbors(metric: metric).fit(x).kDistances(neighbors)
    return Chart {
      LineMark(x: Array(1...distances.count), y: distances).color(.blue)
      if let radius { RuleMark(y: radius, label: "radius").labelAtStart().dashed().color(.gray) }
    }.title("How far the neighbours are").xLabel("samples, densest first")
      .yLabel("distance of neighbour \(neighbors)")
  }

  /// How easily each sample is reached from those before it: valleys are groups, and their walls what parts them.
  ///
  ///     let order = try OPTICS(minimumSamples: 5).fit(x)
  ///     try Chart.reachability(order, radius: 0.5)
  ///
  /// What no sample reaches stands at the top.
  ///
  /// - Parameters:
  ///   - model: the samples' order.
  ///   - radius: where groups are cut out; they get colours. `nil` for the valleys alone.
  /// - Throws: ``FitError`` of kind `parameter` for a radius that is not above 0.
  public static func reachability(_ model: OPTICS.Model, radius: Double? = nil) throws(FitError) -> Chart {
    try SampleChecks.parameter(radius ?? 1 > 0, "radius", "above 0, or nil", radius ?? 0)
    let heights = model.orderedReachability
    let top = 1.08 * (heights.filter(\.isFinite).max() ?? 1)
    let shown = heights.map { $0.isFinite ? $0 : top }
    let labels = radius.map { model.labels(radius: $0) } ?? []
    let places = Array(heights.indices)
    let inside = labels.isEmpty ? [] : places.filter { labels[model.order[$0]] >= 0 }
    let groups = Set(labels).filter { $0 >= 0 }.sorted()
    let chart = Chart {
      AreaMark(x: places, y: shown, interpolation: .stepAfter).color(.gray).opacity(0.35)
      if !inside.isEmpty {
        PointMark(
          x: inside, y: inside.map { shown[$0] },
          color: PlotColumn(categories: inside.map { "\(labels[model.order[$0]])" }, name: "cluster"), size: 4)
      }
      if let radius { RuleMark(y: radius, label: "radius").dashed() }
    }
    return chart.colorDomain(groups.map { "\($0)" }).title("Reachability").xLabel("samples in their order")
      .yLabel("reachability")
  }

  /// How much tighter clusters are than those of samples without any, for each number of them; the number that is taken is
  /// marked, and bars say how far each gap is off by chance.
  ///
  ///     Chart.gap(try GapStatistic(x, clusters: 1...8, seed: 0))
  public static func gap(_ statistic: GapStatistic) -> Chart {
    let best = statistic.best
    return Chart {
      LineMark(x: statistic.clusterCounts, y: statistic.gaps).color(.blue)
      ErrorBarMark(x: statistic.clusterCounts, y: statistic.gaps, error: statistic.errors).color(.blue)
      RuleMark(x: best, label: "take \(best)").dashed().color(.gray)
    }.title("How many clusters?").xLabel("clusters").yLabel("gap")
  }
}
