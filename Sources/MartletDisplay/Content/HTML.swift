/// A piece of HTML to show as it is.
///
///     display(HTML("<b>\(name)</b>"))      // whatever the name is, it shows as text
///
/// What is interpolated is text: its special characters are escaped, so data never becomes markup. Other pieces of HTML
/// go in as they are, and so does what is marked as `raw`:
///
///     let rows = names.map { HTML("<li>\($0)</li>") }
///     HTML("<ul>\(rows)</ul>")
///     HTML("<div>\(raw: markup)</div>")
///
/// A string that is no literal is taken as markup: `HTML(page)`.
public struct HTML: RichDisplayable, Hashable, Sendable {
  /// The markup.
  public var source: String

  /// Takes markup to be shown as it is.
  public init(_ source: String) { self.source = source }

  /// The markup as `text/html`, and as text where there is no browser.
  public func displayBundle() -> DisplayBundle { [.html: .text(source), .plainText: .text(source)] }
}

extension HTML: ExpressibleByStringInterpolation {
  /// Takes markup to be shown as it is.
  public init(stringLiteral value: String) { source = value }

  /// Takes markup with data in it.
  public init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Markup as it comes together.
  public struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    public init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// The literal's own text is markup.
    public mutating func appendLiteral(_ literal: String) { source += literal }

    /// Any value is text, as `print` would write it.
    public mutating func appendInterpolation<Value>(_ value: Value) { source += String(describing: value).htmlEscaped }

    /// Markup stays markup.
    public mutating func appendInterpolation(_ markup: HTML) { source += markup.source }

    /// Pieces of markup stay markup, one after the other.
    public mutating func appendInterpolation(_ markup: [HTML]) { for piece in markup { source += piece.source } }

    /// A picture stays a picture.
    public mutating func appendInterpolation(_ picture: SVG) { source += picture.source }

    /// A string that is known to be markup.
    public mutating func appendInterpolation(raw markup: String) { source += markup }
  }
}
