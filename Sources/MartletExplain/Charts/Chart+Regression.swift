import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// A predictor of numbers that says how far off it may be.
private protocol PredictionBand {
  /// What the band is called.
  var bandName: String { get }
  func band(_ x: Matrix) throws(FitError) -> (lower: [Double], upper: [Double])
}

extension GaussianProcessRegressor.Model: PredictionBand {
  fileprivate var bandName: String { "95 % of such functions" }
  fileprivate func band(_ x: Matrix) throws(FitError) -> (lower: [Double], upper: [Double]) {
    let (means, deviations) = (try predict(x), try predictDeviations(x))
    return (zip(means, deviations).map { $0 - 1.96 * $1 }, zip(means, deviations).map { $0 + 1.96 * $1 })
  }
}

extension ConformalRegressor.Model: PredictionBand where Base.Features == Matrix {
  fileprivate var bandName: String {
    "\((1_000 * coverage).rounded() / 10) % of new samples".replacing(".0 %", with: " %")
  }
  fileprivate func band(_ x: Matrix) throws(FitError) -> (lower: [Double], upper: [Double]) {
    let intervals = try predictIntervals(x)
    return (intervals.map(\.lower), intervals.map(\.upper))
  }
}

extension Chart {
  /// What a predictor of numbers answers everywhere: a curve through the samples of one feature, a map for two.
  ///
  ///     try Chart.regression(DecisionTreeRegressor(maximumDepth: 3).fit(x, y), x, y)
  ///
  /// A ``GaussianProcessRegressor`` and a ``ConformalRegressor`` show how unsure they are, too.
  ///
  /// - Parameters:
  ///   - model: of one or two features.
  ///   - x: samples, shape `[n, 1]` or `[n, 2]`.
  ///   - y: their answers.
  ///   - names: of the features; `nil` for `feature 0` and `feature 1`.
  ///   - target: what the answers are called.
  /// - Throws: ``FitError`` of kind `shape` for more features, or samples that do not pair up.
  /// - Complexity: predictions for 301 places, or 81².
  public static func regression(
    _ model: some Regressor<Matrix>, _ x: Matrix, _ y: [Double], names: [String]? = nil, target: String = "target"
  ) throws(FitError) -> Chart {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let names = try FeatureNames.checked(names, count: x.shape[1])
    switch names.count {
    case 1: return try curve(model, x.column(0).scalars, y).xLabel(names[0]).yLabel(target)
    case 2:
      let surface = try PlaneSurface(around: x) { rows throws(FitError) in try model.predict(rows) }
      return Chart {
        ContourMark(x: surface.x, y: surface.y, levels: 12, isFilled: true, samples: PlaneSurface.count) {
          surface($0, $1)
        }
        PointMark(x: x.column(0).scalars, y: x.column(1).scalars, size: 4, opacity: 0.7).color(.black)
      }.title("Predicted \(target)").xLabel(names[0]).yLabel(names[1])
    default:
      throw FitError(
        .shape, expected: "one or two features to draw", found: "\(names.count)",
        advice: "Fit to one or two of them, or see partialDependence.")
    }
  }

  /// The same for a table and a model that was fitted to one or two of its columns.
  ///
  ///     try Chart.regression(Ridge().fit(patients, target: "progression", features: ["bmi"]), patients)
  /// - Throws: ``FitError``, of kind `table` when a column is absent.
  public static func regression<Base: Regressor<Matrix>>(
    _ model: TabularModel<Base>, _ frame: DataFrame
  ) throws(FitError) -> Chart {
    let x = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: model.features) }
    let y = try TableTarget.numbers(frame, model.target)
    return try regression(model.base, x, y, names: model.features, target: model.target)
  }

  private static func curve(_ model: some Regressor<Matrix>, _ x: [Double], _ y: [Double]) throws(FitError) -> Chart {
    let range = PlaneSurface.reach(x)
    let places = (0...300).map { range.lowerBound + Double($0) / 300 * (range.upperBound - range.lowerBound) }
    let grid = Matrix(places, shape: [places.count, 1])
    let answers = try model.predict(grid)
    let unsure = model as? any PredictionBand
    let band = try unsure.map { model throws(FitError) in try model.band(grid) }
    return Chart {
      if let unsure, let band {
        AreaMark(x: places, y: band.upper, from: band.lower, label: unsure.bandName).color(.vermilion).opacity(0.2)
      }
      PointMark(x: x, y: y, label: "samples", size: 5, opacity: 0.5).color(.blue)
      LineMark(x: places, y: answers, label: "predicted").color(.vermilion)
    }.title("What the model predicts")
  }
}
