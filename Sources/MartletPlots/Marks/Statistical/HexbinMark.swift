/// How many points lie in each of many hexagons: a scatter plot for crowds.
///
///     Chart { HexbinMark(x: longitudes, y: latitudes) }
///
/// Where thousands of dots of ``PointMark`` would cover each other, a hexagon's colour still tells how many there are.
/// Every point is counted in the hexagon whose middle is nearest; empty hexagons are not drawn.
///
/// Reference: Carr, Littlefield, Nicholson and Littlefield (1987), Scatterplot matrix techniques for large N.
public struct HexbinMark: Mark {
  private let x, y: any PlotChannel
  private let columns: Int
  private let ramp: ColorRamp?

  /// - Parameters:
  ///   - x, y: the quantities.
  ///   - columns: how many hexagons span the range of `x`; default 30, from 1 to 500. There are as many rows as make
  ///     hexagons regular in a chart of the usual shape.
  ///   - ramp: the colours from the fewest to the most; default ``ColorRamp/blues``.
  public init(x: any PlotChannel, y: any PlotChannel, columns: Int = 30, ramp: ColorRamp? = nil) {
    (self.x, self.y, self.columns, self.ramp) = (x, y, min(max(columns, 1), 500), ramp)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let x = try numericColumn(x, of: "HexbinMark", channel: "x", in: table)
    let y = try numericColumn(y, of: "HexbinMark", channel: "y", in: table)
    let rows = try PlotRows("HexbinMark", x: x, y: y)
    let drawn = rows.drawable
    // The plot of a usual chart is 0.58 times as high as it is wide, and a pair of rows √3 times as a hexagon.
    let pairs = max(1, Int((Double(columns) * 0.58 / 3.0.squareRoot()).rounded()))
    let bins = HexagonBins(
      x: drawn.compactMap { x[$0].number }, y: drawn.compactMap { y[$0].number }, columns: columns, rows: pairs)
    return ResolvedMark(Layer(rows: rows, bins: bins, skipped: rows.count - drawn.count, ramp: ramp ?? .blues))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let bins: HexagonBins
    let skipped: Int
    let ramp: ColorRamp

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      var color = ColorDemand(.numbers([0] + bins.bins.map { Double($0.count) }), title: "count")
      color.ramp = ramp
      let (x, y) = (bins.bins.map(\.x), bins.bins.map(\.y))
      return MarkDemands(
        x: AxisDemand(.numbers(x.flatMap { [$0 - bins.step.x / 2, $0 + bins.step.x / 2] }), title: rows.x?.name),
        y: AxisDemand(.numbers(y.flatMap { [$0 - bins.step.y / 3, $0 + bins.step.y / 3] }), title: rows.y?.name),
        color: color)
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += skipped
      for bin in bins.bins {
        guard let fill = canvas.color.fill(of: Double(bin.count)), let path = hexagon(bin, on: canvas) else {
          canvas.skipped += bin.count
          continue
        }
        canvas.svg.element(
          "path",
          ["d": .text(path.data), "fill": .text(fill.color.css), "fill-opacity": SVGWriter.Value(fill.opacity)],
          tooltip: bins.bins.count <= Canvas.mostTooltips ? "\(bin.count)" : nil)
      }
    }

    /// The corners in steps from the middle: above and below a third of the distance between pairs of rows, beside a sixth.
    private static let corners: [(x: Double, y: Double)] = [
      (0, 1.0 / 3), (0.5, 1.0 / 6), (0.5, -1.0 / 6), (0, -1.0 / 3), (-0.5, -1.0 / 6), (-0.5, 1.0 / 6),
    ]

    private func hexagon(_ bin: HexagonBins.Bin, on canvas: Canvas) -> SVGPath? {
      var path = SVGPath()
      for corner in Self.corners {
        guard let left = canvas.x.position(of: bin.x + corner.x * bins.step.x),
          let top = canvas.y.position(of: bin.y + corner.y * bins.step.y)
        else { return nil }
        if path.isEmpty { path.move(left, top) } else { path.line(left, top) }
      }
      path.close()
      return path
    }
  }
}
