import Foundation
import MartletDisplay

extension DataFrame: CustomStringConvertible, RichDisplayable {
  /// The shape, the columns' names and types, and the first and last rows.
  public var description: String { FrameTable(self).text }

  /// The table as text and as HTML. Of more than 10 rows or 20 columns the middle is left out, and the full shape is
  /// told.
  public func displayBundle() -> DisplayBundle {
    let table = FrameTable(self)
    return [.plainText: .text(table.text), .html: .text(table.html)]
  }
}

/// The part of a frame that is shown, as texts.
struct FrameTable {
  private let frame: DataFrame
  private let shownColumns: [AnyColumn?]
  private let shownRows: [Int?]
  /// The texts of each shown column; `nil` for a missing value.
  private let cells: [[String?]]

  init(_ frame: DataFrame) {
    self.frame = frame
    shownColumns = Self.ends(frame.columns.count, limit: 20).map { $0.map { frame.columns[$0] } }
    let rows = Self.ends(frame.rowCount, limit: 10)
    shownRows = rows
    cells = shownColumns.map { column in
      guard let column else { return rows.map { _ in "…" } }
      let texts = Self.texts(column.rows(rows.compactMap { $0 }))
      var next = texts.makeIterator()
      return rows.map { $0 == nil ? "…" : next.next() ?? nil }
    }
  }

  /// The places shown of `count`: all, or as many at each end, with `nil` for the rest.
  private static func ends(_ count: Int, limit: Int) -> [Int?] {
    guard count > limit else { return Array(0..<count) }
    return Array(0..<limit / 2) + [nil] + Array(count - limit / 2..<count)
  }

  private static func texts(_ column: AnyColumn) -> [String?] {
    guard case .double(let column) = column.content else { return column.texts().map { $0.map(shortened) } }
    let texts = FrameNumberFormat.texts(column.map { $0 ?? .nan })
    return zip(column, texts).map { $0 == nil ? nil : $1 }
  }

  /// Long texts end in an ellipsis, and stay on one line.
  private static func shortened(_ text: String) -> String {
    let line = text.replacingOccurrences(of: "\r\n", with: "⏎").replacingOccurrences(of: "\n", with: "⏎")
    return line.count > 50 ? line.prefix(49) + "…" : line
  }

  private var note: String {
    let (rows, columns) = frame.shape
    return "\(rows) row\(rows == 1 ? "" : "s") × \(columns) column\(columns == 1 ? "" : "s")"
  }

  var text: String {
    var widths: [Int] = []
    for (column, cells) in zip(shownColumns, cells) {
      let texts = cells.map { $0 ?? "missing" } + [column?.name ?? "…", column?.type.description ?? "…"]
      widths.append(texts.map(\.count).max() ?? 0)
    }
    func line(_ texts: [String]) -> String {
      let padded = texts.indices.map { i -> String in
        let gap = String(repeating: " ", count: max(0, widths[i] - texts[i].count))
        return shownColumns[i]?.isNumeric ?? false ? gap + texts[i] : texts[i] + gap
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    var lines = [
      note, line(shownColumns.map { $0?.name ?? "…" }), line(shownColumns.map { $0?.type.description ?? "…" }),
    ]
    lines.append(line(widths.map { String(repeating: "─", count: $0) }))
    for row in shownRows.indices { lines.append(line(cells.map { $0[row] ?? "missing" })) }
    return lines.joined(separator: "\n")
  }

  /// Colours come from the page, so that the table suits light and dark themes; what the data say is always escaped.
  var html: String {
    var html = "<div><table style=\"border-collapse: collapse; font-variant-numeric: tabular-nums\"><thead><tr>"
    for column in shownColumns {
      html +=
        "<th style=\"\(style(column)); padding: 0.3em 0.8em; vertical-align: bottom\">"
        + HTMLEscape.text(column?.name ?? "…")
        + "<br><span style=\"font-weight: normal; font-size: 85%; opacity: 0.6\">"
        + HTMLEscape.text(column?.type.description ?? "…") + "</span></th>"
    }
    html += "</tr></thead><tbody>"
    for row in shownRows.indices {
      html += "<tr>"
      for (column, cells) in zip(shownColumns, cells) {
        html +=
          "<td style=\"\(style(column)); padding: 0.2em 0.8em\">"
          + (cells[row].map(HTMLEscape.text) ?? "<span style=\"opacity: 0.4\">missing</span>") + "</td>"
      }
      html += "</tr>"
    }
    return html + "</tbody></table><p style=\"opacity: 0.6; margin: 0.3em 0.8em\">\(note)</p></div>"
  }

  private func style(_ column: AnyColumn?) -> String {
    column?.isNumeric ?? false ? "text-align: right" : "text-align: left"
  }
}

/// Numbers of one column with equally many decimals.
package enum FrameNumberFormat {
  /// Up to six decimals, no more than the numbers need; scientific notation for the very large and the very small.
  package static func texts(_ numbers: [Double]) -> [String] {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
    if (sizes.max() ?? 1) >= 1e9 || (sizes.max() ?? 1) < 1e-4 {
      return numbers.map { $0.isFinite ? String(format: "%.4e", $0) : "\($0)" }
    }
    let decimals = numbers.filter(\.isFinite).map { number in
      let text = String(format: "%.6f", number)
      return 6 - min(text.reversed().prefix { $0 == "0" }.count, 6)
    }
    let shown = max(decimals.max() ?? 1, 1)
    return numbers.map { $0.isFinite ? String(format: "%.\(shown)f", $0) : "\($0)" }
  }
}

/// Data become text in a page, never markup.
package enum HTMLEscape {
  /// `text` with every character that has a meaning in HTML replaced by its name.
  package static func text(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
