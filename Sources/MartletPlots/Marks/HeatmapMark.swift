import MartletNumerics

/// A coloured cell for every value of a matrix: confusion matrices, correlations, grids.
///
///     Chart { HeatmapMark([[50, 2], [3, 45]], rows: ["cat", "dog"], columns: ["cat", "dog"]) }
///       .xLabel("predicted").yLabel("true")
///
/// The first row is at the top. Values are written into cells that have room for them. The colours go from almost white
/// to blue, or from blue over white to red where there are values on both sides of zero.
public struct HeatmapMark: Mark {
  private enum Cells: Sendable {
    case values([[Double]])
    /// A cell for every row and every column but the one with the rows' labels.
    case table(any PlotTable)
  }
  private let cells: Cells
  private let rows: (any PlotChannel)?
  private let columns: (any PlotChannel)?
  private let ramp: ColorRamp?
  /// Whether zero has the colour in the middle of the ramp; by default where there are values on both sides of it.
  var isCentred: Bool?
  /// Whether the cells are squares, which decide the plot's shape, or fill the plot whatever its shape is. Default `true`.
  var hasSquareCells = true

  /// - Parameters:
  ///   - values: rows of equal length; values that are not finite leave their cell empty.
  ///   - rows: a label for each row, from the top; default 0, 1, 2, ….
  ///   - columns: a label for each column; default 0, 1, 2, ….
  ///   - ramp: the colours from the lowest to the highest value.
  public init(
    _ values: [[Double]], rows: (any PlotChannel)? = nil, columns: (any PlotChannel)? = nil, ramp: ColorRamp? = nil
  ) {
    (cells, self.rows, self.columns, self.ramp) = (.values(values), rows, columns, ramp)
  }

  /// A table's numbers, such as those of a pivot: a line of cells for every row, one cell for each other column.
  ///
  ///     Chart { HeatmapMark(try titanic.pivot(rows: "class", columns: "sex", values: .mean("survived")), rows: "class") }
  ///
  /// - Parameters:
  ///   - table: the table; every column but that of the labels has numbers, and a missing one leaves its cell empty.
  ///   - rows: the column with the rows' labels.
  public init(_ table: some PlotTable, rows: String, ramp: ColorRamp? = nil) {
    (cells, self.rows, columns, self.ramp) = (.table(table), rows, nil, ramp)
  }

  /// A matrix, of rank 2.
  public init(
    _ values: Matrix, rows: (any PlotChannel)? = nil, columns: (any PlotChannel)? = nil, ramp: ColorRamp? = nil
  ) {
    guard values.rank == 2 else { fatalError("HeatmapMark needs a matrix of rank 2: the shape is \(values.shape).") }
    let (scalars, width) = (values.scalars, values.shape[1])
    let lines = (0..<values.shape[0]).map { Array(scalars[$0 * width..<($0 + 1) * width]) }
    self.init(lines, rows: rows, columns: columns, ramp: ramp)
  }

  /// Counts, such as those of a confusion matrix.
  public init(
    _ counts: [[Int]], rows: (any PlotChannel)? = nil, columns: (any PlotChannel)? = nil, ramp: ColorRamp? = nil
  ) {
    self.init(counts.map { $0.map(Double.init) }, rows: rows, columns: columns, ramp: ramp)
  }

  /// The same mark with cells that fill the plot, whatever its shape: for tables much longer than wide.
  public func fillingPlot() -> HeatmapMark {
    var copy = self
    copy.hasSquareCells = false
    return copy
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let (values, rowLabels, columnLabels, table) = try found(in: table)
    let width = values.first?.count ?? 0
    guard values.allSatisfy({ $0.count == width }) else {
      throw ChartError(.notAMatrix(rows: values.count, lengths: values.map(\.count)))
    }
    let rows = try labels(rowLabels, count: values.count, of: "rows", in: table)
    let columns = try labels(columnLabels, count: width, of: "columns", in: table)
    var layer = HeatmapLayer(values: values, rows: rows, columns: columns, ramp: ramp, isCentred: isCentred)
    layer.hasSquareCells = hasSquareCells
    return ResolvedMark(layer)
  }

  /// The values with the channels of their labels, and the table that those name columns of.
  private func found(in table: (any PlotTable)?) throws(ChartError) -> (
    values: [[Double]], rows: (any PlotChannel)?, columns: (any PlotChannel)?, table: (any PlotTable)?
  ) {
    guard case .table(let own) = cells, let label = rows as? String else {
      guard case .values(let values) = cells else { return ([], rows, columns, table) }
      return (values, rows, columns, table)
    }
    let names = own.plotColumnNames.filter { $0 != label }
    var columns: [PlotColumn] = []
    for name in names { columns.append(try numericColumn(name, of: "HeatmapMark", channel: name, in: own)) }
    let count = try label.plotColumn(in: own).count
    let values = (0..<count).map { row in columns.map { $0[row].number ?? .nan } }
    return (values, rows, names, own)
  }

  private func labels(
    _ given: (any PlotChannel)?, count: Int, of what: String, in table: (any PlotTable)?
  ) throws(ChartError) -> [String] {
    let labels = try optionalColumn(given, in: table)?.texts ?? (0..<count).map(String.init)
    guard labels.count == count else {
      throw ChartError(.wrongLabels(what: "HeatmapMark, \(what)", expected: count, found: labels.count))
    }
    return labels
  }
}

/// Draws the cells of a matrix.
struct HeatmapLayer: MarkLayer {
  let values: [[Double]]
  let rows: [String]
  let columns: [String]
  let ramp: ColorRamp?
  let isCentred: Bool?
  var hasSquareCells = true
  private let finite: [Double]
  /// Whether no value has a fraction.
  private let areWhole: Bool

  init(values: [[Double]], rows: [String], columns: [String], ramp: ColorRamp?, isCentred: Bool?) {
    (self.values, self.rows, self.columns, self.ramp, self.isCentred) = (values, rows, columns, ramp, isCentred)
    finite = values.joined().filter(\.isFinite)
    areWhole = finite.allSatisfy { $0 == $0.rounded() }
  }

  var rowCount: Int { values.count * columns.count }
  var takesSeriesColor: Bool { false }

  var demands: MarkDemands {
    let hasBothSigns = finite.contains { $0 < 0 } && finite.contains { $0 > 0 }
    var color = ColorDemand(.numbers(finite))
    color.ramp = ramp ?? (hasBothSigns ? .diverging : .blues)
    color.isCentred = isCentred ?? (hasBothSigns && ramp == nil)
    // Numbers in the cells say it all.
    color.showsLegend = rowCount > 400
    return MarkDemands(
      x: AxisDemand(.categories(Self.places(columns)), gap: 0), y: AxisDemand(.categories(Self.places(rows)), gap: 0),
      color: color, cells: hasSquareCells ? (columns.count, rows.count) : nil)
  }

  /// Labels may repeat; cells may not. A repeated label is told apart by invisible characters.
  static func places(_ labels: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return labels.map { label in
      let count = seen[label, default: 0]
      seen[label] = count + 1
      return label + String(repeating: "\u{200B}", count: count)
    }
  }

  func draw(on canvas: inout Canvas) {
    let (rows, columns) = (Self.places(rows), Self.places(columns))
    let size = textSize(canvas)
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() {
        guard value.isFinite, let point = canvas.point(.category(columns[column]), .category(rows[row])) else {
          canvas.skipped += value.isFinite ? 0 : 1
          continue
        }
        let box = cell(around: point, canvas)
        draw(value, in: box, size: size, tooltip: "\(self.rows[row]), \(self.columns[column]): ", on: &canvas)
      }
    }
  }

  private func cell(around point: (x: Double, y: Double), _ canvas: Canvas) -> Box {
    let (width, height) = (canvas.x.bandwidth, canvas.y.bandwidth)
    return Box(
      left: point.x - width / 2, top: point.y - height / 2, right: point.x + width / 2, bottom: point.y + height / 2)
  }

  /// The size of the numbers, so that the longest fits into its cell; `nil` where there is no room for numbers.
  private func textSize(_ canvas: Canvas) -> Double? {
    guard rowCount <= 400 else { return nil }
    let widest = finite.map { TextMetrics.width(of: text(of: $0), size: 1) }.max() ?? 0
    let size = min(12, canvas.y.bandwidth * 0.45, (canvas.x.bandwidth - 4) / max(widest, 0.1))
    return size >= 7 ? size : nil
  }

  private func draw(_ value: Double, in box: Box, size: Double?, tooltip: String, on canvas: inout Canvas) {
    guard let fill = canvas.color.fill(of: value) else { return }
    let space = box.width > 12 ? 1.0 : 0
    canvas.svg.element(
      "rect",
      [
        "x": .number(box.left + space / 2), "y": .number(box.top + space / 2), "width": .number(box.width - space),
        "height": .number(box.height - space), "fill": .text(fill.color.css),
        "fill-opacity": SVGWriter.Value(fill.opacity),
        "shape-rendering": space == 0 ? "crispEdges" : .absent,
      ], tooltip: rowCount <= Canvas.mostTooltips ? tooltip + NumberText.short(value) : nil)
    guard let size else { return }
    canvas.svg.element(
      "text",
      [
        "x": .number(box.middleX), "y": .number(box.middleY + size * 0.35), "text-anchor": "middle",
        "font-size": .number(size), "fill": .text((fill.ink ?? Theme.light.ink).css),
        "class": fill.ink == nil ? "ink" : .absent,
        "pointer-events": "none",
      ], content: text(of: value))
  }

  /// Whole numbers where all are whole, otherwise all with two decimals.
  private func text(of value: Double) -> String {
    areWhole || abs(value) >= 1000 ? NumberText.short(value) : NumberText.fixed(value, decimals: 2)
  }
}
