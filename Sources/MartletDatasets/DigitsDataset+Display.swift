import MartletDisplay

extension DigitsDataset: CustomStringConvertible, RichDisplayable {
  /// What the data are, with source and licence.
  public var description: String {
    "\(information.summary)\nSource: \(information.source)\nLicence: \(information.licence)"
  }

  /// The description, and the first twenty pictures with their labels.
  public func displayBundle() -> DisplayBundle {
    [.plainText: .text(description), .svg: .text(firstPictures(columns: 10, rows: 2))]
  }

  private func firstPictures(columns: Int, rows: Int) -> String {
    let (cell, picture) = (60, 48)
    var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(columns * cell)\" height=\"\(rows * (cell + 14))\""
    svg += " role=\"img\"><title>The first \(columns * rows) digits</title>"
    for place in 0..<min(columns * rows, labels.count) {
      let (x, y) = (place % columns * cell, place / columns * (cell + 14))
      svg += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(picture)\" height=\"\(picture)\" fill=\"white\"/>"
      for pixel in 0..<64 where features[place, pixel] > 0 {
        let (left, top) = (x + pixel % 8 * 6, y + pixel / 8 * 6)
        svg +=
          "<rect x=\"\(left)\" y=\"\(top)\" width=\"6\" height=\"6\" fill-opacity=\"\(features[place, pixel] / 16)\"/>"
      }
      svg += "<text x=\"\(x + picture / 2)\" y=\"\(y + picture + 16)\" text-anchor=\"middle\" font-size=\"13\""
      svg += " font-family=\"sans-serif\" fill=\"gray\">\(labels[place])</text>"
    }
    return svg + "</svg>"
  }
}
