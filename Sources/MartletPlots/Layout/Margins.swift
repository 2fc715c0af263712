/// The room around the plots of a chart, and between them where it has several, in pixels.
struct Margins: Sendable, Equatable {
  var left = 0.0
  var right = 0.0
  var top = 0.0
  var bottom = 0.0
  /// Between neighbouring columns of panels.
  var columnGap = 0.0
  /// Between neighbouring rows of panels.
  var rowGap = 0.0

  /// The larger of each.
  func union(_ other: Margins) -> Margins {
    Margins(
      left: max(left, other.left), right: max(right, other.right), top: max(top, other.top),
      bottom: max(bottom, other.bottom), columnGap: max(columnGap, other.columnGap), rowGap: max(rowGap, other.rowGap))
  }
}
