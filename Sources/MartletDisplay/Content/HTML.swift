/// A piece of HTML to show as it is.
///
///     display(HTML("<b>\(name.htmlEscaped)</b>"))
///
/// Text that comes from data goes through ``Swift/StringProtocol/htmlEscaped`` first.
public struct HTML: RichDisplayable, Hashable, Sendable {
  /// The markup.
  public var source: String

  /// Takes markup to be shown as it is.
  public init(_ source: String) { self.source = source }

  /// The markup as `text/html`, and as text where there is no browser.
  public func displayBundle() -> DisplayBundle { [.html: .text(source), .plainText: .text(source)] }
}
