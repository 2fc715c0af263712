/// Markdown as HTML that is safe to put into a page.
///
/// CommonMark's headings, emphasis, code, lists, quotes, links, pictures and rules; GitHub's tables, strikethrough and
/// bare addresses; TeX formulas; and the HTML that the sanitiser allows. Every other tag is shown as text.
package struct MarkdownRenderer {
  private var context: MarkdownContext

  /// - Parameter embeddedImage: gives a picture's content as a data URI; `nil` for one that cannot be had.
  package init(embeddedImage: @escaping (String) -> String? = { $0.hasPrefix("data:") ? $0 : nil }) {
    context = MarkdownContext(embeddedImage: embeddedImage)
  }

  /// The text as HTML.
  package func html(_ markdown: String) -> String {
    var renderer = self
    let blocks = renderer.takingDefinitions(from: MarkdownBlockParser.blocks(of: markdown))
    return MarkupSanitizer.sanitized(renderer.html(blocks, isTight: false))
  }

  private mutating func takingDefinitions(from blocks: [MarkdownBlock]) -> [MarkdownBlock] {
    blocks.compactMap { block in
      switch block {
      case .paragraph(let text):
        let rest = context.takeDefinitions(from: text)
        return rest.isEmpty && !text.isEmpty ? nil : .paragraph(rest)
      case .quote(let blocks): return .quote(takingDefinitions(from: blocks))
      case .list(let start, let isTight, let items):
        return .list(start: start, isTight: isTight, items: items.map { takingDefinitions(from: $0) })
      default: return block
      }
    }
  }

  private func html(_ blocks: [MarkdownBlock], isTight: Bool) -> String {
    blocks.map { html($0, isTight: isTight) }.joined(separator: "\n")
  }

  private func html(_ block: MarkdownBlock, isTight: Bool) -> String {
    switch block {
    case .heading(let level, let text):
      return "<h\(level) id=\"\(HTMLText.escaped(Self.anchor(text)))\">\(inline(text))</h\(level)>"
    case .paragraph(let text): return isTight ? inline(text) : "<p>\(inline(text))</p>"
    case .code(let language, let text): return code(text, language: language)
    case .quote(let blocks): return "<blockquote>\n\(html(blocks, isTight: false))\n</blockquote>"
    case .list(let start, let isTight, let items): return list(start: start, isTight: isTight, items)
    case .rule: return "<hr>"
    case .html(let html): return EmbeddedFormulas.html(html)
    case .table(let header, let alignments, let rows): return table(header, alignments, rows)
    case .mathematics(let formula): return MathMarkup.html(formula, isBlock: true)
    }
  }

  private func inline(_ text: String) -> String { MarkdownInline.html(text, in: context) }

  private func code(_ text: String, language: String) -> String {
    let isSwift = language.lowercased() == "swift"
    let body = isSwift ? SwiftHighlighter.html(text) : HTMLText.escaped(text)
    let attribute = language.isEmpty ? "" : " class=\"language-\(HTMLText.escaped(language))\""
    return "<pre><code\(attribute)>\(body)\(text.isEmpty ? "" : "\n")</code></pre>"
  }

  private func list(start: Int?, isTight: Bool, _ items: [[MarkdownBlock]]) -> String {
    let name = start == nil ? "ul" : "ol"
    let number = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    let body = items.map { item in
      let content = html(item, isTight: isTight)
      if isTight, item.count <= 1, case .paragraph? = item.first { return "<li>\(content)</li>" }
      return isTight || item.isEmpty ? "<li>\(content)</li>" : "<li>\n\(content)\n</li>"
    }
    return "<\(name)\(number)>\n\(body.joined(separator: "\n"))\n</\(name)>"
  }

  private func table(_ header: [String], _ alignments: [MarkdownBlock.Alignment?], _ rows: [[String]]) -> String {
    func row(_ cells: [String], _ name: String) -> String {
      let cells = zip(cells, alignments).map { cell, alignment in
        let style = alignment.map { " style=\"text-align:\($0.rawValue)\"" } ?? ""
        return "<\(name)\(style)>\(inline(cell))</\(name)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let body = rows.map { row($0, "td") }.joined(separator: "\n")
    return "<table>\n<thead>\n\(row(header, "th"))\n</thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
  }

  /// The identifier by which other places link to a heading, made as JupyterLab makes it.
  private static func anchor(_ heading: String) -> String {
    heading.filter { !"`*_".contains($0) }.split(whereSeparator: \.isWhitespace).joined(separator: "-")
  }
}
