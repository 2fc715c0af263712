import MartletDisplay

/// Data become text in a page, never markup.
package enum HTMLEscape {
  /// `text` with every character that has a meaning in HTML replaced by its name.
  package static func text(_ text: String) -> String { text.htmlEscaped }
}
