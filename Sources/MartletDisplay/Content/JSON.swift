/// A JSON document, which frontends show as a tree that folds.
///
///     display(JSON(#"{"accuracy": 0.97, "classes": ["cat", "dog"]}"#))
public struct JSON: RichDisplayable, Hashable, Sendable {
  /// The document's text.
  public var source: String

  /// Takes the text of one JSON value.
  public init(_ source: String) { self.source = source }

  /// The document as `application/json`, and its text.
  public func displayBundle() -> DisplayBundle { [.json: .json(source), .plainText: .text(source)] }
}
