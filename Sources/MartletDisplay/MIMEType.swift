/// The name of a format in which a value can be shown, such as `text/html`.
///
///     MIMEType.html.rawValue     // "text/html"
///     let custom: MIMEType = "application/geo+json"
public struct MIMEType: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// The name, as it is written in messages.
  public let rawValue: String
  /// The format of that name; any name will do.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The format of that name; any name will do.
  public init(stringLiteral value: String) { rawValue = value }

  /// Text as it is, for terminals.
  public static let plainText: MIMEType = "text/plain"
  /// A piece of a web page.
  public static let html: MIMEType = "text/html"
  /// Text with marks for headings, lists and emphasis.
  public static let markdown: MIMEType = "text/markdown"
  /// A formula, with its delimiters.
  public static let latex: MIMEType = "text/latex"
  /// A vector picture.
  public static let svg: MIMEType = "image/svg+xml"
  /// A picture without loss.
  public static let png: MIMEType = "image/png"
  /// A photograph.
  public static let jpeg: MIMEType = "image/jpeg"
  /// One JSON value, shown as a tree.
  public static let json: MIMEType = "application/json"
}
