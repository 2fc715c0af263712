/// Things that divide into things: a decision, a family, a grammar.
///
///     indirect enum Question { case leaf(String), split(String, Question, Question) }
///     Chart {
///       TreeDiagram(root) { node in
///         switch node { case .leaf: [] case .split(_, let yes, let no): [yes, no] }
///       } label: { node in
///         switch node { case .leaf(let text), .split(let text, _, _): text }
///       }
///     }
///
/// Leaves stand at equal distances in their order, every other node above the middle of its children, levels below each
/// other. Labels that are too long for their room are cut; pointing at one shows it whole.
public struct TreeDiagram: Mark {
  private let layout: TreeLayout

  /// - Parameters:
  ///   - root: the node at the top.
  ///   - children: the nodes below a node; none for a leaf. Asked once for each node, here and now. Trees of more than
  ///     10,000 nodes or 200 levels stop the cell: a node that is its own child would never end.
  ///   - label: what is written in a node; a line break starts another line.
  public init<Node>(_ root: Node, children: (Node) throws -> [Node], label: (Node) throws -> String) rethrows {
    layout = try TreeLayout(root, children: children, label: label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    ResolvedMark(Layer(layout: layout))
  }

  private struct Layer: MarkLayer {
    let layout: TreeLayout

    private static let levelHeight = 74.0
    private static let lineHeight = 13.0

    var rowCount: Int { layout.nodes.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      let width = Double(layout.leafCount) * 96
      return .free(width: width, height: Double(layout.depth) * Self.levelHeight)
    }

    func draw(on canvas: inout Canvas) {
      let plot = canvas.plot
      let (width, height) = (plot.width / Double(layout.leafCount), plot.height / Double(layout.depth))
      let places = layout.nodes.map { node in
        (x: plot.left + (node.place + 0.5) * width, y: plot.top + (Double(node.level) + 0.5) * height)
      }
      canvas.svg.group(
        "g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.45, "fill": "none"]
      ) { svg in
        for (node, place) in zip(layout.nodes, places) {
          guard let parent = node.parent.map({ places[$0] }) else { continue }
          svg.element("path", ["d": .text(Self.link(from: parent, to: place))])
        }
      }
      for (node, place) in zip(layout.nodes, places) {
        draw(node, at: place, room: (width * node.room - 6, height - 14), on: &canvas)
      }
    }

    /// A line that leaves and arrives upright.
    private static func link(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) -> String {
      func pair(_ x: Double, _ y: Double) -> String { "\(SVGWriter.number(x)) \(SVGWriter.number(y))" }
      let middle = (start.y + end.y) / 2
      return "M\(pair(start.x, start.y))C\(pair(start.x, middle)) \(pair(end.x, middle)) \(pair(end.x, end.y))"
    }

    private func draw(
      _ node: TreeLayout.Node, at place: (x: Double, y: Double), room: (width: Double, height: Double),
      on canvas: inout Canvas
    ) {
      let all = node.label.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let lines = all.prefix(max(1, Int((room.height - 6) / Self.lineHeight)))
        .map { TextMetrics.fitted($0, size: FontSize.tick, width: max(room.width - 16, 10)) }
      let width = (lines.map { TextMetrics.width(of: $0, size: FontSize.tick) }.max() ?? 0) + 18
      let height = Double(lines.count) * Self.lineHeight + 8
      let color = node.isLeaf ? Color.green : Color.blue
      let isCut = lines != all
      let frame: SVGWriter.Attributes = [
        "x": .number(place.x - width / 2), "y": .number(place.y - height / 2), "width": .number(width),
        "height": .number(height), "rx": 4, "class": "paper", "fill": .text(Theme.light.paper.css),
      ]
      canvas.svg.element("rect", frame)
      canvas.svg.element(
        "rect",
        [
          "x": .number(place.x - width / 2), "y": .number(place.y - height / 2), "width": .number(width),
          "height": .number(height), "rx": 4, "fill": .text(color.css), "fill-opacity": 0.14,
          "stroke": .text(color.css),
        ], tooltip: isCut ? node.label : nil)
      for (index, line) in lines.enumerated() {
        canvas.svg.element(
          "text",
          [
            "x": .number(place.x), "y": .number(place.y - height / 2 + 14 + Double(index) * Self.lineHeight),
            "text-anchor": "middle", "class": "ink", "fill": .text(Theme.light.ink.css), "pointer-events": "none",
          ], content: line)
      }
    }
  }
}
