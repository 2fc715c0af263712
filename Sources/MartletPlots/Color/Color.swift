import Glibc

/// A colour of the screen (sRGB).
///
///     Color(hex: 0x0072B2)
///     Color.vermilion
public struct Color: Sendable, Hashable {
  /// Red, 0 to 1.
  public let red: Double
  /// Green, 0 to 1.
  public let green: Double
  /// Blue, 0 to 1.
  public let blue: Double

  /// A colour by its parts, each from 0 to 1; other values are moved to the nearer end.
  public init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (Self.part(red), Self.part(green), Self.part(blue))
  }

  /// A colour as designers write it: `0xRRGGBB`.
  public init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 255) / 255, green: Double(hex >> 8 & 255) / 255, blue: Double(hex & 255) / 255)
  }

  private static func part(_ value: Double) -> Double { value >= 0 ? min(value, 1) : 0 }

  /// `#rrggbb`.
  var css: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(Int((part * 255).rounded()), radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// How bright the eye sees the colour, from 0 (black) to 1 (white), as WCAG 2 defines relative luminance.
  var luminance: Double {
    func linear(_ part: Double) -> Double { part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The colour a share of the way to another.
  func mixed(with other: Color, share: Double) -> Color {
    Color(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share)
  }

  /// White or near-black, whichever can be read on this colour.
  var readableInk: Color { luminance > 0.3 ? Color(hex: 0x1F2328) : Color(hex: 0xFFFFFF) }
}
