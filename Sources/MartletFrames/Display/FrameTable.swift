import Foundation
import MartletDisplay

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
      let texts = Self.texts(column.taking(RowIndex(rows.compactMap { $0 })))
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
    switch column.content {
    case .double(let column):
      let texts = FrameNumberFormat.texts(column.map { $0 ?? .nan })
      return zip(column, texts).map { $0 == nil ? nil : $1 }
    case .float(let column):
      let texts = FrameNumberFormat.texts(column.map { $0.map { Double("\($0)") ?? .nan } ?? .nan })
      return zip(column, texts).map { $0 == nil ? nil : $1 }
    case .tensor(let column): return column.map { $0.map { "shape \($0.shape)" } }
    case .doubleLists(let column): return column.map { $0.map(listed) }
    case .intLists(let column): return column.map { $0.map(listed) }
    case .textLists(let column): return column.map { $0.map(listed) }
    case .date(let column):
      let format = DateText(column)
      return column.indices.map { column.validity[$0] ? format.shown(column.storage.ticks[$0]) : nil }
    default: return column.texts().map { $0.map(shortened) }
    }
  }

  /// The first values of a list, and how many there are where that is not all.
  private static func listed(_ list: [some CustomStringConvertible]) -> String {
    let shown = list.prefix(5).map(\.description).joined(separator: ", ")
    return list.count > 5 ? "[\(shown), …] \(list.count)" : "[\(shown)]"
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
        + (column?.name ?? "…").htmlEscaped
        + "<br><span style=\"font-weight: normal; font-size: 85%; opacity: 0.6\">"
        + (column?.type.description ?? "…").htmlEscaped + "</span></th>"
    }
    html += "</tr></thead><tbody>"
    for row in shownRows.indices {
      html += "<tr>"
      for (column, cells) in zip(shownColumns, cells) {
        html +=
          "<td style=\"\(style(column)); padding: 0.2em 0.8em\">"
          + (cells[row]?.htmlEscaped ?? "<span style=\"opacity: 0.4\">missing</span>") + "</td>"
      }
      html += "</tr>"
    }
    return html + "</tbody></table><p style=\"opacity: 0.6; margin: 0.3em 0.8em\">\(note)</p></div>"
  }

  private func style(_ column: AnyColumn?) -> String {
    column?.isNumeric ?? false ? "text-align: right" : "text-align: left"
  }
}
