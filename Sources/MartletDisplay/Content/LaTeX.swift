/// A formula in LaTeX.
///
///     display(LaTeX(#"\int_0^1 x^2 \, dx = \frac{1}{3}"#))
public struct LaTeX: RichDisplayable, Hashable, Sendable {
  /// The formula; display mode is added when no `$`, `\(`, `\[` or `\begin` opens it.
  public var source: String

  /// Takes a formula, with or without its delimiters.
  public init(_ source: String) { self.source = source }

  /// The formula as `text/latex`, and its source as text.
  public func displayBundle() -> DisplayBundle {
    let isDelimited = ["$", "\\(", "\\[", "\\begin"].contains { source.hasPrefix($0) }
    return [.latex: .text(isDelimited ? source : "$$\(source)$$"), .plainText: .text(source)]
  }
}
