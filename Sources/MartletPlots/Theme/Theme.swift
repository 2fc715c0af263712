/// Whether a chart is light or dark.
public struct ChartTheme: Sendable, Hashable {
  enum Name: Sendable { case automatic, light, dark }
  let name: Name

  /// As the page around it: inline, the colours of JupyterLab's or the editor's theme; as a picture or a file of its
  /// own, light or dark as the reader prefers.
  ///
  /// JupyterLab shows SVG outputs as pictures, which cannot see its theme: there a chart is light, on its own
  /// background.
  public static let automatic = ChartTheme(name: .automatic)
  /// Dark on white.
  public static let light = ChartTheme(name: .light)
  /// Light on near-black.
  public static let dark = ChartTheme(name: .dark)
}

/// The colours of everything that is not data.
struct Theme: Sendable {
  let paper: Color
  let ink: Color
  let muted: Color

  static let light = Theme(paper: Color(hex: 0xFFFFFF), ink: Color(hex: 0x1F2328), muted: Color(hex: 0x57606A))
  static let dark = Theme(paper: Color(hex: 0x14171B), ink: Color(hex: 0xE8EBEE), muted: Color(hex: 0xA0A8B0))
}
