import Foundation
import MartletDisplay
import MartletFrames
import MartletModels

extension ModelCard: RichDisplayable, CustomStringConvertible {
  /// A heading of the card with what stands below it.
  private enum Part {
    case line(String, String)
    case list(String, [String])
    case table(String, header: [String], rows: [[String]])
  }

  /// What there is to show, in order; empty parts are left out.
  private var parts: [Part] {
    let lists: [Part] = [
      .list("Intended uses", intendedUses), .list("Not to be used for", unsuitableUses), .list("Limits", limits),
    ]
    let tables: [Part] = [
      .table(
        "Metrics", header: ["metric", "value", "on"],
        rows: metrics.map { [$0.name, Self.text($0.value), $0.samples] }),
      .table(
        "Data", header: ["name", "source", "licence", "note"],
        rows: data.map { [$0.name, $0.source, $0.licence, $0.note ?? ""] }),
    ]
    let lines: [Part] = [.line("Licence", licence)] + (contact.map { [.line("Contact", $0)] } ?? [])
    return (lines + lists + tables).filter { part in
      switch part {
      case .line(_, let text): !text.isEmpty
      case .list(_, let entries): !entries.isEmpty
      case .table(_, _, let rows): !rows.isEmpty
      }
    }
  }

  /// A number by itself: the others of the card measure other things. Whole numbers are whole.
  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? String(format: "%.0f", value) : FrameNumberFormat.texts([value])[0]
  }

  /// Which columns of a table are numbers.
  private static func alignsRight(_ header: [String], _ rows: [[String]]) -> [Bool] {
    header.indices.map { column in column > 0 && ModelTable.areNumbers(rows.map { $0[column] }) }
  }

  private var heading: String { version.map { "\(name) \($0)" } ?? name }

  /// The card as Markdown; text of the card is never taken for Markdown or HTML.
  public var markdown: String {
    let sections = parts.map { part in
      switch part {
      case .line(let title, let text): return "**\(title)**: \(text.markdownEscaped)"
      case .list(let title, let entries):
        return "## \(title)\n\n" + entries.map { "- \($0.markdownEscaped)" }.joined(separator: "\n")
      case .table(let title, let header, let rows):
        let rules = Self.alignsRight(header, rows).map { $0 ? "---:" : "---" }
        let lines = [header, rules] + rows.map { $0.map(\.markdownEscaped) }
        return "## \(title)\n\n" + lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
      }
    }
    return (["# \(heading.markdownEscaped)", summary.markdownEscaped] + sections).joined(separator: "\n\n") + "\n"
  }

  /// The card as a piece of HTML; every text is escaped.
  public var html: String {
    let sections = parts.map { part in
      switch part {
      case .line(let title, let text): return "<p><strong>\(title)</strong>: \(text.htmlEscaped)</p>"
      case .list(let title, let entries):
        return "<h3>\(title)</h3><ul>\(entries.map { "<li>\($0.htmlEscaped)</li>" }.joined())</ul>"
      case .table(let title, let header, let rows):
        let sides = Self.alignsRight(header, rows).map { $0 ? "right" : "left" }
        func line(_ cells: [String], _ tag: String) -> String {
          let cells = zip(cells, sides).map { "<\(tag) style=\"text-align: \($1)\">\($0.htmlEscaped)</\(tag)>" }
          return "<tr>\(cells.joined())</tr>"
        }
        return "<h3>\(title)</h3><table><thead>\(line(header, "th"))</thead>"
          + "<tbody>\(rows.map { line($0, "td") }.joined())</tbody></table>"
      }
    }
    return "<article><h2>\(heading.htmlEscaped)</h2><p>\(summary.htmlEscaped)</p>\(sections.joined())</article>"
  }

  /// The card as Markdown.
  public var description: String { markdown }
  /// The card as HTML and as Markdown.
  public func displayBundle() -> DisplayBundle {
    [.plainText: .text(markdown), .html: .text(html)]
  }
}

extension String {
  /// The text as Markdown shows it letter by letter, on one line.
  fileprivate var markdownEscaped: String {
    var escaped = ""
    for character in self {
      switch character {
      case _ where character.isNewline: escaped += " "
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", "$": escaped += "\\\(character)"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      default: escaped.append(character)
      }
    }
    // A list within a list, otherwise.
    return escaped.hasPrefix("-") ? "\\" + escaped : escaped
  }
}
