import Foundation
import MartletDisplay

extension FrameProfile: CustomStringConvertible, RichDisplayable {
  /// The columns, a line each, and the notes.
  public var description: String {
    var lines = ["\(rowCount) rows, \(columns.count) columns, \(duplicateRowCount) repeated rows"]
    let width = columns.map(\.name.count).max() ?? 0
    for column in columns {
      let name = column.name.padding(toLength: width, withPad: " ", startingAt: 0)
      lines.append(
        "\(name)  \(column.type)  \(column.missingCount) missing  \(column.distinctCount) distinct  \(facts(column))")
    }
    return (lines + notes.map { "• " + $0 }).joined(separator: "\n")
  }

  /// The report as text, and as HTML with a histogram for each column of numbers.
  public func displayBundle() -> DisplayBundle { [.plainText: .text(description), .html: .text(html)] }

  private func facts(_ column: ColumnProfile) -> String {
    guard let numbers = column.numbers else {
      return column.mostFrequent.map { "most often '\($0)' (\(column.frequency))" } ?? ""
    }
    let quartiles = numbers.quartiles.map { String(format: "%.4g", $0) }.joined(separator: " | ")
    let spread = numbers.standardDeviation.map { String(format: " ± %.4g", $0) } ?? ""
    return String(format: "%.4g", numbers.mean) + spread + ", \(quartiles), \(numbers.outlierCount) outliers"
  }

  private var html: String {
    var html = "<table><thead><tr><th>column</th><th>type</th><th>missing</th><th>distinct</th><th>mean ± deviation, "
    html += "quartiles, outliers; or the most frequent value</th><th>distribution</th></tr></thead><tbody>"
    for column in columns {
      let cells = [column.name, column.type, "\(column.missingCount)", "\(column.distinctCount)", facts(column)]
      html += "<tr>" + cells.map { "<td>\($0.htmlEscaped)</td>" }.joined()
      html += "<td>\(column.numbers.map { Self.picture($0.histogram, of: column.name) } ?? "")</td></tr>"
    }
    html += "</tbody></table><p>\(rowCount) rows, \(duplicateRowCount) of them repeated</p>"
    if notes.isEmpty { return html }
    return html + "<ul>" + notes.map { "<li>\($0.htmlEscaped)</li>" }.joined() + "</ul>"
  }

  private static func picture(_ counts: [Int], of name: String) -> String {
    let tallest = Double(max(counts.max() ?? 1, 1))
    var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"30\" role=\"img\">"
    svg += "<title>Histogram of \(name.htmlEscaped): \(counts.map { "\($0)" }.joined(separator: ", "))</title>"
    for (place, count) in counts.enumerated() {
      let height = Double(count) / tallest * 30
      svg += "<rect x=\"\(place * 12)\" y=\"\(String(format: "%.1f", 30 - height))\" width=\"11\" "
      svg += "height=\"\(String(format: "%.1f", height))\" fill=\"currentColor\" fill-opacity=\"0.6\"/>"
    }
    return svg + "</svg>"
  }
}
