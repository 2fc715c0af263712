/// For every quantity, the share of the values that are at most as large: a stair with a step for each value.
///
///     try Chart(iris) { EmpiricalDistributionMark("petalLength", color: "species") }
///
/// Nothing is smoothed or binned; quantiles are read off by going from a height to the stair and down.
public struct EmpiricalDistributionMark: StyledMark {
  private let values: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - values: the quantities.
  ///   - color: names; one stair for each.
  ///   - label: the legend's name for the stair, where there is no `color`.
  public init(_ values: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil) {
    (self.values, self.color, self.label) = (values, color, label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let values = try numericColumn(values, of: "EmpiricalDistributionMark", channel: "values", in: table)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("EmpiricalDistributionMark", x: values, color: color)
    var (x, y, names): ([Double], [Double], [String?]) = ([], [], [])
    var counted = 0
    for (category, rows) in rows.series(of: rows.drawable) {
      let sorted = rows.compactMap { values[$0].number }.sorted()
      counted += sorted.count
      for (index, value) in sorted.enumerated() {
        x += [value, value]
        y += [Double(index) / Double(sorted.count), Double(index + 1) / Double(sorted.count)]
        names += [category, category]
      }
    }
    let stairs = try PlotRows(
      "EmpiricalDistributionMark", x: PlotColumn(.numbers(x), name: values.name), y: PlotColumn(.numbers(y)),
      color: color.map { PlotColumn(.categories(names), name: $0.name) })
    return ResolvedMark(
      Layer(line: LineLayer(rows: stairs, style: style), rowCount: rows.count, skipped: rows.count - counted))
  }

  private struct Layer: MarkLayer {
    let line: LineLayer
    let rowCount: Int
    let skipped: Int

    var takesSeriesColor: Bool { line.takesSeriesColor }
    var demands: MarkDemands {
      var demands = line.demands
      demands.x?.isTight = false
      demands.y = AxisDemand(.numbers([0, 1]), title: "share of values at or below", isTight: true)
      return demands
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += skipped
      line.draw(on: &canvas)
    }
  }
}
