/// How often values fall into intervals of equal width.
///
///     Chart { HistogramMark(ages) }
///     try Chart(penguins) { HistogramMark("body_mass", bins: 20, color: "species") }
///
/// Every interval contains its lower end; the last one contains its upper end too.
public struct HistogramMark: StyledMark {
  private let values: any PlotChannel
  private let bins: Int?
  private let color: (any PlotChannel)?
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - values: the quantities to count.
  ///   - bins: how many intervals divide the range from the smallest to the largest value. By default their ends are
  ///     round numbers, and there are about as many as the rules of Freedman and Diaconis (width `2 · IQR / ∛n`) or of
  ///     Sturges (`log₂ n + 1` intervals) ask for, whichever are more.
  ///   - color: names; the counts of the groups are stacked.
  ///   - label: the legend's name for all bars, where there is no `color`.
  public init(_ values: any PlotChannel, bins: Int? = nil, color: (any PlotChannel)? = nil, label: String? = nil) {
    (self.values, self.bins, self.color, self.label) = (values, bins, color, label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let values = try numericColumn(values, of: "HistogramMark", channel: "values", in: table)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("HistogramMark", x: values, color: color)
    let numbers = (0..<rows.count).compactMap { values[$0].number }
    return ResolvedMark(Layer(rows: rows, bins: HistogramBins(numbers, count: bins), style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let bins: HistogramBins
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }

    /// The counts of every series, and the rows that were not counted.
    private var counts: (series: [(category: String?, counts: [Int])], skipped: Int) {
      var counted = 0
      let series = rows.series(of: Array(0..<rows.count)).map { category, rows in
        let numbers = rows.compactMap { self.rows.x?[$0].number }
        counted += numbers.count
        return (category: category, counts: bins.counts(of: numbers))
      }
      return (series, rows.count - counted)
    }

    var demands: MarkDemands {
      let totals = bins.edges.indices.dropLast().map { bin in counts.series.reduce(0) { $0 + $1.counts[bin] } }
      return MarkDemands(
        x: AxisDemand(
          rows.x?.isTime == true ? .instants(bins.edges) : .numbers(bins.edges), title: rows.x?.name, isTight: true),
        y: AxisDemand(.numbers(totals.map(Double.init)), title: "count", includesZero: true),
        color: ColorDemand(rows.color))
    }

    func draw(on canvas: inout Canvas) {
      let (series, skipped) = counts
      canvas.skipped += skipped
      var bases = Array(repeating: 0, count: bins.edges.count)
      for (category, counts) in series {
        for (bin, count) in counts.enumerated() where count > 0 {
          draw(bin: bin, from: bases[bin], count: count, category: category, on: &canvas)
          bases[bin] += count
        }
      }
    }

    private func draw(bin: Int, from base: Int, count: Int, category: String?, on canvas: inout Canvas) {
      let (lower, upper) = (bins.edges[bin], bins.edges[bin + 1])
      guard let left = canvas.x.position(of: lower), let right = canvas.x.position(of: upper),
        let top = canvas.y.position(of: Double(base + count))
      else { return }
      let bottom = base == 0 ? canvas.y.baseline : canvas.y.position(of: Double(base)) ?? canvas.y.baseline
      let (width, height) = (abs(right - left), abs(bottom - top))
      let space = width > 4 ? 1.0 : 0
      let range = "\(rows.x?.text(lower) ?? "") to \(rows.x?.text(upper) ?? ""): \(count)"
      canvas.svg.element(
        "rect",
        [
          "x": .number(min(left, right) + space / 2), "y": .number(min(top, bottom)),
          "width": .number(max(width - space, 0.5)), "height": .number(height),
          "fill": .text(canvas.color(category: category, style: style).css),
          "fill-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: category.map { "\($0)\n\(range)" } ?? range)
    }
  }
}
