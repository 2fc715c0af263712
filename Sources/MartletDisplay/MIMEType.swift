/// The name of a format in which a value can be shown, such as `text/html`.
///
///     MIMEType.html.rawValue     // "text/html"
///     let custom: MIMEType = "application/geo+json"
public struct MIMEType: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  public static let plainText: MIMEType = "text/plain"
  public static let html: MIMEType = "text/html"
  public static let markdown: MIMEType = "text/markdown"
  public static let latex: MIMEType = "text/latex"
  public static let svg: MIMEType = "image/svg+xml"
  public static let png: MIMEType = "image/png"
  public static let jpeg: MIMEType = "image/jpeg"
  public static let json: MIMEType = "application/json"
}
