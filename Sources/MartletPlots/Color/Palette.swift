/// Colours for groups, told apart by people with any kind of colour vision.
///
/// Reference: Okabe and Ito (2008), Color universal design. Their black and yellow are left out: one disappears on a
/// dark background, the other on a light one.
public struct Palette: Sendable, Hashable {
  /// The colours, in the order in which groups take them.
  public var colors: [Color]

  /// A palette of one's own; at least one colour.
  public init(_ colors: [Color]) {
    guard !colors.isEmpty else { fatalError("A palette needs at least one colour.") }
    self.colors = colors
  }

  /// Blue, orange, green, vermilion, purple, sky blue and grey.
  public static let okabeIto = Palette([.blue, .orange, .green, .vermilion, .purple, .skyBlue, .gray])

  /// Nine quieter colours that are safe for colour-blind readers, for more groups.
  ///
  /// Reference: Tol (2021), Colour schemes; the scheme muted.
  public static let muted = Palette(
    [0xCC6677, 0x332288, 0xDDCC77, 0x117733, 0x88CCEE, 0x882255, 0x44AA99, 0x999933, 0xAA4499].map { Color(hex: $0) })

  /// The ten colours of Matplotlib and Tableau (tab10); red and green are alike to some readers.
  public static let tableau = Palette(
    [0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xBCBD22, 0x17BECF].map {
      Color(hex: $0)
    })

  /// The colour of the group with that number; after the last colour come darker ones, then lighter ones.
  subscript(index: Int) -> Color {
    let color = colors[index % colors.count]
    switch index / colors.count % 3 {
    case 0: return color
    case 1: return color.mixed(with: Color(hex: 0), share: 0.35)
    default: return color.mixed(with: Color(hex: 0xFFFFFF), share: 0.45)
    }
  }
}

extension Color {
  /// The first colour of the default palette.
  public static let blue = Color(hex: 0x0072B2)
  /// The second colour of the default palette.
  public static let orange = Color(hex: 0xE69F00)
  /// The third colour of the default palette.
  public static let green = Color(hex: 0x009E73)
  /// A red that colour-blind readers tell from green.
  public static let vermilion = Color(hex: 0xD55E00)
  /// The fifth colour of the default palette.
  public static let purple = Color(hex: 0xCC79A7)
  /// The sixth colour of the default palette.
  public static let skyBlue = Color(hex: 0x56B4E9)
  /// A grey that shows on light and dark backgrounds.
  public static let gray = Color(hex: 0x808890)
  /// Black, which disappears on a dark background.
  public static let black = Color(hex: 0x000000)
  /// White, which disappears on a light background.
  public static let white = Color(hex: 0xFFFFFF)
  /// A strong red; beside green, ``vermilion`` is told apart by more readers.
  public static let red = Color(hex: 0xCC3311)
  /// A strong yellow, faint on a light background.
  public static let yellow = Color(hex: 0xF0E442)
  /// A brown.
  public static let brown = Color(hex: 0x8C564B)
  /// A pink.
  public static let pink = Color(hex: 0xEE99AA)
  /// A blue green.
  public static let teal = Color(hex: 0x009988)
  /// A light blue green.
  public static let cyan = Color(hex: 0x33BBEE)
  /// A red purple.
  public static let magenta = Color(hex: 0xEE3377)
  /// A dark blue.
  public static let navy = Color(hex: 0x332288)
}
