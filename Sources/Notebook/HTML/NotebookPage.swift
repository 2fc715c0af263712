import Foundation

/// A notebook as one HTML page that needs nothing else: no script, no font, no picture from anywhere.
///
/// What comes from the notebook is escaped or goes through the sanitiser, and a content security policy in the page
/// forbids browsers to run or load anything even so.
package struct NotebookPage: Sendable {
  private let document: NotebookDocument
  private let name: String
  private let folder: URL?
  private let navigation: PageNavigation?

  /// - Parameters:
  ///   - name: the page's title when the notebook has none.
  ///   - folder: where pictures beside the notebook are; they become part of the page.
  package init(_ document: NotebookDocument, name: String, folder: URL? = nil) {
    self.document = document
    self.name = name
    self.folder = folder
    navigation = nil
  }

  /// A page of a site.
  init(_ document: NotebookDocument, name: String, folder: URL, navigation: PageNavigation) {
    self.document = document
    self.name = name
    self.folder = folder
    self.navigation = navigation
  }

  /// The page.
  package var html: String {
    let cells = document.cells.enumerated().map { cell($0.element, number: $0.offset + 1) }
    let way = navigation.map { [$0.html] } ?? []
    return PageShell(title: document.title ?? name).html((way + cells + way).joined(separator: "\n"))
  }

  /// Writes the page to a file, which is replaced only when all of it is written.
  package func write(to file: URL) throws { try Data(html.utf8).write(to: file, options: .atomic) }

  private func cell(_ cell: NotebookCell, number: Int) -> String {
    switch cell.kind {
    case .code: return code(cell, number: number)
    case .raw: return "<section class=\"cell raw\"><pre>\(HTMLText.escaped(cell.source))</pre></section>"
    case .markdown:
      let pictures = PictureFiles(folder: folder)
      let renderer = MarkdownRenderer { pictures.dataURI($0, of: cell) }
      return "<section class=\"cell markdown\">\n\(renderer.html(cell.source))\n</section>"
    }
  }

  private func code(_ cell: NotebookCell, number: Int) -> String {
    let count = cell.executionCount.map(String.init) ?? " "
    let source = cell.source.isEmpty ? "" : input(cell.source, count: count)
    let outputs = cell.outputs.enumerated().map { place, output in
      row(prompt(of: output), OutputMarkup(identifier: "cell-\(number)-output-\(place + 1)").html(output))
    }
    let content = source + outputs.joined()
    let isSolution = cell.tags.contains(NotebookCell.solutionTag)
    let folded = isSolution ? "<details><summary>A solution</summary>\n\(content)</details>" : content
    return "<section class=\"cell code\">\n\(folded)</section>"
  }

  private func input(_ source: String, count: String) -> String {
    row(
      "<span class=\"in\">[\(count)]:</span>",
      "<div class=\"input\"><pre><code>\(SwiftHighlighter.html(source))</code></pre></div>")
  }

  private func prompt(of output: NotebookOutput) -> String {
    guard case .result(_, let count) = output else { return "" }
    return "<span class=\"out\">[\(count.map(String.init) ?? " ")]:</span>"
  }

  private func row(_ prompt: String, _ content: String) -> String {
    "<div class=\"row\"><div class=\"prompt\">\(prompt)</div>\(content)</div>\n"
  }
}
