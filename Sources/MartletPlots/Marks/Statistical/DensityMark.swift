/// A smooth curve of how values are distributed; the area below it is 1.
///
///     try Chart(iris) { DensityMark("petalLength", color: "species") }
///
/// A kernel density estimate, `f(x) = 1/n · ∑ᵢ φ((x − xᵢ) / h) / h`, as SciPy's `gaussian_kde`. The curve goes three
/// bandwidths beyond the data. Unlike ``HistogramMark`` it has no edges to choose, but it smooths away what is sharp: a
/// limit, a gap, a repeated value. Groups whose values do not vary have no density and are left out.
///
/// Reference: Scott (1992), Multivariate density estimation.
public struct DensityMark: StyledMark {
  private let values: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let bandwidth: DensityBandwidth
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - values: the quantities.
  ///   - color: names; one curve for each, every one with an area of 1.
  ///   - label: the legend's name for the curve, where there is no `color`.
  ///   - bandwidth: how smooth the curve is; default Scott's rule.
  public init(
    _ values: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil,
    bandwidth: DensityBandwidth = .scott
  ) {
    (self.values, self.color, self.label, self.bandwidth) = (values, color, label, bandwidth)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let values = try numericColumn(values, of: "DensityMark", channel: "values", in: table)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("DensityMark", x: values, color: color)
    let curves = rows.series(of: rows.drawable).compactMap { category, rows in
      DensityEstimate(rows.compactMap { values[$0].number }, bandwidth: bandwidth).map { estimate in
        let curve = estimate.curve(beyond: 3)
        return Curve(category: category, count: rows.count, places: curve.places, densities: curve.densities)
      }
    }
    return ResolvedMark(Layer(rows: rows, curves: curves, style: style))
  }

  /// The density of one group.
  private struct Curve: Sendable {
    let category: String?
    let count: Int
    let places, densities: [Double]
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let curves: [Curve]
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.numbers(curves.flatMap(\.places)), title: rows.x?.name, isTight: true),
        y: AxisDemand(.numbers(curves.flatMap(\.densities)), title: "density", includesZero: true),
        color: ColorDemand(rows.color, style))
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rows.count - curves.reduce(0) { $0 + $1.count }
      for curve in curves {
        let color = canvas.color(category: curve.category, style: style).css
        let line = path(of: curve, on: canvas)
        var area = line
        for place in [curve.places.last, curve.places.first] {
          if let x = place.flatMap(canvas.x.position(of:)) { area.line(x, canvas.baseline(canvas.y)) }
        }
        area.close()
        canvas.svg.element(
          "path", ["d": .text(area.data), "fill": .text(color), "fill-opacity": .number(style.opacity ?? 0.25)],
          tooltip: "\(curve.category.map { "\($0): " } ?? "")\(curve.count) values")
        canvas.svg.element(
          "path",
          [
            "d": .text(line.data), "fill": "none", "stroke": .text(color),
            "stroke-width": .number(style.lineWidth ?? 2),
            "stroke-linejoin": "round", "stroke-dasharray": SVGWriter.Value(style.dashes),
          ])
      }
    }

    private func path(of curve: Curve, on canvas: Canvas) -> SVGPath {
      var path = SVGPath()
      for (place, density) in zip(curve.places, curve.densities) {
        guard let x = canvas.x.position(of: place), let y = canvas.y.position(of: density) else { continue }
        if path.isEmpty { path.move(x, y) } else { path.line(x, y) }
      }
      return path
    }
  }
}
