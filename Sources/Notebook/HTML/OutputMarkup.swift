import Foundation
import JSON
import Session

/// A code cell's outputs as HTML.
struct OutputMarkup {
  /// The identifier of the element that holds the output; style sheets and identifiers in it stay in it.
  let identifier: String

  func html(_ output: NotebookOutput) -> String {
    switch output {
    case .stream(let name, let text):
      let kind = name == "stderr" ? "stderr" : "stdout"
      return element("stream \(kind)", "<pre>\(TerminalText.html(text))</pre>")
    case .display(let display): return element("display", html(display))
    case .result(let display, _): return element("result", html(display))
    case .error(let name, let message, let traceback):
      let lines = traceback.isEmpty ? ["\(name): \(message)"] : traceback
      return element("error", "<pre>\(TerminalText.html(lines.joined(separator: "\n")))</pre>")
    }
  }

  private func element(_ kind: String, _ content: String) -> String {
    "<div class=\"output \(kind)\" id=\"\(identifier)\">\(content)</div>"
  }

  /// The richest format that a page can show.
  private func html(_ display: DisplayOutput) -> String {
    let data = display.data
    if let html = data["text/html"]?.string { return rich(html) }
    if let markdown = data["text/markdown"]?.string {
      return "<div class=\"markdown\">\(MarkdownRenderer().html(markdown))</div>"
    }
    if let drawing = data["image/svg+xml"]?.string { return rich(drawing) }
    for type in ["image/png", "image/jpeg", "image/gif", "image/webp"] {
      if let content = data[type]?.string, let picture = picture(content, type, display.metadata[type]) {
        return picture
      }
    }
    if let latex = data["text/latex"]?.string { return MathMarkup.htmlOfOutput(latex) }
    if let value = data["application/json"] {
      return "<pre class=\"json\">\(HTMLText.escaped(JupyterJSON.text(of: value)))</pre>"
    }
    if let text = data["text/plain"]?.string { return "<pre>\(TerminalText.html(text))</pre>" }
    return "<pre>\(HTMLText.escaped(data.keys.sorted().joined(separator: ", ")))</pre>"
  }

  private func rich(_ markup: String) -> String {
    "<div class=\"rich\">"
      + MarkupSanitizer.sanitized(markup, identifierPrefix: identifier + "-", scope: identifier) + "</div>"
  }

  private func picture(_ base64: String, _ type: String, _ metadata: JSONValue?) -> String? {
    let content = base64.filter { !$0.isWhitespace }
    guard Data(base64Encoded: content) != nil else { return nil }
    let size = ["width", "height"].map { name in
      metadata?[name]?.integer.map { " \(name)=\"\($0)\"" } ?? ""
    }.joined()
    return "<img src=\"data:\(type);base64,\(content)\" alt=\"\"\(size)>"
  }
}
