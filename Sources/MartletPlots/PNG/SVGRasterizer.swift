import Glibc

/// Turns SVG into PNG with librsvg and Cairo, which are loaded when the first picture is asked for.
///
/// They are not linked: charts can be drawn as SVG on machines that have neither.
struct SVGRasterizer {
  private let rsvg: RSVGFunctions
  private let cairo: CairoFunctions

  private static let mostDots = 32_000.0
  /// The libraries, or why they cannot be loaded.
  private static let loaded: Result<SVGRasterizer, ChartError> = {
    do throws(ChartError) {
      return .success(SVGRasterizer(rsvg: try RSVGFunctions(), cairo: try CairoFunctions()))
    } catch {
      return .failure(error)
    }
  }()

  /// - Throws: `ChartError` that says what to install.
  static func library() throws(ChartError) -> SVGRasterizer { try loaded.get() }

  /// Draws a document.
  ///
  /// - Parameters:
  ///   - width: the picture's width, in dots; rounded, at least 1.
  ///   - height: the picture's height, in dots; rounded, at least 1.
  /// - Returns: the bytes of a PNG file.
  func png(_ svg: String, width: Double, height: Double) throws(ChartError) -> [UInt8] {
    guard width > 0, height > 0, width <= Self.mostDots, height <= Self.mostDots else {
      throw ChartError(.wrongPictureSize(width: width, height: height, most: Int(Self.mostDots)))
    }
    let (width, height) = (max(1, width.rounded()), max(1, height.rounded()))
    let surface = cairo.createSurface(CairoFunctions.argb32, Int32(width), Int32(height))
    defer { cairo.destroySurface(surface) }
    try draw(svg, on: surface, width, height)
    return try encoded(surface)
  }

  private func draw(_ svg: String, on surface: OpaquePointer?, _ width: Double, _ height: Double) throws(ChartError) {
    let context = cairo.createContext(surface)
    defer { cairo.destroyContext(context) }
    var failure: UnsafeMutableRawPointer?
    let bytes = Array(svg.utf8)
    guard let document = rsvg.open(bytes, bytes.count, &failure) else {
      throw ChartError(.cannotDraw(reason: rsvg.message(of: failure)))
    }
    defer { rsvg.release(document) }
    guard rsvg.render(document, context, [0, 0, width, height], &failure) != 0 else {
      throw ChartError(.cannotDraw(reason: rsvg.message(of: failure)))
    }
  }

  private func encoded(_ surface: OpaquePointer?) throws(ChartError) -> [UInt8] {
    var png: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &png) { png in
      cairo.writePNG(
        surface,
        { target, bytes, count in
          guard let target, let bytes else { return 0 }
          let buffer = UnsafeBufferPointer(start: bytes, count: Int(count))
          target.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: buffer)
          return 0
        }, png)
    }
    guard status == 0 else { throw ChartError(.cannotDraw(reason: "Cairo's status is \(status)")) }
    return png
  }
}
