import Foundation
import MartletDisplay
import MartletFrames

/// A model that shows what it has learned as a table.
public protocol ModelSummary: FittedModel, RichDisplayable, CustomStringConvertible {
  /// What was learned, under the features' names where they are known.
  func summaryTable(features: [String]?, target: String?) -> ModelTable
}

extension ModelSummary {
  /// What was learned, for a terminal.
  public var description: String { summaryTable(features: nil, target: nil).text }
  /// What was learned, as text and as an HTML table.
  public func displayBundle() -> DisplayBundle { summaryTable(features: nil, target: nil).displayBundle() }
}

/// A title, lines of facts and a small table: how a model introduces itself.
public struct ModelTable: Sendable, RichDisplayable, CustomStringConvertible {
  let title: String
  let facts: [String]
  let header: [String]
  let rows: [[String]]

  /// - Parameters:
  ///   - title: the model's name.
  ///   - facts: one line each.
  ///   - header: the names of the table's columns; the first is aligned left, the others right.
  ///   - rows: as many texts each as the header.
  public init(title: String, facts: [String], header: [String], rows: [[String]]) {
    self.title = title
    self.facts = facts
    self.header = header
    self.rows = rows
  }

  /// At most this many rows are shown.
  private static let limit = 20

  private var shown: [[String]] {
    guard rows.count > Self.limit else { return rows }
    return rows.prefix(Self.limit) + [["… \(rows.count - Self.limit) more"] + header.dropFirst().map { _ in "" }]
  }

  /// The table for a terminal.
  public var text: String {
    let lines = [header] + shown
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let isRight = alignsRight
    let table = lines.map { line in
      var padded = ""
      for (column, text) in line.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - text.count)
        padded += (column == 0 ? "" : "  ") + (isRight[column] ? gap + text : text + gap)
      }
      return String(padded.reversed().drop { $0 == " " }.reversed())
    }
    return ([title] + facts + table).joined(separator: "\n")
  }

  /// The table for a terminal, as `print` shows it.
  public var description: String { text }

  /// The table as text and as HTML; every text is escaped.
  public func displayBundle() -> DisplayBundle {
    var html = "<div><strong>\(title.htmlEscaped)</strong>"
    html += facts.map { "<br><span style=\"opacity: 0.7\">\($0.htmlEscaped)</span>" }.joined()
    html += "<table style=\"border-collapse: collapse; font-variant-numeric: tabular-nums\"><thead><tr>"
    let isRight = alignsRight
    html += cells(header, "th", isRight) + "</tr></thead><tbody>"
    html += shown.map { "<tr>\(cells($0, "td", isRight))</tr>" }.joined() + "</tbody></table></div>"
    return [.plainText: .text(text), .html: .text(html)]
  }

  /// Which columns stand at the right: those of numbers, but for the first, which names the rows.
  private var alignsRight: [Bool] {
    header.indices.map { column in column > 0 && Self.areNumbers(rows.map { $0[column] }) }
  }

  /// Whether there are texts that say anything and all of them are numbers, also such as `93.1 %`, `0.91 ± 0.02` or `1,204`.
  package static func areNumbers(_ texts: [String]) -> Bool {
    texts.contains { !$0.isEmpty }
      && texts.allSatisfy { text in
        text.split { " %±…()[]→".contains($0) }.allSatisfy { part in
          ["—", "–", "-", "∞", "−∞", "nan"].contains(part)
            || Double(part.replacingOccurrences(of: "−", with: "-").replacingOccurrences(of: ",", with: "")) != nil
        }
      }
  }

  private func cells(_ texts: [String], _ tag: String, _ isRight: [Bool]) -> String {
    texts.enumerated().map { column, text in
      let side = isRight[column] ? "right" : "left"
      return "<\(tag) style=\"text-align: \(side); padding: 0.2em 0.8em\">\(text.htmlEscaped)</\(tag)>"
    }.joined()
  }
}
