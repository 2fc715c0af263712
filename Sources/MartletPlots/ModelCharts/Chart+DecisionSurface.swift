import MartletFrames
import MartletNumerics

extension Chart {
  /// What a classifier of two features answers everywhere, with the samples on top.
  ///
  ///     let model = try SVC<Int>().fit(moons.features, moons.labels)
  ///     try Chart.decisionSurface(moons.features, moons.labels) { try model.predict($0) }
  ///
  /// A sample on a region of another colour is one that the classifier gets wrong.
  ///
  /// - Parameters:
  ///   - samples: shape `[n, 2]`, finite.
  ///   - labels: the class of each.
  ///   - margin: how far the plane goes beyond the samples, as a fraction of their range; at least 0.
  ///   - resolution: how many cells divide the width; from 2 to 1000.
  ///   - predict: is given places, shape `[m, 2]`, and answers with one label for each.
  /// - Throws: `ChartError` when the samples do not fit, and what `predict` throws.
  /// - Complexity: one prediction of `5/8 · resolution²` places.
  public static func decisionSurface<Label: PlotElement>(
    _ samples: Matrix, _ labels: [Label], margin: Double = 0.08, resolution: Int = 160,
    predict: (Matrix) throws -> [Label]
  ) throws -> Chart {
    guard samples.rank == 2, samples.shape[1] == 2, samples.shape[0] == labels.count, !labels.isEmpty else {
      throw ChartError(
        .unsuitable(
          "A decision surface needs samples of two features and a label for each: the samples are \(samples.shape), "
            + "and there are \(labels.count) labels. Choose two columns, for example x[.all, 0..<2]."))
    }
    let (x, y) = (samples.column(0).scalars, samples.column(1).scalars)
    let regions = try DecisionRegions(
      x: try plane(x, margin), y: try plane(y, margin), resolution: resolution, predict: predict)
    return Chart {
      regions
      PointMark(x: x, y: y, color: labels.map { $0.plotValue.text ?? "" }, opacity: 0.9)
    }.xLabel("feature 0").yLabel("feature 1")
  }

  /// The same for two columns of a table, and a model that was fitted to a table with them.
  ///
  ///     let model = try SVC<String>().fit(iris, target: "species", features: ["petalLength", "petalWidth"])
  ///     try Chart.decisionSurface(iris, x: "petalLength", y: "petalWidth", label: "species") { try model.predict($0) }
  /// - Parameters:
  ///   - frame: a row for each sample, no value missing.
  ///   - x: the column of numbers to the right.
  ///   - y: the column of numbers upwards.
  ///   - label: the column of classes.
  ///   - margin: how far the plane goes beyond the samples, as a fraction of their range; at least 0.
  ///   - resolution: how many cells divide the width; from 2 to 1000.
  ///   - predict: is given a table of the two columns, and answers with one label for each row.
  /// - Throws: `FrameError` when a column is absent or of another type, `ChartError` when the samples do not fit, and what
  ///   `predict` throws.
  public static func decisionSurface<Label: PlotElement & ColumnElement>(
    _ frame: DataFrame, x: String, y: String, label: String, margin: Double = 0.08, resolution: Int = 160,
    predict: (DataFrame) throws -> [Label]
  ) throws -> Chart {
    let labels = try frame[label, Label.self].values()
    return try decisionSurface(
      try frame.matrix(of: [x, y]), labels, margin: margin, resolution: resolution
    ) { places in
      try predict(try DataFrame(Column(x, places.column(0).scalars), Column(y, places.column(1).scalars)))
    }.xLabel(x).yLabel(y)
  }

  /// The range that is drawn for a feature.
  private static func plane(_ values: [Double], _ margin: Double) throws(ChartError) -> ClosedRange<Double> {
    guard values.allSatisfy(\.isFinite), margin >= 0, margin.isFinite else {
      throw ChartError(.unsuitable("A decision surface needs finite features, and a margin of at least 0."))
    }
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let room = high > low ? (high - low) * margin : 0.5
    return low - max(room, 1e-9)...high + max(room, 1e-9)
  }
}
