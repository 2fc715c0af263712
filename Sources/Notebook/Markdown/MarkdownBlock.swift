/// A block of a Markdown text; text inside is not yet parsed.
indirect enum MarkdownBlock: Equatable {
  enum Alignment: String { case left, center, right }

  case heading(level: Int, text: String)
  case paragraph(String)
  case code(language: String, text: String)
  case quote([MarkdownBlock])
  /// A list; `start` is the first number of an ordered one. The paragraphs of a tight list are shown without space.
  case list(start: Int?, isTight: Bool, items: [[MarkdownBlock]])
  case rule
  case html(String)
  case table(header: [String], alignments: [Alignment?], rows: [[String]])
  case mathematics(String)
}
