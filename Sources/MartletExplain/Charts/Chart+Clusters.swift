import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// The samples of each group in a colour of its own, and its centre where it has one; noise is grey.
  ///
  ///     try Chart.clusters(KMeans(clusters: 3, seed: 0).fit(x), x)
  ///
  /// Two features are the axes; of more, the samples' first two principal components are. What was grouped after
  /// preprocessing is drawn as the preprocessing made it.
  ///
  /// - Parameters:
  ///   - model: of these samples.
  ///   - x: the samples of fitting, shape `[n, features]` with at least two features.
  ///   - names: of the features; `nil` for `feature 0`, `feature 1`, ….
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  public static func clusters(
    _ model: some ClusterModel, _ x: Matrix, names: [String]? = nil
  ) throws(FitError) -> Chart {
    guard let prepared = model as? any PreparedSamples else {
      return try clusters(model.labels, x, centres: ClusterCentres.of(model), names: names)
    }
    // Groups are drawn where they were found.
    let (seen, inner) = try prepared.prepared(x)
    return try clusters(
      model.labels, seen, centres: inner.flatMap { ClusterCentres.of($0) },
      names: names.flatMap { $0.count == seen.shape[1] ? $0 : nil })
  }

  /// The same for a table and groups that were found by some of its columns.
  ///
  ///     try Chart.clusters(KMeans(clusters: 3, seed: 0).fit(iris, features: ["petalLength", "petalWidth"]), iris)
  /// - Throws: ``FitError``, of kind `table` when a column is absent.
  public static func clusters<Base: ClusterModel>(
    _ model: TabularUnsupervisedModel<Base>, _ frame: DataFrame
  ) throws(FitError) -> Chart {
    let x = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: model.features) }
    return try clusters(model.base, x, names: model.features)
  }

  /// Samples in the colours of their groups.
  ///
  ///     try Chart.clusters(OPTICS().fit(x).labels(radius: 0.5), x)
  /// - Parameters:
  ///   - labels: the group of each sample; below 0 for none.
  ///   - x: the samples, shape `[n, features]` with at least two features.
  ///   - centres: one a row, with the samples' features.
  ///   - names: of the features.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  public static func clusters(
    _ labels: [Int], _ x: Matrix, centres: Matrix? = nil, names: [String]? = nil
  ) throws(FitError) -> Chart {
    let plane = try SamplePlane(x, names: names)
    try SampleChecks.pairs(x, targets: labels.count)
    let places = try plane.places(x)
    let middles = try centres.map { rows throws(FitError) in try plane.places(rows) }
    let (inside, outside) = (labels.indices.filter { labels[$0] >= 0 }, labels.indices.filter { labels[$0] < 0 })
    let groups = Set(labels).filter { $0 >= 0 }.sorted()
    let chart = Chart {
      if !outside.isEmpty {
        PointMark(x: outside.map { places.x[$0] }, y: outside.map { places.y[$0] }, label: "noise", size: 5)
          .color(.gray)
      }
      PointMark(
        x: inside.map { places.x[$0] }, y: inside.map { places.y[$0] },
        color: PlotColumn(categories: inside.map { "\(labels[$0])" }, name: "cluster"))
      if let middles { PointMark(x: middles.x, y: middles.y, size: 13, opacity: 1).symbol(.cross).color(.black) }
    }
    return chart.colorDomain(groups.map { "\($0)" }).xLabel(plane.labels.x).yLabel(plane.labels.y)
      .title(groups.count == 1 ? "One group" : "\(groups.count) groups")
  }

  /// The components of a mixture: samples in the colour of the likeliest, and ellipses that hold about two thirds and nineteen
  /// of twenty samples along each of their axes.
  ///
  ///     try Chart.mixture(GaussianMixture(components: 3, seed: 0).fit(x), x)
  /// - Parameters:
  ///   - model: a mixture of the samples' features.
  ///   - x: samples, shape `[n, features]` with at least two features; more are seen along two principal components.
  ///   - names: of the features.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `notConverged`.
  public static func mixture(
    _ model: GaussianMixture.Model, _ x: Matrix, names: [String]? = nil
  ) throws(FitError) -> Chart {
    let plane = try SamplePlane(x, names: names)
    let (places, labels) = (try plane.places(x), try model.predict(x))
    let middles = try plane.places(model.means)
    var (outline, owners, rings): ((x: [Double], y: [Double]), [String], [String]) = (([], []), [], [])
    for (component, covariance) in model.covariances.enumerated() {
      let own = plane.covariance(covariance)
      let root = try SampleChecks.algebra("a positive definite covariance") { () throws(LinearAlgebraError) in
        try own.cholesky()
      }
      for deviations in [1.0, 2] {
        for step in 0...72 {
          let angle = Double(step) / 36 * Double.pi
          let (right, up) = (deviations * cos(angle), deviations * sin(angle))
          outline.x.append(middles.x[component] + root[0, 0] * right)
          outline.y.append(middles.y[component] + root[1, 0] * right + root[1, 1] * up)
          owners.append("\(component)")
          rings.append("\(component), \(deviations)")
        }
      }
    }
    let (ends, names) = (outline, model.weights.indices.map { "\($0)" })
    let lines = (owners: PlotColumn(categories: owners, name: "component"), rings: PlotColumn(categories: rings))
    return Chart {
      PointMark(
        x: places.x, y: places.y, color: PlotColumn(categories: labels.map { "\($0)" }, name: "component"),
        opacity: 0.6)
      LineMark(x: ends.x, y: ends.y, color: lines.owners, series: lines.rings)
    }.colorDomain(names).xLabel(plane.labels.x).yLabel(plane.labels.y)
      .title("\(model.weights.count) components").subtitle("ellipses at one and two standard deviations")
  }
}

extension ChartGrid {
  /// How k-means found its groups, step by step: the centres before an iteration, and the samples that are nearest to each.
  ///
  ///     let model = try KMeans(clusters: 3, seed: 0, keepsHistory: true).fit(x)
  ///     try ChartGrid.iterations(model, x)
  ///
  /// - Parameters:
  ///   - model: one that has kept its history.
  ///   - x: the samples of fitting, with at least two features.
  ///   - most: how many steps are shown at most, the first and the last among them; at least 2.
  ///   - names: of the features.
  /// - Throws: ``FitError`` of kind `parameter` for a model without history, `shape` for other samples.
  public static func iterations(
    _ model: KMeans.Model, _ x: Matrix, most: Int = 6, names: [String]? = nil
  ) throws(FitError) -> ChartGrid {
    try SampleChecks.parameter(
      !model.centreHistory.isEmpty, "model", "with a history: KMeans(keepsHistory: true)", "none")
    try SampleChecks.parameter(most > 1, "most", "of at least 2", most)
    let states = model.centreHistory + [model.centres]
    let shown = min(most, states.count)
    var charts: [Chart] = []
    for place in 0..<shown {
      let step = place * (states.count - 1) / max(shown - 1, 1)
      let nearest = try NearestNeighbors().fit(states[step]).neighbors(of: x, count: 1).places.scalars
      let title = step == 0 ? "start" : step == 1 ? "after 1 iteration" : "after \(step) iterations"
      charts.append(try Chart.clusters(nearest, x, centres: states[step], names: names).title(title).hidingLegend())
    }
    return ChartGrid(columns: min(3, shown)) { charts }.sharingX().sharingY()
  }
}

/// A model that has seen other features than it was given.
private protocol PreparedSamples {
  /// The features that the groups were found in, and what found them.
  func prepared(_ x: Matrix) throws(FitError) -> (features: Matrix, groups: (any ClusterModel)?)
}

extension UnsupervisedPipeline.Model: PreparedSamples
where Preprocessing.Features == Matrix, Estimator.Features == Matrix {
  fileprivate func prepared(_ x: Matrix) throws(FitError) -> (features: Matrix, groups: (any ClusterModel)?) {
    (try preprocessing.transform(x), estimator as? any ClusterModel)
  }
}

/// The centres of groups, of models that have any.
private enum ClusterCentres {
  static func of(_ model: any ClusterModel) -> Matrix? {
    switch model {
    case let model as KMeans.Model: model.centres
    case let model as MeanShift.Model: model.centres
    default: nil
    }
  }
}
