/// Turns a row's colour channel into a colour.
enum ColorScale: Sendable {
  /// No mark of the chart has a colour channel.
  case none
  case categories([String], Palette)
  /// A scale over 0...1, and the colours of that range.
  case numbers(any PositionScale, ColorRamp)

  /// The colour for a value; `nil` for values the scale does not know.
  func color(of value: PlotValue) -> Color? {
    switch self {
    case .categories(let names, let palette): value.text.flatMap { names.firstIndex(of: $0) }.map { palette[$0] }
    case .numbers(let scale, let ramp): scale.position(of: value).map { ramp.color(at: $0) }
    case .none: nil
    }
  }

  /// The filling for a quantity; `nil` where colours stand for names.
  func fill(of number: Double) -> ColorRamp.Fill? {
    guard case .numbers(let scale, let ramp) = self else { return nil }
    return scale.position(of: number).map { ramp.fill(at: $0) }
  }
}
