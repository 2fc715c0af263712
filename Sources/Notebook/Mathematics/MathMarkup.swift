/// Formulas in TeX's notation as HTML.
package enum MathMarkup {
  /// The formula as MathML, which browsers draw by themselves; as its source where it uses more of TeX than is known
  /// here.
  ///
  /// - Parameter isBlock: whether the formula stands on lines of its own.
  package static func html(_ formula: String, isBlock: Bool) -> String {
    let source = HTMLText.escaped(formula.trimmed)
    guard let body = TeXParser.mathML(of: formula) else {
      return isBlock ? "<div class=\"tex\"><code>\(source)</code></div>" : "<code class=\"tex\">\(source)</code>"
    }
    let display = isBlock ? " display=\"block\"" : ""
    return "<math\(display)><mrow>\(body)</mrow></math>"
  }

  /// The content of a `text/latex` output, in which formulas stand between dollar signs or in environments.
  package static func htmlOfOutput(_ latex: String) -> String {
    let text = latex.trimmed
    for (start, end) in [("$$", "$$"), ("\\[", "\\]"), ("$", "$"), ("\\(", "\\)")]
    where text.hasPrefix(start) && text.hasSuffix(end) && text.count >= start.count + end.count {
      return html(String(text.dropFirst(start.count).dropLast(end.count)), isBlock: start != "$" && start != "\\(")
    }
    return html(text, isBlock: true)
  }
}
