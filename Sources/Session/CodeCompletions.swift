import Intelligence

/// The ways to go on at a cursor, best first, and the text that each of them replaces.
package struct CodeCompletions: Sendable, Equatable {
  package var completions: [Completion]
  /// In Unicode code points of the code.
  package var replaced: Range<Int>

  /// No completions, unless some are given.
  package init(completions: [Completion] = [], replaced: Range<Int>) {
    self.completions = completions
    self.replaced = replaced
  }
}

/// What the name at a cursor is: its declaration, type, origin and documentation.
package struct CodeDescription: Sendable, Equatable {
  package var plainText: String
  package var markdown: String
  /// The text of the declaration, where a cell has it.
  package var source: String?

  /// A description in both formats.
  package init(plainText: String, markdown: String, source: String? = nil) {
    self.plainText = plainText
    self.markdown = markdown
    self.source = source
  }

  /// The description with the text of the declaration below it.
  package var withSource: CodeDescription {
    guard let source else { return self }
    let fence = source.contains("```") ? "``````" : "```"
    var longer = self
    longer.plainText += "\n\nSource:\n\(source)"
    longer.markdown += "\n\nSource:\n\n\(fence)swift\n\(source)\n\(fence)"
    return longer
  }
}
