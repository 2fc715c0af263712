/// How a mark looks where no channel decides; made by the methods of ``StyledMark``.
public struct MarkStyle: Sendable {
  var color: Color?
  var opacity: Double?
  var lineWidth: Double?
  var dashes: String?
}

/// A mark whose look can be changed.
public protocol StyledMark: Mark {
  /// The look; changed through the methods of this protocol.
  var style: MarkStyle { get set }
}

extension StyledMark {
  /// The same mark in one colour, which is also that of its label in the legend; a colour channel wins.
  public func color(_ color: Color) -> Self { changed { $0.color = color } }
  /// The same mark, more or less transparent: 0 cannot be seen, 1 hides what is behind.
  public func opacity(_ opacity: Double) -> Self { changed { $0.opacity = min(max(opacity, 0), 1) } }
  /// The same mark with lines that wide, in pixels.
  public func lineWidth(_ width: Double) -> Self { changed { $0.lineWidth = max(width, 0) } }
  /// The same mark with dashed lines.
  public func dashed() -> Self { changed { $0.dashes = "6 4" } }

  private func changed(_ change: (inout MarkStyle) -> Void) -> Self {
    var copy = self
    change(&copy.style)
    return copy
  }
}
