/// A bar for every sample, sorted within its cluster; drawn as one outline for each cluster.
struct SilhouetteMark: Mark {
  private let values: [Double]
  private let clusters: [Int]

  init(_ values: [Double], clusters: [Int]) { (self.values, self.clusters) = (values, clusters) }

  func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let byCluster = Dictionary(grouping: values.indices, by: { clusters[$0] }).sorted { $0.key < $1.key }
    let groups = byCluster.map { cluster, rows in
      let found: [Double] = rows.map { values[$0] }.filter(\.isFinite)
      return (name: "\(cluster)", values: found.sorted(by: >))
    }
    return ResolvedMark(Layer(groups: groups, rowCount: values.count))
  }

  private struct Layer: MarkLayer {
    /// From the highest value.
    let groups: [(name: String, values: [Double])]
    let rowCount: Int

    var takesSeriesColor: Bool { false }
    /// The empty rows between clusters.
    private var gap: Double { max(1, Double(rowCount) * 0.02) }
    private var height: Double { groups.reduce(0) { $0 + Double($1.values.count) + gap } }

    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.numbers(groups.flatMap(\.values)), includesZero: true),
        y: AxisDemand(.numbers([0, height]), isTight: true),
        color: ColorDemand(.categories(groups.map(\.name)), title: "cluster"))
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rowCount - groups.reduce(0) { $0 + $1.values.count }
      var row = height - gap / 2
      guard let zero = canvas.x.position(of: 0) else { return }
      for group in groups {
        var points: [(x: Double, y: Double)] = []
        for value in group.values {
          for edge in [row, row - 1] {
            if let x = canvas.x.position(of: value), let y = canvas.y.position(of: edge) { points.append((x, y)) }
          }
          row -= 1
        }
        row -= gap
        guard let first = points.first, let last = points.last else { continue }
        var path = SVGPath()
        path.polygon([(zero, first.y)] + points + [(zero, last.y)])
        let color = canvas.color(category: group.name, style: MarkStyle())
        let mean = group.values.reduce(0, +) / Double(group.values.count)
        canvas.svg.element(
          "path", ["d": .text(path.data), "fill": .text(color.css), "fill-opacity": 0.85],
          tooltip: "cluster \(group.name): \(group.values.count) samples, mean \(NumberText.short(mean))")
      }
    }
  }
}
