/// What a grid's methods set.
struct ChartGridOptions: Sendable {
  var title: String?
  var subtitle: String?
  var size: (width: Double, height: Double)?
  /// The shares of the columns' plots.
  var widths: [Double] = []
  /// The shares of the rows' plots.
  var heights: [Double] = []
  var sharesX = false
  var sharesY = false
  var sharesLegend = false
  var theme = ChartTheme.automatic
  var hasBackground = true
}

extension ChartGrid {
  /// The same charts under a heading.
  public func title(_ text: String) -> ChartGrid { changed { $0.title = text } }
  /// The same charts with a smaller line below their heading.
  public func subtitle(_ text: String) -> ChartGrid { changed { $0.subtitle = text } }
  /// The same charts in a picture of another size, in CSS pixels, at least 120 × 80.
  public func size(width: Double, height: Double) -> ChartGrid {
    changed { $0.size = (min(max(width, 120), 10_000), min(max(height, 80), 10_000)) }
  }
  /// The same charts, with the columns' plots in other proportions; missing shares, and those that are not positive,
  /// are 1.
  public func widths(_ shares: [Double]) -> ChartGrid { changed { $0.widths = shares } }
  /// The same charts, with the rows' plots in other proportions; missing shares, and those that are not positive, are 1.
  public func heights(_ shares: [Double]) -> ChartGrid { changed { $0.heights = shares } }
  /// The same charts with one horizontal axis for each column, labelled below its last chart.
  public func sharingX(_ isShared: Bool = true) -> ChartGrid { changed { $0.sharesX = isShared } }
  /// The same charts with one vertical axis for each row, labelled beside its first chart.
  public func sharingY(_ isShared: Bool = true) -> ChartGrid { changed { $0.sharesY = isShared } }
  /// The same charts with the first one's legend above them all, and no others.
  public func sharingLegend(_ isShared: Bool = true) -> ChartGrid { changed { $0.sharesLegend = isShared } }
  /// The same charts, all light or all dark.
  public func theme(_ theme: ChartTheme) -> ChartGrid { changed { $0.theme = theme } }
  /// The same charts without a background.
  public func transparentBackground() -> ChartGrid { changed { $0.hasBackground = false } }

  private func changed(_ change: (inout ChartGridOptions) -> Void) -> ChartGrid {
    var copy = self
    change(&copy.options)
    return copy
  }
}
