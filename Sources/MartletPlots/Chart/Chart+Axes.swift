import Foundation

extension Chart {
  /// The same chart with a name and unit for the horizontal axis; an empty text takes the name away.
  public func xLabel(_ text: String) -> Chart { changed { $0.x.label = text } }
  /// The same chart with a name and unit for the vertical axis; an empty text takes the name away.
  public func yLabel(_ text: String) -> Chart { changed { $0.y.label = text } }
  /// The same chart with another kind of horizontal axis.
  public func xScale(_ kind: ScaleKind) -> Chart { changed { $0.x.kind = kind } }
  /// The same chart with another kind of vertical axis.
  public func yScale(_ kind: ScaleKind) -> Chart { changed { $0.y.kind = kind } }
  /// The same chart, showing only that part of the horizontal axis.
  public func xDomain(_ domain: ClosedRange<Double>) -> Chart { changed { $0.x.domain = .numbers(domain) } }
  /// The same chart, showing only that part of the vertical axis.
  public func yDomain(_ domain: ClosedRange<Double>) -> Chart { changed { $0.y.domain = .numbers(domain) } }
  /// The same chart, showing only that time on the horizontal axis.
  public func xDomain(_ domain: ClosedRange<Date>) -> Chart { changed { $0.x.domain = .instants(domain) } }
  /// The same chart, showing only that time on the vertical axis.
  public func yDomain(_ domain: ClosedRange<Date>) -> Chart { changed { $0.y.domain = .instants(domain) } }
  /// The same chart with those names on the horizontal axis, in that order; rows with others are left out and counted.
  public func xDomain(_ names: [String]) -> Chart { changed { $0.x.domain = .names(names) } }
  /// The same chart with those names on the vertical axis, from the top; rows with others are left out and counted.
  public func yDomain(_ names: [String]) -> Chart { changed { $0.y.domain = .names(names) } }
  /// The same chart with the horizontal axis written in another way.
  public func xFormat(_ format: TickFormat) -> Chart { changed { $0.x.format = format } }
  /// The same chart with the vertical axis written in another way.
  public func yFormat(_ format: TickFormat) -> Chart { changed { $0.y.format = format } }
  /// The same chart with the horizontal axis growing to the left.
  public func reversingX(_ isReversed: Bool = true) -> Chart { changed { $0.x.isReversed = isReversed } }
  /// The same chart with the vertical axis growing downwards, as depths and ranks do.
  public func reversingY(_ isReversed: Bool = true) -> Chart { changed { $0.y.isReversed = isReversed } }
  /// The same chart with a unit of the same length on both axes, so that circles are round and right angles are right:
  /// for axes of numbers without another scale. The picture's shape follows the axes' ranges.
  public func equalUnits(_ isEqual: Bool = true) -> Chart { changed { $0.hasEqualUnits = isEqual } }
  /// The same chart without labels and title below the horizontal axis.
  public func hidingXAxis(_ isHidden: Bool = true) -> Chart { changed { $0.x.isHidden = isHidden } }
  /// The same chart without labels and title beside the vertical axis.
  public func hidingYAxis(_ isHidden: Bool = true) -> Chart { changed { $0.y.isHidden = isHidden } }
}

extension AxisOptions.Domain {
  static func instants(_ domain: ClosedRange<Date>) -> Self {
    .numbers(domain.lowerBound.timeIntervalSince1970...domain.upperBound.timeIntervalSince1970)
  }
}
