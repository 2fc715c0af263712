/// What a chart's methods set.
struct ChartOptions: Sendable {
  var title: String?
  var subtitle: String?
  var caption: String?
  var x = AxisOptions()
  var y = AxisOptions()
  /// The quantities behind colours, which have a scale as axes have.
  var color = AxisOptions()
  var colorMiddle: Double?
  var sizeLabel: String?
  var symbolLabel: String?
  var opacityLabel: String?
  var size: (width: Double, height: Double)?
  /// Whether the size is the user's wish, and not just what suits the kind of chart.
  var isSizeGiven = false
  var palette = Palette.okabeIto
  var ramp: ColorRamp?
  var theme = ChartTheme.automatic
  var hasBackground = true
  var legend = LegendPlacement.top
  var hasEqualUnits = false
}

/// Where a chart's legend stands.
public struct LegendPlacement: Sendable, Hashable {
  enum Name: Sendable { case top, right, bottom, hidden }
  let name: Name

  /// Between the headings and the plot: the default.
  public static let top = LegendPlacement(name: .top)
  /// To the right of the plot, one name below the other.
  public static let right = LegendPlacement(name: .right)
  /// Below the plot.
  public static let bottom = LegendPlacement(name: .bottom)
  /// Nowhere.
  public static let hidden = LegendPlacement(name: .hidden)
}

extension Chart {
  /// The same chart under a heading.
  public func title(_ text: String) -> Chart { changed { $0.title = text } }
  /// The same chart with a smaller line below its heading.
  public func subtitle(_ text: String) -> Chart { changed { $0.subtitle = text } }
  /// The same chart with a small line at its foot: a source, a remark.
  public func caption(_ text: String) -> Chart { changed { $0.caption = text } }
  /// The same chart in another size, in CSS pixels, at least 120 × 80. The default is 640 × 400, more for many panels.
  public func size(width: Double, height: Double) -> Chart {
    changed {
      $0.size = (min(max(width, 120), 10_000), min(max(height, 80), 10_000))
      $0.isSizeGiven = true
    }
  }
  /// The same chart in a size that suits its kind, which does not matter in a grid.
  package func usualSize(width: Double, height: Double) -> Chart {
    let chart = size(width: width, height: height)
    return chart.changed { $0.isSizeGiven = false }
  }
  /// The same chart in light or dark.
  public func theme(_ theme: ChartTheme) -> Chart { changed { $0.theme = theme } }
  /// The same chart without a background of its own.
  public func transparentBackground() -> Chart { changed { $0.hasBackground = false } }
  /// The same chart with its legend elsewhere, or nowhere.
  public func legend(_ placement: LegendPlacement) -> Chart { changed { $0.legend = placement } }
  /// The same chart without its legend.
  public func hidingLegend() -> Chart { legend(.hidden) }

  func changed(_ change: (inout ChartOptions) -> Void) -> Chart {
    var copy = self
    change(&copy.options)
    return copy
  }
}
