/// What a chart's methods set.
struct ChartOptions: Sendable {
  var title: String?
  var subtitle: String?
  var xLabel: String?
  var yLabel: String?
  var colorLabel: String?
  var size: (width: Double, height: Double)?
  var xScale = ScaleKind.linear
  var yScale = ScaleKind.linear
  var xDomain: ClosedRange<Double>?
  var yDomain: ClosedRange<Double>?
  var palette = Palette.okabeIto
  var ramp: ColorRamp?
  var theme = ChartTheme.automatic
  var hasBackground = true
  var hidesLegend = false
}

extension Chart {
  /// The same chart under a heading.
  public func title(_ text: String) -> Chart { changed { $0.title = text } }
  /// The same chart with a smaller line below its heading.
  public func subtitle(_ text: String) -> Chart { changed { $0.subtitle = text } }
  /// The same chart with a name and unit for the horizontal axis; an empty text takes the name away.
  public func xLabel(_ text: String) -> Chart { changed { $0.xLabel = text } }
  /// The same chart with a name and unit for the vertical axis; an empty text takes the name away.
  public func yLabel(_ text: String) -> Chart { changed { $0.yLabel = text } }
  /// The same chart with a name for the legend; an empty text takes the name away.
  public func colorLabel(_ text: String) -> Chart { changed { $0.colorLabel = text } }
  /// The same chart in another size, in CSS pixels, at least 120 × 80. The default is 640 × 400.
  public func size(width: Double, height: Double) -> Chart {
    changed { $0.size = (min(max(width, 120), 10_000), min(max(height, 80), 10_000)) }
  }
  /// The same chart with another kind of horizontal axis.
  public func xScale(_ kind: ScaleKind) -> Chart { changed { $0.xScale = kind } }
  /// The same chart with another kind of vertical axis.
  public func yScale(_ kind: ScaleKind) -> Chart { changed { $0.yScale = kind } }
  /// The same chart, showing only that part of the horizontal axis.
  public func xDomain(_ domain: ClosedRange<Double>) -> Chart { changed { $0.xDomain = domain } }
  /// The same chart, showing only that part of the vertical axis.
  public func yDomain(_ domain: ClosedRange<Double>) -> Chart { changed { $0.yDomain = domain } }
  /// The same chart with other colours for groups.
  public func palette(_ palette: Palette) -> Chart { changed { $0.palette = palette } }
  /// The same chart with other colours for quantities.
  public func colorRamp(_ ramp: ColorRamp) -> Chart { changed { $0.ramp = ramp } }
  /// The same chart in light or dark.
  public func theme(_ theme: ChartTheme) -> Chart { changed { $0.theme = theme } }
  /// The same chart without a background of its own.
  public func transparentBackground() -> Chart { changed { $0.hasBackground = false } }
  /// The same chart without its legend.
  public func hidingLegend() -> Chart { changed { $0.hidesLegend = true } }

  private func changed(_ change: (inout ChartOptions) -> Void) -> Chart {
    var copy = self
    change(&copy.options)
    return copy
  }
}
