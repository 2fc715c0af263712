import Notebook
import Session

/// A notebook's cells as text for a terminal or a log.
package struct CellAppearance: Sendable {
  /// Whether colours are used; without them control sequences in outputs are left out, too.
  package var hasColours: Bool

  package init(hasColours: Bool) { self.hasColours = hasColours }

  /// A notebook's name.
  package func title(_ text: String) -> String { styled(text, "1") }

  /// Something of less weight.
  package func faint(_ text: String) -> String { styled(text, "2") }

  /// A code cell's source after its number.
  package func source(of cell: NotebookCell, number: Int) -> String {
    let prompt = "[\(number)] "
    let source = hasColours ? SwiftHighlighter.terminal(cell.source) : cell.source
    let indent = String(repeating: " ", count: prompt.count)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return styled(prompt, "34") + lines.joined(separator: "\n" + indent)
  }

  /// A Markdown cell's text, its headings bold.
  package func markdown(_ source: String) -> String {
    source.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#") ? styled(String($0), "1") : String($0) }.joined(separator: "\n")
  }

  /// An output; pictures and tables as their text, with the richer formats named.
  package func text(of output: NotebookOutput) -> String {
    switch output {
    case .stream(let name, let text):
      let text = coloured(TerminalText.overwritten(text))
      return line(name == "stderr" ? styled(text, "33") : text)
    case .display(let display): return line(summary(of: display))
    case .result(let display, _): return line(summary(of: display))
    case .error(let name, let message, let traceback):
      let lines = traceback.isEmpty ? ["\(name): \(message)"] : traceback
      return line(lines.map(coloured).joined(separator: "\n"))
    }
  }

  private func summary(of display: DisplayOutput) -> String {
    let text = display.data["text/plain"]?.string ?? ""
    // A claim is all in its text.
    let isClaim = display.data[LessonCount.claimFormat] != nil
    let formats = isClaim ? [] : display.data.filter { $0.key != "text/plain" }.sorted { $0.key < $1.key }
    let rich = formats.map { type, content in
      "[\(type), \(Self.size(content.string?.utf8.count ?? content.serialized().count))]"
    }
    return ([coloured(text)] + [faint(rich.joined(separator: " "))]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func coloured(_ text: String) -> String { hasColours ? text : TerminalText.plain(text) }

  private func line(_ text: String) -> String { text.isEmpty || text.hasSuffix("\n") ? text : text + "\n" }

  private func styled(_ text: String, _ code: String) -> String {
    hasColours && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// A number of bytes as people read it.
  private static func size(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
    return "\(Double(bytes / 100_000) / 10) MB"
  }
}
