/// Turns a row's colour channel into a colour.
enum ColorScale: Sendable {
  /// No mark of the chart has a colour channel.
  case none
  case categories(CategoryColors)
  /// A scale over 0...1, and the colours of that range.
  case numbers(any PositionScale, ColorRamp)
  /// Names in one layer and quantities in another: each has its own colours.
  indirect case layered(names: ColorScale, quantities: ColorScale)

  /// The colour for a value; `nil` for values the scale does not know.
  func color(of value: PlotValue) -> Color? {
    switch self {
    case .categories(let colors): value.text.flatMap { colors[$0] }
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

/// Names with the colours they have in one chart.
struct CategoryColors: Sendable {
  let names: [String]
  let colors: [Color]
  private let places: [String: Int]

  /// - Parameter fixed: colours that are decided elsewhere; all others are the palette's, by the names' places.
  init(_ names: [String], _ palette: Palette, fixed: [String: Color]) {
    self.names = names
    colors = names.enumerated().map { fixed[$1] ?? palette[$0] }
    places = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Color? { places[name].map { colors[$0] } }
}
