/// Swift source in colour.
package enum SwiftHighlighter {
  /// The source as HTML, its stretches in spans of class `sw-…`.
  package static func html(_ source: String) -> String {
    SwiftLexer.tokens(of: source).map { token in
      let text = HTMLText.escaped(token.text)
      return token.kind == .plain ? text : "<span class=\"sw-\(token.kind)\">\(text)</span>"
    }.joined()
  }

  /// The source in terminal colours.
  package static func terminal(_ source: String) -> String {
    SwiftLexer.tokens(of: source).map { token in
      let code: String? =
        switch token.kind {
        case .plain: nil
        case .keyword, .attribute, .directive: "35"
        case .string: "32"
        case .comment: "2"
        case .number: "36"
        case .type: "34"
        }
      guard let code else { return token.text }
      // The colour ends and starts again at line breaks, so that every line can be printed alone.
      return token.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "\u{1B}[\(code)m\($0)\u{1B}[0m" }.joined(separator: "\n")
    }.joined()
  }
}
