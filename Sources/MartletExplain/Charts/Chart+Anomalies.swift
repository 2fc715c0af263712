import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// Which samples are unusual and, for two features, the border of what is usual.
  ///
  ///     let forest = try IsolationForest(contamination: .fraction(0.05), seed: 0).fit(x)
  ///     try Chart.anomalies(forest, x)
  ///
  /// - Parameters:
  ///   - model: what notices unusual samples.
  ///   - x: samples, shape `[n, features]` with at least two features; more are seen along two principal components.
  ///   - names: of the features.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  public static func anomalies(
    _ model: some AnomalyModel, _ x: Matrix, names: [String]? = nil
  ) throws(FitError) -> Chart {
    let plane = try SamplePlane(x, names: names)
    let (places, flags) = (try plane.places(x), try model.isAnomaly(x))
    let border =
      x.shape[1] == 2
      ? try PlaneSurface(around: x, room: 0.2) { rows throws(FitError) in try model.scores(rows) } : nil
    func group(_ isUnusual: Bool) -> (x: [Double], y: [Double]) {
      let rows = flags.indices.filter { flags[$0] == isUnusual }
      return (rows.map { places.x[$0] }, rows.map { places.y[$0] })
    }
    let (usual, unusual) = (group(false), group(true))
    let lines = border.map { surface in
      ContourMark(x: surface.x, y: surface.y, levels: [model.threshold], samples: PlaneSurface.count) {
        surface($0, $1)
      }.color(.black).lineWidth(1.5)
    }
    return Chart {
      PointMark(x: usual.x, y: usual.y, label: "usual", size: 5).color(.blue)
      PointMark(x: unusual.x, y: unusual.y, label: "unusual", size: 7, opacity: 1).color(.vermilion)
      if let lines { lines }
    }.xLabel(plane.labels.x).yLabel(plane.labels.y)
      .title("\(unusual.x.count) of \(flags.count) samples are unusual")
  }

  /// The same for a table and a model of some of its columns.
  /// - Throws: ``FitError``, of kind `table` when a column is absent.
  public static func anomalies<Base: AnomalyModel>(
    _ model: TabularUnsupervisedModel<Base>, _ frame: DataFrame
  ) throws(FitError) -> Chart {
    let x = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: model.features) }
    return try anomalies(model.base, x, names: model.features)
  }

  /// A series with what its past let one expect, and the values that are not like it.
  ///
  ///     Chart.anomalies(try ResidualDetector(NaiveForecaster(period: 7)).fit(visitors))
  public static func anomalies<Method>(_ model: ResidualDetector<Method>.Model) -> Chart {
    let expected = zip(model.series, model.residuals).map { value, rest in rest.map { value - $0 } ?? .nan }
    let places = model.anomalies
    return Chart {
      LineMark(y: expected, label: "expected").dashed().color(.gray)
      LineMark(y: model.series, label: "series").color(.blue)
      PointMark(x: places, y: places.map { model.series[$0] }, label: "unusual", size: 9, opacity: 1).color(.vermilion)
    }.title("\(places.count) of \(model.series.count) values are unusual").xLabel("place").yLabel("value")
  }
}
