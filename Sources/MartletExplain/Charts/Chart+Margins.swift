import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// The border between two classes, and the margins on both sides that the support vectors hold apart.
  ///
  ///     let model = try SVC<Int>(kernel: .linear).fit(x, y)
  ///     try Chart.margins(model, x, y)
  ///
  /// The border is drawn whole and the margins dashed; support vectors have a halo.
  ///
  /// - Parameters:
  ///   - model: of two classes and two features.
  ///   - samples: shape `[n, 2]`, finite.
  ///   - labels: the class of each.
  /// - Throws: ``FitError`` of kind `shape` for samples of other than two features, or labels that do not pair up, and of kind
  ///   `parameter` for a model of more than two classes.
  /// - Complexity: the decisions for 81² places.
  public static func margins<Label: PlotElement & Hashable>(
    _ model: SVC<Label>.Model, _ samples: Matrix, _ labels: [Label]
  ) throws -> Chart {
    try SampleChecks.features(samples, count: 2)
    try SampleChecks.pairs(samples, targets: labels.count)
    try SampleChecks.parameter(model.classes.count == 2, "model", "of two classes", model.classes)
    let columns = (x: samples.column(0).scalars, y: samples.column(1).scalars)
    let plane = (x: PlaneSurface.reach(columns.x), y: PlaneSurface.reach(columns.y))
    func height(_ x: Double, _ y: Double) throws -> Double { try model.decisionFunction(Matrix([[x, y]]))[0, 0] }
    let border = try ContourMark(x: plane.x, y: plane.y, levels: [0], samples: 81, height)
    let margins = try ContourMark(x: plane.x, y: plane.y, levels: [-1, 1], samples: 81, height)
    let support = (x: model.supportVectors.column(0).scalars, y: model.supportVectors.column(1).scalars)
    return Chart {
      PointMark(x: support.x, y: support.y, size: 17, opacity: 0.3).color(.gray)
      PointMark(x: columns.x, y: columns.y, color: labels.map { "\($0)" }, opacity: 0.9)
      border.color(.black).lineWidth(2)
      margins.color(.black).dashed()
    }.xLabel("feature 0").yLabel("feature 1")
      .title("\(model.supportIndices.count) support vectors hold the margins apart")
  }
}
