/// Turns a row's colour channel into a colour.
enum ColorScale: Sendable {
  /// No mark of the chart has a colour channel.
  case none
  case categories([String], Palette)
  case numbers(LinearScale, ColorRamp)

  /// The colour for a value; `nil` for values the scale does not know.
  func color(of value: PlotValue) -> Color? {
    switch (self, value) {
    case (.categories(let names, let palette), _):
      value.text.flatMap { names.firstIndex(of: $0) }.map { palette[$0] }
    case (.numbers(let scale, let ramp), .number(let number)): ramp.color(at: scale.fraction(of: number))
    default: nil
    }
  }

  /// The filling for a quantity; `nil` where colours stand for names.
  func fill(of number: Double) -> ColorRamp.Fill? {
    guard case .numbers(let scale, let ramp) = self else { return nil }
    return ramp.fill(at: scale.fraction(of: number))
  }
}
