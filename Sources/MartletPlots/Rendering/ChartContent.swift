/// What a chart shows, with its scales but before its places.
struct ChartContent {
  /// One plot with axes of its own or shared ones.
  struct Panel {
    let row: Int
    let column: Int
    /// Written above a wrapped panel.
    let title: String?
    let layers: [any MarkLayer]
    let x: AxisPlan?
    let y: AxisPlan?
  }

  let panels: [Panel]
  let facets: Facets?
  var options: ChartOptions
  let color: ColorPlan
  let channels: ChannelPlan
  let legend: [LegendBlock]
  /// The square cells of a matrix or of a grid of pictures.
  let cells: (columns: Int, rows: Int)?
  /// How many rows the marks were given.
  let rowCount: Int

  /// - Parameters:
  ///   - x: what other charts need of the same horizontal axis.
  ///   - y: what other charts need of the same vertical axis.
  ///   - colors: the colours that names have in those charts.
  init(
    _ chart: Chart, x otherX: [AxisDemand] = [], y otherY: [AxisDemand] = [], colors: [String: Color] = [:]
  ) {
    options = chart.options
    facets = chart.facets
    let demands = { (layer: any MarkLayer) in chart.options.hasEqualUnits ? layer.demands.asUnsquared : layer.demands }
    let whole = chart.layers.map(demands)
    let divided = chart.facets?.panels.map { $0.layers.map(demands) }
    let all = divided?.flatMap(\.self) ?? whole
    // Names stand in the order of the whole, whatever the panels begin with.
    let named = divided == nil ? all : whole.map(\.namesOnly) + all
    let plan = { (demands: [MarkDemands]) -> (x: AxisPlan?, y: AxisPlan?) in
      (
        AxisPlan(otherX + demands.compactMap(\.x), chart.options.x),
        AxisPlan(otherY + demands.compactMap(\.y), chart.options.y)
      )
    }
    let shared = plan(named)
    panels =
      chart.facets.map { facets in
        facets.panels.map { panel in
          let own = plan(panel.layers.map(demands))
          return Panel(
            row: panel.row, column: panel.column, title: panel.title, layers: panel.layers,
            x: facets.scales.sharesX ? shared.x : own.x, y: facets.scales.sharesY ? shared.y : own.y)
        }
      } ?? [Panel(row: 0, column: 0, title: nil, layers: chart.layers, x: shared.x, y: shared.y)]
    color = ColorPlan(named.compactMap(\.color), options: options, shared: colors)
    channels = ChannelPlan(named, options)
    legend = options.legend == .hidden ? [] : LegendBlock.blocks(color, channels)
    cells =
      all.compactMap(\.cells).first { $0.columns > 0 && $0.rows > 0 }
      ?? (options.hasEqualUnits ? Self.equalUnits(panels.first) : nil)
    rowCount = chart.layers.map(\.rowCount).max() ?? 0
  }

  /// The plot's shape, the longer side of 100, in which a unit is equally long on both axes.
  private static func equalUnits(_ panel: Panel?) -> (columns: Int, rows: Int)? {
    guard let x = panel?.x?.scale as? LinearScale, let y = panel?.y?.scale as? LinearScale else { return nil }
    let (width, height) = (abs(x.upper - x.lower), abs(y.upper - y.lower))
    let longer = max(width, height)
    guard longer.isFinite, longer > 0 else { return nil }
    return (max(1, Int((100 * width / longer).rounded())), max(1, Int((100 * height / longer).rounded())))
  }

  /// Whether there is a place for anything.
  var isEmpty: Bool { cells == nil && panels.allSatisfy { $0.x == nil || $0.y == nil } }
  var xTitle: String? { panels.lazy.compactMap { $0.x?.title }.first }
  var yTitle: String? { panels.lazy.compactMap { $0.y?.title }.first }
  var rows: Int { facets?.rowCount ?? 1 }
  var columns: Int { facets?.columnCount ?? 1 }
}

extension MarkDemands {
  /// The axes as the data need them, not those of a square.
  fileprivate var asUnsquared: MarkDemands {
    guard let unsquared else { return self }
    var demands = self
    (demands.x, demands.y, demands.cells) = (unsquared.x, unsquared.y, nil)
    return demands
  }

  /// The names and titles of the demands without their quantities, which are those of the panels.
  fileprivate var namesOnly: MarkDemands {
    var demands = self
    demands.x?.extent.removeQuantities()
    demands.y?.extent.removeQuantities()
    demands.color?.extent.removeQuantities()
    demands.size?.extent.removeQuantities()
    demands.opacity?.extent.removeQuantities()
    return demands
  }
}

extension AxisDemand.Extent {
  fileprivate mutating func removeQuantities() {
    switch self {
    case .numbers: self = .numbers([])
    case .instants: self = .instants([])
    case .categories: break
    }
  }
}
