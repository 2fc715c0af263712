extension ChartError: CustomStringConvertible {
  /// What was expected, what was found and what to do.
  public var description: String {
    switch fact {
    case .unknownColumn(let name, let known):
      "No column '\(name)'.\(Self.suggestion(for: name, among: known)) The frame has \(Self.list(known))."
    case .noTable(let column):
      "The chart has no frame to find the column '\(column)' in: write `try Chart(frame) { … }`, or give the mark arrays."
    case .lengthsDiffer(let mark, let lengths):
      "\(mark) needs one value for each row in every channel: \(lengths.joined(separator: ", "))."
    case .notNumbers(let mark, let channel): "\(mark) needs numbers for \(channel); these are names."
    case .notAMatrix(let rows, let lengths):
      "HeatmapMark needs rows of one length: the \(rows) rows have \(lengths.map(String.init).joined(separator: ", ")) values."
    case .wrongLabels(let what, let expected, let found): "\(what): expected \(expected) labels, found \(found)."
    case .wrongPixels(let image, let width, let found):
      "Image \(image) has \(found) pixels, which is not a whole number of rows of \(width) pixels."
    case .unsuitable(let message): message
    case .wrongPairs(let count): "Pairs are drawn of 1 to 12 columns; these are \(count)."
    case .tooManyPanels(let count, let most):
      "The chart would have \(count) panels; \(most) can be drawn. Group the values first, or filter them."
    case .noRasterizer(let reason):
      "PNG files are drawn by librsvg, which cannot be loaded: \(reason). Install it (Debian: apt-get install librsvg2-2), or write a file that ends with .svg."
    case .cannotDraw(let reason): "The chart cannot be drawn as PNG: \(reason)."
    case .wrongPictureSize(let width, let height, let most):
      "A PNG file has 1 to \(most) dots on each side; this one would have \(NumberText.short(width)) × \(NumberText.short(height)). Choose another scale."
    case .unknownFormat(let path):
      "Cannot write the chart to '\(path)': a chart is written as SVG or PNG, so the name must end with .svg or .png."
    case .cannotWrite(let path, let reason): "Cannot write the chart to '\(path)': \(reason)."
    }
  }

  private static func list(_ names: [String]) -> String {
    if names.isEmpty { return "no columns" }
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown), … (\(names.count) columns)" : shown
  }

  private static func suggestion(for name: String, among known: [String]) -> String {
    let wanted = Array(name.lowercased())
    let near = known.map { ($0, editDistance(wanted, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= max(2, name.count / 3) else { return "" }
    return " Did you mean '\(near.0)'?"
  }

  /// How many characters must be inserted, deleted or replaced to turn one text into the other.
  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
