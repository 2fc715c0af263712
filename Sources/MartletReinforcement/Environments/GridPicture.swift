import MartletDisplay
import MartletNumerics

/// A grid world drawn from above, with what has been learned about it: values as colours, a policy as arrows.
///
///     let lake = FrozenLake()
///     let best = try ValueIteration(discount: 0.99).solve(lake.process)
///     lake.gridPicture.values(best.values).policy(best.policy)
public struct GridPicture: RichDisplayable, Sendable {
  /// How a letter of the map looks.
  struct Style: Sendable {
    let color: String
    var text = ""
  }

  private let cells: [Character]
  private let shape: GridShape
  private let moves: [GridMove]
  private let styles: [Character: Style]
  private var values: [Double]?
  private var arrows: [[GridMove]]?
  private var agentCell: Int?
  private var path: [Int] = []
  private var title: String?

  init(map: [String], moves: [GridMove], styles: [Character: Style]) {
    cells = map.flatMap(Array.init)
    shape = GridShape(rows: map.count, columns: map[0].count)
    self.moves = moves
    self.styles = styles
  }

  /// Writes a value into every cell where an episode goes on, and colours it from white, the lowest, to blue.
  ///
  /// - Parameter values: one for each state. Stops the cell otherwise.
  public func values(_ values: [Double]) -> GridPicture {
    check(values.count, "values")
    return changed { $0.values = values }
  }

  /// Draws an arrow for every action that the policy takes with a probability of more than a tenth of a percent above the
  /// others.
  public func policy(_ policy: TabularPolicy) -> GridPicture {
    check(policy.stateCount, "states of the policy")
    let arrows = (0..<policy.stateCount).map { state in
      let shares = policy.probabilities(in: state)
      let best = shares.max() ?? 0
      return moves.indices.filter { shares[$0] > best - 1e-3 }.map { moves[$0] }
    }
    return changed { $0.arrows = arrows.map { $0.count == moves.count ? [] : $0 } }
  }

  /// Draws the agent in a cell.
  public func agent(_ state: Int?) -> GridPicture { changed { $0.agentCell = state } }

  /// Draws the way through some states.
  public func path(_ states: [Int]) -> GridPicture { changed { $0.path = states.filter(cells.indices.contains) } }

  /// A line above the grid.
  public func title(_ title: String) -> GridPicture { changed { $0.title = title } }

  /// The picture as SVG.
  public var svg: SVG {
    let size = shape.columns > 8 ? 48.0 : 62.0
    let top = title == nil ? 4.0 : 30.0
    var sketch = Sketch(
      width: Double(shape.columns) * size + 8, height: Double(shape.rows) * size + top + 4,
      label: title ?? "A grid world")
    if let title { sketch.text(title, x: Double(shape.columns) * size / 2 + 4, y: 20, size: 15, fill: "#222") }
    func corner(_ cell: Int) -> (x: Double, y: Double) {
      (4 + Double(cell % shape.columns) * size, top + Double(cell / shape.columns) * size)
    }
    for cell in cells.indices { drawGround(of: cell, at: corner(cell), size: size, on: &sketch) }
    if path.count > 1 {
      let middle = path.map { (corner($0).x + size / 2, corner($0).y + size / 2) }
      sketch.path(middle, stroke: "#e06c5f", width: 3)
    }
    for cell in cells.indices { drawMarks(of: cell, at: corner(cell), size: size, on: &sketch) }
    if let agentCell {
      let place = corner(agentCell)
      sketch.circle(x: place.x + size / 2, y: place.y + size / 2, radius: size / 6, fill: "#e06c5f", stroke: "#39424a")
    }
    return sketch.svg
  }

  public func displayBundle() -> DisplayBundle { svg.displayBundle() }

  private func goesOn(_ cell: Int) -> Bool { "SF.".contains(cells[cell]) }

  private func style(of cell: Int) -> Style { styles[cells[cell]] ?? Style(color: "#ffffff") }

  private func drawGround(of cell: Int, at place: (x: Double, y: Double), size: Double, on sketch: inout Sketch) {
    let shade = goesOn(cell) ? values.map { color(of: $0[cell]).fill } : nil
    sketch.rectangle(
      x: place.x, y: place.y, width: size, height: size, fill: shade ?? style(of: cell).color, stroke: "#ffffff",
      strokeWidth: 2, tooltip: "state \(cell)" + (values.map { ": \($0[cell])" } ?? ""))
  }

  /// How far below a cell's upper edge its name stands: in the middle where nothing else is, and beside a path that goes
  /// through.
  private func nameDepth(of cell: Int, size: Double) -> Double {
    guard path.count > 1, path.contains(cell) else { return goesOn(cell) ? 15 : size / 2 + 4 }
    let below = cell + shape.columns
    let goesDown = zip(path, path.dropFirst()).contains { ($0, $1) == (cell, below) || ($0, $1) == (below, cell) }
    return goesDown ? 15 : size - 8
  }

  private func drawMarks(of cell: Int, at place: (x: Double, y: Double), size: Double, on sketch: inout Sketch) {
    let (goesOn, name) = (goesOn(cell), style(of: cell).text)
    let shade = goesOn ? values.map { color(of: $0[cell]).ink } : nil
    let ink = shade ?? (["H", "C", "#"].contains(cells[cell]) ? "#ffffff" : "#222")
    if let values, goesOn {
      sketch.text(Self.short(values[cell]), x: place.x + size / 2, y: place.y + size - 7, size: 12, fill: ink)
    }
    if !name.isEmpty, !(goesOn && values != nil) {
      sketch.text(name, x: place.x + size / 2, y: place.y + nameDepth(of: cell, size: size), size: 13, fill: ink)
    }
    guard goesOn, let arrows else { return }
    for move in arrows[cell] {
      // A single arrow lies in the middle; several begin there.
      let back = arrows[cell].count == 1 ? size / 8 : 0
      let x = place.x + size / 2 - Double(move.offset.column) * back
      arrow(move, x: x, y: place.y + size / 2 - 7 - Double(move.offset.row) * back, size: size, ink, &sketch)
    }
  }

  private func arrow(
    _ move: GridMove, x: Double, y: Double, size: Double, _ ink: String, _ sketch: inout Sketch
  ) {
    let (dx, dy) = (Double(move.offset.column), Double(move.offset.row))
    let length = size / 4
    let (tipX, tipY) = (x + dx * length, y + dy * length)
    sketch.line(x, y, tipX - dx * 4, tipY - dy * 4, stroke: ink, width: 2)
    sketch.polygon(
      [
        (tipX, tipY), (tipX - dx * 7 - dy * 4, tipY - dy * 7 - dx * 4),
        (tipX - dx * 7 + dy * 4, tipY - dy * 7 + dx * 4),
      ],
      fill: ink)
  }

  /// From white to blue, and an ink that can be read on it.
  private func color(of value: Double) -> (fill: String, ink: String) {
    let shown = zip(values ?? [], cells).filter { "SF.".contains($1) && $0.isFinite }.map(\.0)
    guard value.isFinite, let low = shown.min(), let high = shown.max(),
      high - low > 1e-6 * max(1, abs(high))
    else { return ("#eef1f4", "#222") }
    let share = (value - low) / (high - low)
    let (red, green, blue) = (245 - 197 * share, 248 - 136 * share, 251 - 61 * share)
    return ("rgb(\(Int(red)),\(Int(green)),\(Int(blue)))", share > 0.6 ? "#ffffff" : "#222")
  }

  private static func short(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let decimals = abs(value) >= 10 ? 1 : 2
    let scaled = Int((abs(value) * (decimals == 1 ? 10 : 100)).rounded())
    let digits = String(repeating: "0", count: max(0, decimals + 1 - "\(scaled)".count)) + "\(scaled)"
    return (value < 0 && scaled > 0 ? "−" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  private func check(_ count: Int, _ what: String) {
    guard count == cells.count else {
      fatalError("The grid has \(cells.count) cells; found \(count) \(what).")
    }
  }

  private func changed(_ change: (inout GridPicture) -> Void) -> GridPicture {
    var copy = self
    change(&copy)
    return copy
  }
}
