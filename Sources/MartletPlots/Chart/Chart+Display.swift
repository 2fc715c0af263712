import MartletDisplay

extension Chart: PlotPicture, CustomStringConvertible {
  /// The picture as a complete SVG document.
  public var svg: String { ChartRenderer(chart: self).render().svg }

  /// The picture's width and height, in CSS pixels.
  public var pictureSize: (width: Double, height: Double) {
    let picture = ChartRenderer(chart: self).render()
    return (picture.width, picture.height)
  }

  /// What the picture leaves out, in words: rows without a finite value, for example. Empty when everything is drawn.
  public var notes: [String] { ChartRenderer(chart: self).render().notes }

  /// The chart in one line: `Chart "Penguins": 344 rows, x: bill_length, y: body_mass, color: species`.
  public var description: String { ChartRenderer(chart: self).summary }

  /// The picture as SVG, and a line of text for terminals.
  public func displayBundle() -> DisplayBundle {
    let renderer = ChartRenderer(chart: self)
    let picture = renderer.render()
    return [.svg: .text(picture.svg), .plainText: .text(([renderer.summary] + picture.notes).joined(separator: "\n"))]
  }
}
