/// A picture in SVG to show as it is.
///
///     display(SVG("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><circle cx='20' cy='20'
/// r='18'/></svg>"))
public struct SVG: RichDisplayable, Hashable, Sendable {
  /// The markup, from `<svg` to `</svg>`.
  public var source: String

  /// Takes a whole SVG document.
  public init(_ source: String) { self.source = source }

  /// The markup as `image/svg+xml`; as text, its size.
  public func displayBundle() -> DisplayBundle {
    [.svg: .text(source), .plainText: .text("<SVG, \(source.utf8.count) bytes>")]
  }
}
