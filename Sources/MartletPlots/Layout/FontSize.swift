/// The sizes of a chart's texts, in pixels.
enum FontSize {
  static let title = 16.0
  static let subtitle = 12.0
  static let axisTitle = 12.0
  static let tick = 11.0
  static let legend = 12.0
  static let strip = 11.5
  static let note = 10.5
}
