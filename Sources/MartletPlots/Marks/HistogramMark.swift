/// How often values fall into intervals of equal width.
///
///     Chart { HistogramMark(ages) }
///     try Chart(penguins) { HistogramMark("body_mass", bins: 20, color: "species") }
///     try Chart(penguins) { HistogramMark(y: "body_mass") }      // the bars lie
///
/// Every interval contains its lower end; the last one contains its upper end too.
public struct HistogramMark: StyledMark {
  private let values: any PlotChannel
  private let isLying: Bool
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
    (self.values, self.bins, self.color, self.label, isLying) = (values, bins, color, label, false)
  }

  /// Bars that lie, with the quantities on the vertical axis; everything else as in the other initialiser.
  public init(y values: any PlotChannel, bins: Int? = nil, color: (any PlotChannel)? = nil, label: String? = nil) {
    (self.values, self.bins, self.color, self.label, isLying) = (values, bins, color, label, true)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let values = try numericColumn(values, of: "HistogramMark", channel: "values", in: table)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("HistogramMark", x: values, color: color)
    // The panels of a divided chart count in the same intervals.
    let whole = try self.values.plotColumn(in: table?.whole)
    let numbers = (0..<whole.count).compactMap { whole[$0].number }
    return ResolvedMark(Layer(rows: rows, bins: HistogramBins(numbers, count: bins), isLying: isLying, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let bins: HistogramBins
    let isLying: Bool
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
      let isTime = rows.x?.isTime == true
      let bands = AxisDemand(
        isTime ? .instants(bins.edges) : .numbers(bins.edges), title: rows.x?.name, isTight: true)
      let lengths = AxisDemand(.numbers(totals.map(Double.init)), title: "count", includesZero: true)
      return MarkDemands(
        x: isLying ? lengths : bands, y: isLying ? bands : lengths, color: ColorDemand(rows.color, style))
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
      let (bands, lengths) = isLying ? (canvas.y, canvas.x) : (canvas.x, canvas.y)
      guard let start = bands.position(of: lower), let end = bands.position(of: upper),
        let top = lengths.position(of: Double(base + count))
      else { return }
      let bottom = base == 0 ? lengths.baseline : lengths.position(of: Double(base)) ?? lengths.baseline
      let space = abs(end - start) > 4 ? 1.0 : 0
      let thickness = max(abs(end - start) - space, 0.5)
      let (across, along) = (min(start, end) + space / 2, min(top, bottom))
      let range = "\(rows.x?.text(lower) ?? "") to \(rows.x?.text(upper) ?? ""): \(count)"
      canvas.svg.element(
        "rect",
        [
          "x": .number(isLying ? along : across), "y": .number(isLying ? across : along),
          "width": .number(isLying ? abs(top - bottom) : thickness),
          "height": .number(isLying ? thickness : abs(top - bottom)),
          "fill": .text(canvas.color(category: category, style: style).css),
          "fill-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: category.map { "\($0)\n\(range)" } ?? range)
    }
  }
}
