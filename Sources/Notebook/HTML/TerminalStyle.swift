/// Colours and weights as `ESC [ … m` sets them.
struct TerminalStyle: Equatable {
  enum Colour: Equatable {
    /// One of the sixteen that the page's style sheet defines.
    case named(Int)
    case rgb(Int, Int, Int)
  }

  private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

  var foreground: Colour?
  var background: Colour?
  var bold = false
  var faint = false
  var italic = false
  var underlined = false
  var struck = false
  var inverse = false

  /// The classes of a span in this style, by the names that Jupyter's pages use.
  var classes: String {
    var classes: [String] = []
    if case .named(let number) = foreground { classes.append("ansi-\(Self.name(number))-fg") }
    if case .named(let number) = background { classes.append("ansi-\(Self.name(number))-bg") }
    if bold { classes.append("ansi-bold") }
    if faint { classes.append("ansi-faint") }
    if italic { classes.append("ansi-italic") }
    if underlined { classes.append("ansi-underline") }
    if struck { classes.append("ansi-strike") }
    if inverse { classes.append("ansi-inverse") }
    return classes.joined(separator: " ")
  }

  /// The declarations for colours that have no class.
  var declarations: String {
    var declarations: [String] = []
    if case .rgb(let red, let green, let blue) = foreground {
      declarations.append("color:rgb(\(red),\(green),\(blue))")
    }
    if case .rgb(let red, let green, let blue) = background {
      declarations.append("background-color:rgb(\(red),\(green),\(blue))")
    }
    return declarations.joined(separator: ";")
  }

  mutating func apply(_ codes: [Int]) {
    var rest = codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: self = TerminalStyle()
      case 1: bold = true
      case 2: faint = true
      case 3: italic = true
      case 4: underlined = true
      case 7: inverse = true
      case 9: struck = true
      case 22: (bold, faint) = (false, false)
      case 23: italic = false
      case 24: underlined = false
      case 27: inverse = false
      case 29: struck = false
      case 30...37: foreground = .named(code - 30)
      case 38: foreground = Self.extended(&rest) ?? foreground
      case 39: foreground = nil
      case 40...47: background = .named(code - 40)
      case 48: background = Self.extended(&rest) ?? background
      case 49: background = nil
      case 90...97: foreground = .named(code - 90 + 8)
      case 100...107: background = .named(code - 100 + 8)
      default: break
      }
    }
  }

  private static func name(_ number: Int) -> String { names[number % 8] + (number >= 8 ? "-intense" : "") }

  /// A colour given as `5;n` from the table of 256, or as `2;r;g;b`.
  private static func extended(_ codes: inout ArraySlice<Int>) -> Colour? {
    switch codes.popFirst() {
    case 5:
      guard let number = codes.popFirst(), (0...255).contains(number) else { return nil }
      return table(number)
    case 2:
      guard codes.count >= 3 else { return nil }
      let parts = codes.prefix(3).map { min(max($0, 0), 255) }
      codes = codes.dropFirst(3)
      return .rgb(parts[0], parts[1], parts[2])
    default: return nil
    }
  }

  private static func table(_ number: Int) -> Colour {
    if number < 16 { return .named(number) }
    if number >= 232 {
      let grey = 8 + 10 * (number - 232)
      return .rgb(grey, grey, grey)
    }
    func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
    let cube = number - 16
    return .rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
  }
}
