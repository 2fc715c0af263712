/// The trend of one quantity with another: a straight line or a polynomial with a band of
/// confidence, or a smooth curve.
///
///     try Chart(diabetes) {
///       PointMark(x: "bmi", y: "progression")
///       RegressionMark(x: "bmi", y: "progression")
///     }
///     RegressionMark(x: "bmi", y: "progression", method: .loess())
///     RegressionMark(x: "speed", y: "distance", method: .polynomial(degree: 2))
///
/// The band contains the true line's height at any one place with the given confidence, if the points
/// scatter around a line normally and equally everywhere: `ŷ ± t · s · √(1/n + (x − x̄)² / ∑(xᵢ − x̄)²)`. It is not
/// where single points lie. Points that stand above each other have no trend, and no line.
public struct RegressionMark: StyledMark {
  /// How the trend is found.
  public struct Method: Sendable, Hashable {
    enum Name: Sendable, Hashable {
      case linear
      case polynomial(degree: Int)
      case loess(share: Double)
    }
    let name: Name

    /// The straight line with the least squared distances.
    public static let linear = Method(name: .linear)

    /// The polynomial with the least squared distances, such as a parabola.
    ///
    /// - Parameter degree: the highest power, at least 1; needs more different places than that.
    public static func polynomial(degree: Int) -> Method { Method(name: .polynomial(degree: max(degree, 1))) }

    /// A curve of lines through the nearest points at every place; it assumes no formula and has no band.
    ///
    /// - Parameter share: of the points that count as near, from 0 to 1; default 2/3. Less is less smooth.
    ///
    /// Reference: Cleveland (1979), Robust locally weighted regression and smoothing scatterplots; without its robust
    /// repetitions.
    public static func loess(share: Double = 2.0 / 3) -> Method { Method(name: .loess(share: min(max(share, 0), 1))) }
  }

  private let x, y: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let method: Method
  private let confidence: Double?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: the quantities.
  ///   - color: names, one trend for each.
  ///   - label: the legend's name for the trend, where there is no `color`.
  ///   - method: how the trend is found; default a straight line.
  ///   - confidence: of the line's band, between 0 and 1; default 0.95, `nil` for no band.
  public init(
    x: any PlotChannel, y: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil,
    method: Method = .linear, confidence: Double? = 0.95
  ) {
    (self.x, self.y, self.color, self.label, self.method) = (x, y, color, label, method)
    self.confidence = confidence.map { min(max($0, 0), 1 - 1e-9) }
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let x = try numericColumn(x, of: "RegressionMark", channel: "x", in: table)
    let y = try numericColumn(y, of: "RegressionMark", channel: "y", in: table)
    let rows = try PlotRows("RegressionMark", x: x, y: y, color: colorColumn(color, label, in: table)?.asCategories)
    let trends = rows.series(of: rows.drawable).compactMap { category, rows in
      trend(x: rows.compactMap { x[$0].number }, y: rows.compactMap { y[$0].number }).map { (category, $0) }
    }
    return ResolvedMark(Layer(rows: rows, trends: trends, style: style))
  }

  private func trend(x: [Double], y: [Double]) -> RegressionBand? {
    guard let lower = x.min(), let upper = x.max(), lower < upper else { return nil }
    let places = FunctionGrid.places(lower...upper, count: 101)
    switch method.name {
    case .linear: return RegressionBand(lineThrough: x, y, at: places, confidence: confidence)
    case .polynomial(let degree):
      return RegressionBand(polynomialThrough: x, y, degree: degree, at: places, confidence: confidence)
    case .loess(let share):
      return RegressionBand(
        places: places, heights: LocalRegression.fit(x: x, y: y, at: places, share: share))
    }
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let trends: [(category: String?, band: RegressionBand)]
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      let heights = trends.flatMap { $0.band.heights + $0.band.lower + $0.band.upper }
      return MarkDemands(
        x: AxisDemand(.numbers(trends.flatMap(\.band.places)), title: rows.x?.name, isTight: true),
        y: AxisDemand(.numbers(heights), title: rows.y?.name), color: ColorDemand(rows.color, style))
    }

    func draw(on canvas: inout Canvas) {
      for (category, band) in trends {
        let color = canvas.color(category: category, style: style).css
        let (upper, lower) = (path(band.places, band.upper, canvas), path(band.places, band.lower, canvas))
        if !upper.isEmpty {
          var area = SVGPath()
          area.polygon(upper + lower.reversed())
          canvas.svg.element("path", ["d": .text(area.data), "fill": .text(color), "fill-opacity": 0.2])
        }
        var line = SVGPath()
        line.polyline(path(band.places, band.heights, canvas))
        canvas.svg.element(
          "path",
          [
            "d": .text(line.data), "fill": "none", "stroke": .text(color),
            "stroke-width": .number(style.lineWidth ?? 2.5), "stroke-linejoin": "round",
            "stroke-dasharray": SVGWriter.Value(style.dashes), "stroke-opacity": SVGWriter.Value(style.opacity),
          ], tooltip: category)
      }
    }

    private func path(_ x: [Double], _ y: [Double], _ canvas: Canvas) -> [(x: Double, y: Double)] {
      zip(x, y).compactMap { x, y in
        guard let left = canvas.x.position(of: x), let top = canvas.y.position(of: y) else { return nil }
        return (left, top)
      }
    }
  }
}
