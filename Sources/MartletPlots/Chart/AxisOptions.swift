/// What a chart's methods set for one of its axes.
struct AxisOptions: Sendable {
  /// The part of an axis to show.
  enum Domain: Sendable {
    case numbers(ClosedRange<Double>)
    case names([String])
  }

  var label: String?
  var kind = ScaleKind.linear
  var domain: Domain?
  var format = TickFormat.automatic
  var isReversed = false
  /// Whether the axis is drawn without labels and title.
  var isHidden = false
}
