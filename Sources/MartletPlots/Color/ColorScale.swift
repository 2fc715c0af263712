/// Turns a row's colour channel into a colour.
enum ColorScale: Sendable {
  /// No mark of the chart has a colour channel.
  case none
  case categories([String], Palette)
  /// A scale over 0...1, and the colours of that range.
  case numbers(any PositionScale, ColorRamp)
  /// Names in one layer and quantities in another: each has its own colours.
  indirect case layered(names: ColorScale, quantities: ColorScale)

  /// The colour for a value; `nil` for values the scale does not know.
  func color(of value: PlotValue) -> Color? {
    switch self {
    case .categories(let names, let palette): value.text.flatMap { names.firstIndex(of: $0) }.map { palette[$0] }
    case .numbers(let scale, let ramp): scale.position(of: value).map { ramp.color(at: $0) }
    case .layered(let names, let quantities): (value.number == nil ? names : quantities).color(of: value)
    case .none: nil
    }
  }

  /// The filling for a quantity; `nil` where colours stand for names.
  func fill(of number: Double) -> ColorRamp.Fill? {
    switch self {
    case .numbers(let scale, let ramp): scale.position(of: .number(number)).map { ramp.fill(at: $0) }
    case .layered(_, let quantities): quantities.fill(of: number)
    case .none, .categories: nil
    }
  }

  /// The colours of names and those of quantities.
  var parts: (names: ColorScale?, quantities: ColorScale?) {
    switch self {
    case .none: (nil, nil)
    case .categories: (self, nil)
    case .numbers: (nil, self)
    case .layered(let names, let quantities): (names, quantities)
    }
  }
}
