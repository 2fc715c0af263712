/// What marks draw on: the chart's scales and the picture.
struct Canvas {
  let x: any PositionScale
  let y: any PositionScale
  let color: ColorScale
  let channels: ChannelPlan
  let plot: Box
  /// What a mark without a colour of its own is drawn in.
  var seriesColor: Color
  var svg = SVGWriter()
  /// Rows that have no place in the picture.
  var skipped = 0

  /// Pictures with more marks than this carry no tooltips, which would make them several times as large.
  static let mostTooltips = 2000

  /// Where a row stands; counts the row as skipped when there is no such place.
  mutating func point(_ x: PlotValue, _ y: PlotValue) -> (x: Double, y: Double)? {
    guard let left = self.x.position(of: x), let top = self.y.position(of: y) else {
      skipped += 1
      return nil
    }
    return (left, top)
  }

  /// The colour of a row, then of the mark, then of its place in the chart.
  func color(_ column: PlotColumn?, row: Int, style: MarkStyle) -> Color {
    if let column, let color = color.color(of: column[row]) { return color }
    return style.color ?? seriesColor
  }

  /// The colour of a whole series.
  func color(category: String?, style: MarkStyle) -> Color {
    category.flatMap { color.color(of: .category($0)) } ?? style.color ?? seriesColor
  }

  /// Where bars and areas stand: zero, or the edge of an axis without one.
  func baseline(_ scale: any PositionScale) -> Double { scale.baseline }
}
