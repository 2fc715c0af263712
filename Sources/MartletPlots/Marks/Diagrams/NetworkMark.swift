import Glibc

/// Things and the links between them.
///
///     Chart { NetworkMark(from: ["Ann", "Ann", "Bo"], to: ["Bo", "Cy", "Cy"]) }
///     try Chart(citations) { NetworkMark(from: "paper", to: "cites", isDirected: true, layout: .layered) }
///
/// Every name of the two columns is a node, in order of appearance. Nodes with more links are larger. Names that would
/// cover each other are left to the tooltips.
public struct NetworkMark: StyledMark {
  private let from, to: any PlotChannel
  private let weights: (any PlotChannel)?
  private let groups: [String: String]
  private let isDirected: Bool
  private let layout: NetworkLayout
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - from, to: the ends of the links, one row for each link.
  ///   - weights: how strong the links are, at least 0; stronger ones are wider. Default all the same.
  ///   - groups: the group of each node by its name, which decides its colour.
  ///   - isDirected: whether links have arrows.
  ///   - layout: where the nodes stand; default ``NetworkLayout/force(iterations:)``.
  public init(
    from: any PlotChannel, to: any PlotChannel, weights: (any PlotChannel)? = nil, groups: [String: String] = [:],
    isDirected: Bool = false, layout: NetworkLayout = .force()
  ) {
    (self.from, self.to, self.weights, self.groups) = (from, to, weights, groups)
    (self.isDirected, self.layout) = (isDirected, layout)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let from = try from.plotColumn(in: table).asCategories
    let to = try to.plotColumn(in: table).asCategories
    let weights = try weights.map { channel throws(ChartError) in
      try numericColumn(channel, of: "NetworkMark", channel: "weights", in: table)
    }
    let rows = try PlotRows("NetworkMark", x: from, y: to, others: weights.map { ["weights": $0] } ?? [:])
    let links = rows.drawable.filter { (weights?[$0].number ?? 1) >= 0 && weights?[$0] != .missing }
    let names = links.flatMap { [from[$0].text ?? "", to[$0].text ?? ""] }.removingDuplicates()
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    let edges = links.map { row in
      NetworkEdge(
        from: numbers[from[row].text ?? ""] ?? 0, to: numbers[to[row].text ?? ""] ?? 0,
        weight: weights?[row].number ?? 1)
    }
    return ResolvedMark(
      Layer(
        names: names, edges: edges, places: layout.places(count: names.count, edges), skipped: rows.count - links.count,
        groups: groups, isDirected: isDirected, style: style))
  }

  private struct Layer: MarkLayer {
    let names: [String]
    let edges: [NetworkEdge]
    /// From 0 to 1 in both directions.
    let places: [(x: Double, y: Double)]
    let skipped: Int
    let groups: [String: String]
    let isDirected: Bool
    let style: MarkStyle

    /// Room for half a name and a node at the edges, in pixels.
    private static let edge = (x: 46.0, y: 22.0)

    var rowCount: Int { edges.count }
    var takesSeriesColor: Bool { groups.isEmpty && style.color == nil }
    var demands: MarkDemands {
      let found = names.compactMap { groups[$0] }.removingDuplicates()
      return .free(width: 612, height: 400, color: found.isEmpty ? nil : ColorDemand(.categories(found)))
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += skipped
      let plot = canvas.plot
      let (width, height) = (max(plot.width - 2 * Self.edge.x, 1), max(plot.height - 2 * Self.edge.y, 1))
      let points = places.map {
        (x: plot.left + Self.edge.x + $0.x * width, y: plot.top + Self.edge.y + $0.y * height)
      }
      var degrees = Array(repeating: 0, count: names.count)
      for edge in edges { (degrees[edge.from], degrees[edge.to]) = (degrees[edge.from] + 1, degrees[edge.to] + 1) }
      let most = Double(max(degrees.max() ?? 1, 1))
      let radii = degrees.map { 4 + 6 * (Double($0) / most).squareRoot() }
      draw(edges, between: points, radii, on: &canvas)
      for (node, point) in points.enumerated() {
        let color = canvas.color(category: groups[names[node]], style: style)
        canvas.svg.element(
          "circle",
          [
            "cx": .number(point.x), "cy": .number(point.y), "r": .number(radii[node]), "fill": .text(color.css),
            "class": "halo", "stroke": .text(Theme.light.paper.css),
          ], tooltip: "\(names[node]): \(degrees[node]) \(degrees[node] == 1 ? "link" : "links")")
      }
      let links = edges.map { (points[$0.from], points[$0.to]) }
      writeNames(at: points, radii, degrees, links, on: &canvas)
    }

    private func draw(
      _ edges: [NetworkEdge], between points: [(x: Double, y: Double)], _ radii: [Double], on canvas: inout Canvas
    ) {
      let strongest = edges.map(\.weight).max() ?? 1
      canvas.svg.group(
        "g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.35, "fill": "none"]
      ) { svg in
        for edge in edges {
          let (start, end) = (points[edge.from], points[edge.to])
          let (dx, dy) = (end.x - start.x, end.y - start.y)
          let length = hypot(dx, dy)
          // A link to itself has no length.
          guard length > radii[edge.from] + radii[edge.to] else { continue }
          let rest = (length - radii[edge.to] - 1) / length
          let tip = (x: start.x + dx * rest, y: start.y + dy * rest)
          var path = SVGPath()
          path.polyline([start, isDirected ? tip : end])
          if isDirected {
            let (back, side) = ((x: dx / length * 7, y: dy / length * 7), (x: dy / length * 3.5, y: -dx / length * 3.5))
            path.polyline([
              (tip.x - back.x + side.x, tip.y - back.y + side.y), tip,
              (tip.x - back.x - side.x, tip.y - back.y - side.y),
            ])
          }
          let share = strongest > 0 ? edge.weight / strongest : 1
          svg.element(
            "path", ["d": .text(path.data), "stroke-width": .number((style.lineWidth ?? 3) * max(share, 0.1) / 2)])
        }
      }
    }

    /// Names beside their nodes, where possible away from links, the best linked first; those that would touch another
    /// are left out.
    private func writeNames(
      at points: [(x: Double, y: Double)], _ radii: [Double], _ degrees: [Int],
      _ links: [((x: Double, y: Double), (x: Double, y: Double))], on canvas: inout Canvas
    ) {
      var taken = zip(points, radii).map {
        Box(left: $0.x - $1, top: $0.y - $1, right: $0.x + $1, bottom: $0.y + $1)
      }
      for node in names.indices.sorted(by: { (-degrees[$0], $0) < (-degrees[$1], $1) }) {
        let text = TextMetrics.fitted(names[node], size: FontSize.tick, width: 2 * Self.edge.x)
        let half = TextMetrics.width(of: text, size: FontSize.tick) / 2
        // A node has its own place and four sides for its name: below, above, right and left.
        let (point, gap) = (points[node], radii[node] + 3)
        let middles = [
          (point.x, point.y + gap + 6), (point.x, point.y - gap - 6), (point.x + gap + half, point.y),
          (point.x - gap - half, point.y),
        ]
        let boxes = middles.map { Box(left: $0 - half, top: $1 - 6, right: $0 + half, bottom: $1 + 6) }
          .filter { box in
            box.left >= canvas.plot.left && box.right <= canvas.plot.right && !taken.contains(where: box.touches)
          }
        let free = boxes.first { box in !links.contains { box.meets($0, $1) } }
        guard let box = free ?? boxes.first else { continue }
        taken.append(box)
        canvas.svg.element(
          "text",
          [
            "x": .number(box.middleX), "y": .number(box.bottom - 2), "text-anchor": "middle", "class": "ink halo",
            "fill": .text(Theme.light.ink.css), "pointer-events": "none",
          ], content: text)
      }
    }
  }
}

extension Box {
  /// Whether two rectangles have a place in common.
  func touches(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// Whether a line between two points goes through the rectangle.
  func meets(_ start: (x: Double, y: Double), _ end: (x: Double, y: Double)) -> Bool {
    // Liang and Barsky (1984): what is left of the line after each side has cut off its part.
    var (first, last) = (0.0, 1.0)
    for (from, by, low, high) in [(start.x, end.x - start.x, left, right), (start.y, end.y - start.y, top, bottom)] {
      if by == 0 {
        if from <= low || from >= high { return false }
        continue
      }
      let (a, b) = ((low - from) / by, (high - from) / by)
      (first, last) = (max(first, min(a, b)), min(last, max(a, b)))
    }
    return first < last
  }
}
