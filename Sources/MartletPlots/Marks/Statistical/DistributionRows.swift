/// Quantities in groups: what boxes, violins and strips show, upright or lying.
struct DistributionRows: Sendable {
  /// The quantities of one name, and of one colour within it.
  struct Group: Sendable {
    let name: String
    let category: String?
    let rows: [Int]
    let values: [Double]
  }

  let rows: PlotRows
  /// Whether the names stand on the vertical axis.
  let isLying: Bool
  let groups: [Group]
  /// The colours that share the room of one name; empty where every name has only one.
  private let lanes: [String]

  /// - Parameters:
  ///   - x, y: of which one holds quantities; the other names, or nothing.
  ///   - colorsAreNames: whether numbers of the colour channel make groups too.
  init(
    _ mark: String, x: (any PlotChannel)?, y: (any PlotChannel)?, color: (any PlotChannel)?, label: String?,
    colorsAreNames: Bool = true, in table: (any PlotTable)?
  ) throws(ChartError) {
    let nobody = PlotColumn(.categories([""]), isConstant: true)
    var x = try optionalColumn(x, in: table) ?? nobody
    var y = try optionalColumn(y, in: table) ?? nobody
    isLying = x.isNumeric && !y.isNumeric
    if isLying { y = y.asCategories } else { x = x.asCategories }
    guard (isLying ? x : y).isNumeric else { throw ChartError(.notNumbers(mark: mark, channel: "y")) }
    let color = try colorColumn(color, label, in: table)
    rows = try PlotRows(mark, x: x, y: y, color: colorsAreNames ? color?.asCategories : color)
    groups = Self.groups(rows, names: isLying ? y : x, values: isLying ? x : y)
    let isDivided = Set(groups.map(\.name)).count < groups.count
    lanes = isDivided ? groups.compactMap(\.category).removingDuplicates() : []
  }

  private static func groups(_ rows: PlotRows, names: PlotColumn, values: PlotColumn) -> [Group] {
    rows.series(of: Array(0..<rows.count)).flatMap { category, rows in
      var order: [String] = []
      var found: [String: [Int]] = [:]
      for row in rows where values[row].number != nil {
        guard let name = names[row].text else { continue }
        if found[name] == nil { order.append(name) }
        found[name, default: []].append(row)
      }
      return order.map { name in
        let rows = found[name] ?? []
        return Group(name: name, category: category, rows: rows, values: rows.compactMap { values[$0].number })
      }
    }
  }

  /// What the axes need, where the marks reach as far as these quantities.
  func demands(_ extent: [Double]? = nil) -> MarkDemands {
    let names = (isLying ? rows.y : rows.x).map { AxisDemand($0) }
    let column = isLying ? rows.x : rows.y
    let values = AxisDemand(.numbers(extent ?? groups.flatMap(\.values)), title: column?.name)
    return MarkDemands(x: isLying ? values : names, y: isLying ? names : values, color: ColorDemand(rows.color))
  }

  /// How many rows have no name or no quantity.
  var skipped: Int { rows.count - groups.reduce(0) { $0 + $1.rows.count } }

  /// Where a group stands.
  func lane(of group: Group, on canvas: Canvas) -> Lane? {
    let bands = isLying ? canvas.y : canvas.x
    guard let middle = bands.position(of: .category(group.name)) else { return nil }
    let width = bands.bandwidth / Double(max(1, lanes.count))
    let place = lanes.firstIndex(of: group.category ?? "") ?? 0
    return Lane(
      isLying: isLying, middle: middle - bands.bandwidth / 2 + width * (Double(place) + 0.5), width: width,
      scale: isLying ? canvas.x : canvas.y)
  }

  /// The strip of the plot that belongs to one group.
  struct Lane {
    let isLying: Bool
    let middle: Double
    let width: Double
    private let scale: any PositionScale

    init(isLying: Bool, middle: Double, width: Double, scale: any PositionScale) {
      (self.isLying, self.middle, self.width, self.scale) = (isLying, middle, width, scale)
    }

    /// The position of a quantity along the lane, in pixels.
    func along(_ value: Double) -> Double? { scale.position(of: value) }

    /// A place by its position along the lane and its distance from the lane's middle, in pixels.
    func point(_ along: Double, _ across: Double) -> (x: Double, y: Double) {
      isLying ? (along, middle + across) : (middle + across, along)
    }

    /// A rectangle around the lane's middle.
    func box(from start: Double, to end: Double, width: Double) -> Box {
      let (low, high) = (min(start, end), max(start, end))
      return isLying
        ? Box(left: low, top: middle - width / 2, right: high, bottom: middle + width / 2)
        : Box(left: middle - width / 2, top: low, right: middle + width / 2, bottom: high)
    }
  }
}
