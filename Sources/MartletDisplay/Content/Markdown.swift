/// Text in Markdown.
///
///     display(Markdown("The **mean** is \(mean)."))
public struct Markdown: RichDisplayable, Hashable, Sendable {
  /// The text with its marks.
  public var source: String

  /// Takes text in Markdown.
  public init(_ source: String) { self.source = source }

  /// The text as `text/markdown`, and as it stands where nothing renders it.
  public func displayBundle() -> DisplayBundle { [.markdown: .text(source), .plainText: .text(source)] }
}
