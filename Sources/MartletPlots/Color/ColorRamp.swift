/// Colours for quantities, from low to high.
public struct ColorRamp: Sendable, Hashable {
  /// Colours at equal distances, the first for the lowest value.
  public let stops: [Color]
  /// The colour that shines through less and less of the background, where the ramp starts with the background itself.
  private(set) var tint: Color?

  /// A ramp of one's own; at least two colours.
  public init(_ stops: [Color]) {
    guard stops.count >= 2 else { fatalError("A colour ramp needs at least two colours.") }
    self.stops = stops
  }

  private init(_ stops: [UInt32]) { self.init(stops.map { Color(hex: $0) }) }

  /// Dark violet to yellow; even steps for the eye, also in grey. The default for quantities.
  ///
  /// Reference: Smith and van der Walt (2015), A better default colormap for Matplotlib.
  public static let viridis = ColorRamp([
    0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725,
  ])

  /// Almost the background, light or dark, to blue: counts, where nothing should look like nothing.
  public static let blues: ColorRamp = {
    let blue = Color(hex: 0x1762B5)
    var ramp = ColorRamp([Color(hex: 0xFFFFFF).mixed(with: blue, share: leastTint), blue])
    ramp.tint = blue
    return ramp
  }()
  private static let leastTint = 0.06

  /// Blue over almost white to red: quantities with a middle, such as correlations.
  public static let diverging = ColorRamp([
    0x1F5A9C, 0x4B8FC4, 0x9CC4E0, 0xDCE9F2, 0xF5F5F3, 0xF8DDCE, 0xEDA987, 0xCF6650, 0xA32035,
  ])

  /// Brown over almost white to green-blue: a second scale with a middle, safe for colour-blind readers.
  ///
  /// Reference: Harrower and Brewer (2003), ColorBrewer.org; its scheme BrBG.
  public static let brownTeal = ColorRamp([
    0x543005, 0x8B500A, 0xBF812D, 0xDEC17B, 0xF6E8C3, 0xF4F5F5, 0xC7EAE5, 0x7FCCC0, 0x35978F, 0x01655D, 0x003C30,
  ])

  /// Purple over almost white to green. Reference: as ``brownTeal``; the scheme PRGn.
  public static let purpleGreen = ColorRamp([
    0x40004B, 0x752982, 0x9970AB, 0xC1A4CE, 0xE7D4E8, 0xF6F7F6, 0xD9F0D3, 0xA5DA9F, 0x5AAE61, 0x1A7736, 0x00441B,
  ])

  /// Black over violet and red to light yellow; even steps for the eye. Reference: as ``viridis``.
  public static let magma = ColorRamp([
    0x000004, 0x140E36, 0x3B0F70, 0x641A80, 0x8C2981, 0xB73779, 0xDE4968, 0xF7705C, 0xFE9F6D, 0xFECF92, 0xFCFDBF,
  ])

  /// Blue over violet to yellow; even steps for the eye. Reference: as ``viridis``.
  public static let plasma = ColorRamp([
    0x0D0887, 0x41049D, 0x6A00A8, 0x8F0DA4, 0xB12A90, 0xCC4778, 0xE16462, 0xF2844B, 0xFCA636, 0xFCCE25, 0xF0F921,
  ])

  /// Blue to yellow; looks nearly the same with and without colour blindness.
  ///
  /// Reference: Nuñez, Anderton and Renslow (2018), Optimizing colormaps with consideration for color vision deficiency.
  public static let cividis = ColorRamp([
    0x00224E, 0x083370, 0x35456C, 0x4F576C, 0x666970, 0x7D7C78, 0x948E77, 0xAEA371, 0xC8B866, 0xE5CF52, 0xFEE838,
  ])

  /// White to black.
  public static let grays = ColorRamp([0xFFFFFF, 0x000000])

  /// What to fill a shape with at a share of the way from low to high, and the ink that can be read on it.
  func fill(at share: Double) -> Fill {
    guard let tint else {
      let color = color(at: share)
      return Fill(color: color, opacity: nil, ink: color.readableInk)
    }
    let opacity = Self.leastTint + (1 - Self.leastTint) * min(max(share, 0), 1)
    return Fill(color: tint, opacity: opacity, ink: opacity > 0.7 ? Color(hex: 0xFFFFFF) : nil)
  }

  /// What a shape is filled with.
  struct Fill {
    let color: Color
    /// `nil` for a colour that hides the background.
    let opacity: Double?
    /// The colour of text on the shape; `nil` for that of all text.
    let ink: Color?
  }

  /// The colour at a share of the way from low to high; shares outside 0...1 get the nearer end.
  func color(at share: Double) -> Color {
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], share: place - Double(index))
  }
}
