/// Where the charts of a grid stand.
struct ChartGridLayout {
  /// One chart with its place.
  struct Cell {
    let row: Int
    let column: Int
    let content: ChartContent
    var box = Box(left: 0, top: 0, right: 0, bottom: 0)
    var least = Margins()
  }

  private(set) var cells: [Cell]
  private(set) var width: Double
  private(set) var height: Double
  /// The legend above all charts.
  let legend: Legend?

  private let grid: ChartGrid
  /// The width of each column and the height of each row, margins included, where charts have sizes of their own.
  private let columnSizes, rowSizes: [Double]?

  init(_ grid: ChartGrid) {
    self.grid = grid
    let given = grid.options.size
    let usual = Self.defaultSize(columns: Double(grid.columnCount), rows: Double(grid.rows.count))
    let wanted = given == nil ? Self.wantedSizes(grid, usual) : nil
    (columnSizes, rowSizes) = (wanted?.columns, wanted?.rows)
    let size = given ?? wanted.map { ($0.columns.reduce(0, +), $0.rows.reduce(0, +)) } ?? usual
    (width, height) = size
    let first = grid.rows.joined().compactMap(\.self).first { _ in grid.options.sharesLegend }
    legend = first.flatMap { chart in
      Legend(
        ChartContent(chart, colors: Self.sharedColors(grid)).legend, width: size.width - 2 * ChartLayout.edge,
        isUpright: false)
    }
    let colors = Self.sharedColors(grid)
    cells = grid.rows.enumerated().flatMap { row, charts in
      charts.enumerated().compactMap { column, chart in
        chart.map { Cell(row: row, column: column, content: Self.content($0, row, column, grid, colors)) }
      }
    }
    if given == nil { height += headingHeight }
    place(columns: Array(repeating: (0, 0), count: grid.columnCount), Array(repeating: (0, 0), count: grid.rows.count))
    // Labels need room, room decides how many labels there are.
    for _ in 0..<2 { settle() }
  }

  /// 640 pixels for one or two columns, up to 1,200 for more.
  private static func defaultSize(columns: Double, rows: Double) -> (width: Double, height: Double) {
    let side = min(max(640 / max(columns, 1), 320), max(120, 1200 / max(columns, 1)))
    return (max(side * columns, 320), min((columns > 1 ? side * 0.8 : 260) * rows, 6000))
  }

  /// How wide each column and how high each row is; `nil` where no chart has a size of its own.
  private static func wantedSizes(
    _ grid: ChartGrid, _ usual: (width: Double, height: Double)
  ) -> (columns: [Double], rows: [Double])? {
    guard grid.options.widths.isEmpty, grid.options.heights.isEmpty,
      grid.rows.joined().contains(where: { $0?.options.isSizeGiven == true })
    else { return nil }
    let (width, height) = (usual.width / Double(grid.columnCount), usual.height / Double(grid.rows.count))
    let columns = (0..<grid.columnCount).map { column in
      grid.rows.compactMap { $0[column]?.givenSize?.width }.max() ?? width
    }
    let rows = grid.rows.map { row in row.compactMap { $0?.givenSize?.height }.max() ?? height }
    // Wider than a page, everything becomes smaller alike.
    let share = min(1, 1200 / columns.reduce(0, +))
    return (columns.map { $0 * share }, rows.map { min($0 * share, 6000) })
  }

  /// One colour for each name that occurs in several charts. Charts that have no name in common each begin the palette
  /// anew.
  private static func sharedColors(_ grid: ChartGrid) -> [String: Color] {
    var groups: [[String]] = []
    var fixed: [String: Color] = [:]
    let charts = grid.rows.joined().compactMap(\.self)
    for chart in charts {
      let demands = chart.demands.compactMap(\.color)
      for demand in demands { fixed.merge(demand.fixed) { first, _ in first } }
      var names = demands.flatMap(\.extent.names)
      if case .names(let given)? = chart.options.color.domain { names = given + names }
      let own = Set(names)
      if names.isEmpty { continue }
      if let group = groups.firstIndex(where: { !own.isDisjoint(with: $0) }) {
        groups[group] = (groups[group] + names).removingDuplicates()
      } else {
        groups.append(names.removingDuplicates())
      }
    }
    let palette = charts.first?.options.palette ?? .okabeIto
    guard charts.allSatisfy({ $0.options.palette == palette }) else { return fixed }
    for group in groups {
      for (place, name) in group.enumerated() where fixed[name] == nil { fixed[name] = palette[place] }
    }
    return fixed
  }

  /// Where the legend starts, below title and subtitle.
  var legendTop: Double {
    ChartLayout.edge + (grid.options.title == nil ? 0 : 24) + (grid.options.subtitle == nil ? 0 : 19)
  }

  /// The room of title, subtitle and legend.
  private var headingHeight: Double {
    let top = legendTop + (legend.map { $0.height } ?? 0)
    return top == ChartLayout.edge ? 0 : top
  }

  /// A chart with the axes that it shares with others.
  private static func content(
    _ chart: Chart, _ row: Int, _ column: Int, _ grid: ChartGrid, _ colors: [String: Color]
  ) -> ChartContent {
    var chart = chart
    chart.options.theme = grid.options.theme
    chart.options.hasBackground = false
    if grid.options.sharesLegend { chart.options.legend = .hidden }
    var (x, y): ([AxisDemand], [AxisDemand]) = ([], [])
    if grid.options.sharesX {
      let shared = grid.rows.map { $0[column] }
      x = shared.compactMap(\.self).flatMap { $0.demands.compactMap(\.x) }
      if shared[(row + 1)...].contains(where: { $0 != nil }) { chart.options.x.isHidden = true }
    }
    if grid.options.sharesY {
      let shared = grid.rows[row]
      y = shared.compactMap(\.self).flatMap { $0.demands.compactMap(\.y) }
      if shared[..<column].contains(where: { $0 != nil }) { chart.options.y.isHidden = true }
    }
    return ChartContent(chart, x: x.map(\.withoutTitle), y: y.map(\.withoutTitle), colors: colors)
  }

  /// Gives every chart the margins of its column and row, and the plots what is left.
  private mutating func settle() {
    let margins = cells.map { cell in
      ChartLayout(cell.content.sized(cell.box.width, cell.box.height), noteCount: 0).margins
    }
    let columns = (0..<grid.columnCount).map { column in
      zip(cells, margins).filter { $0.0.column == column }.reduce((0.0, 0.0)) {
        (max($0.0, $1.1.left), max($0.1, $1.1.right))
      }
    }
    let rows = grid.rows.indices.map { row in
      zip(cells, margins).filter { $0.0.row == row }.reduce((0.0, 0.0)) {
        (max($0.0, $1.1.top), max($0.1, $1.1.bottom))
      }
    }
    place(columns: columns, rows)
  }

  /// - Parameters:
  ///   - columns: the margins to the left and right of each column's plots.
  ///   - rows: the margins above and below each row's plots.
  private mutating func place(columns: [(Double, Double)], _ rows: [(Double, Double)]) {
    let heading = headingHeight
    let lefts = Self.starts(
      columns, shares: Self.shares(grid.options.widths, columnSizes, columns), room: width, from: 0)
    let tops = Self.starts(
      rows, shares: Self.shares(grid.options.heights, rowSizes, rows), room: height - heading, from: heading)
    for index in cells.indices {
      let (row, column) = (cells[index].row, cells[index].column)
      cells[index].box = Box(left: lefts[column], top: tops[row], right: lefts[column + 1], bottom: tops[row + 1])
      cells[index].least = Margins(
        left: columns[column].0, right: columns[column].1, top: rows[row].0, bottom: rows[row].1)
    }
  }

  /// What the plots get of the room: as much as was asked for, or what margins leave of the sizes.
  private static func shares(_ given: [Double], _ sizes: [Double]?, _ margins: [(Double, Double)]) -> [Double] {
    guard let sizes else { return given }
    return zip(sizes, margins).map { max($0 - $1.0 - $1.1, 20) }
  }

  /// Where each column or row starts, and where the last one ends.
  private static func starts(
    _ margins: [(Double, Double)], shares: [Double], room: Double, from start: Double
  ) -> [Double] {
    let shares = margins.indices.map { index in
      let share = index < shares.count ? shares[index] : 1
      return share > 0 && share.isFinite ? share : 1
    }
    let plots = max(room - margins.reduce(0) { $0 + $1.0 + $1.1 }, 20 * Double(margins.count))
    let total = shares.reduce(0, +)
    var starts = [start]
    for (margin, share) in zip(margins, shares) {
      starts.append(starts[starts.count - 1] + margin.0 + plots * share / total + margin.1)
    }
    return starts
  }
}

extension Chart {
  /// The size that the user wants.
  fileprivate var givenSize: (width: Double, height: Double)? { options.isSizeGiven ? options.size : nil }

  /// What all marks, or those of all panels, need.
  fileprivate var demands: [MarkDemands] {
    facets.map { $0.panels.flatMap { $0.layers.map(\.demands) } } ?? layers.map(\.demands)
  }
}

extension AxisDemand {
  fileprivate var withoutTitle: AxisDemand {
    var demand = self
    demand.title = nil
    return demand
  }
}

extension ChartContent {
  /// The same content in a picture of that size.
  func sized(_ width: Double, _ height: Double) -> ChartContent {
    var copy = self
    copy.options.size = (width, height)
    return copy
  }
}
