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

  /// A description in both formats.
  package init(plainText: String, markdown: String) {
    self.plainText = plainText
    self.markdown = markdown
  }
}
