/// What a chart shows, with its scales but before its places.
struct ChartContent {
  let layers: [any MarkLayer]
  let options: ChartOptions
  let x: AxisPlan?
  let y: AxisPlan?
  let color: ColorPlan
  /// The square cells of a matrix or of a grid of pictures.
  let cells: (columns: Int, rows: Int)?

  init(_ chart: Chart) {
    layers = chart.layers
    options = chart.options
    let demands = layers.map(\.demands)
    x = AxisPlan(demands.compactMap(\.x), kind: options.xScale, domain: options.xDomain, label: options.xLabel)
    y = AxisPlan(demands.compactMap(\.y), kind: options.yScale, domain: options.yDomain, label: options.yLabel)
    color = ColorPlan(demands.compactMap(\.color), options: options)
    cells = demands.compactMap(\.cells).first { $0.columns > 0 && $0.rows > 0 }
  }

  /// Whether there is a place for anything.
  var isEmpty: Bool { cells == nil && (x == nil || y == nil) }
}
