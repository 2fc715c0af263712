/// One value in several formats.
public struct DisplayBundle: Sendable, ExpressibleByDictionaryLiteral {
  /// The content of one format.
  public enum Payload: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Text in the format's own language: plain text, HTML, SVG, LaTeX, Markdown.
    case text(String)
    /// The bytes of a binary format such as PNG.
    case data([UInt8])
    /// One JSON value, as text.
    case json(String)

    /// Text in the format's own language.
    public init(stringLiteral value: String) { self = .text(value) }
  }

  /// The formats, in the order in which they were given.
  public var representations: [(type: MIMEType, payload: Payload)]
  /// Hints for the frontend, such as a picture's size: one JSON value, as text, for each key.
  public var metadata: [(key: String, json: String)]

  /// A value in the given formats.
  public init(
    _ representations: [(type: MIMEType, payload: Payload)] = [], metadata: [(key: String, json: String)] = []
  ) {
    self.representations = representations
    self.metadata = metadata
  }

  /// A value in the given formats. Without any, `DisplayBundle()` is the other initializer.
  @_disfavoredOverload
  public init(dictionaryLiteral elements: (MIMEType, Payload)...) {
    self.init(elements.map { (type: $0.0, payload: $0.1) })
  }

  /// The content in one format; `nil` where the value has none in it.
  public subscript(type: MIMEType) -> Payload? {
    get { representations.first { $0.type == type }?.payload }
    set {
      representations.removeAll { $0.type == type }
      if let newValue { representations.append((type: type, payload: newValue)) }
    }
  }
}
