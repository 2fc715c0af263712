/// How a hierarchical clustering joined single samples to ever larger clusters.
///
///     Chart { DendrogramMark([[0, 1, 0.5, 2], [2, 3, 1.2, 3]], labels: ["a", "b", "c"], cutAt: 1) }
///       .yLabel("distance")
///
/// The joins are in the form of SciPy's `linkage`: a row for each of the n − 1 joins, with the two clusters that are
/// joined and their distance; what follows is not used. Clusters 0 to n − 1 are the samples, cluster n + i comes of join
/// i. Samples stand in the order that keeps lines from crossing, the first of a join to the left.
public struct DendrogramMark: Mark {
  private let joins: [[Double]]
  private let labels: (any PlotChannel)?
  private let cut: Double?

  /// - Parameters:
  ///   - joins: rows of at least three numbers, ordered so that clusters are made before they are joined.
  ///   - labels: the names of the n samples; default 0, 1, 2, ….
  ///   - cutAt: clusters joined below this distance have a colour each.
  public init(_ joins: [[Double]], labels: (any PlotChannel)? = nil, cutAt cut: Double? = nil) {
    (self.joins, self.labels, self.cut) = (joins, labels, cut)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let tree = try JoinTree(joins)
    let names = try optionalColumn(labels, in: table)?.texts ?? (0..<tree.sampleCount).map(String.init)
    guard names.count == tree.sampleCount else {
      throw ChartError(.wrongLabels(what: "DendrogramMark", expected: tree.sampleCount, found: names.count))
    }
    return ResolvedMark(Layer(tree: tree, names: HeatmapLayer.places(names), cut: cut))
  }

  private struct Layer: MarkLayer {
    let tree: JoinTree
    /// Told apart where labels repeat.
    let names: [String]
    let cut: Double?

    var rowCount: Int { tree.sampleCount }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.categories(tree.order.map { names[$0] }), gap: 0),
        y: AxisDemand(.numbers(tree.joins.map(\.height)), includesZero: true))
    }

    func draw(on canvas: inout Canvas) {
      var places = names.map { canvas.x.position(of: .category($0)) ?? 0 }
      let clusters = cut.map(tree.clusters(below:)) ?? []
      for (index, join) in tree.joins.enumerated() {
        let (left, right) = (places[join.first], places[join.second])
        places.append((left + right) / 2)
        guard let top = canvas.y.position(of: join.height),
          let leftFoot = canvas.y.position(of: tree.height(join.first)),
          let rightFoot = canvas.y.position(of: tree.height(join.second))
        else {
          canvas.skipped += 1
          continue
        }
        var path = SVGPath()
        path.polyline([(left, leftFoot), (left, top), (right, top), (right, rightFoot)])
        let color = clusters.isEmpty ? nil : clusters[index].map { Palette.okabeIto[$0] }
        canvas.svg.element(
          "path",
          [
            "d": .text(path.data), "fill": "none", "stroke": .text((color ?? .gray).css), "stroke-width": 1.5,
            "stroke-linejoin": "round",
          ], tooltip: "\(tree.size(tree.sampleCount + index)) samples at \(NumberText.short(join.height))")
      }
    }
  }
}
