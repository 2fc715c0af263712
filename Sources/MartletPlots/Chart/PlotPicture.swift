import Glibc
import MartletDisplay

/// What can be drawn: a chart, or several in a grid.
public protocol PlotPicture: RichDisplayable, Sendable {
  /// The picture as a complete SVG document.
  var svg: String { get }
  /// The picture's width and height, in CSS pixels.
  var pictureSize: (width: Double, height: Double) { get }
}

extension PlotPicture {
  /// The picture as a PNG file, drawn by librsvg. A theme that follows the reader's is light in it.
  ///
  ///     try chart.png().count                 // bytes
  ///
  /// - Parameter scale: how many dots a CSS pixel takes on each side; more than 0, default 2, for sharp screens.
  /// - Returns: the bytes of the file.
  /// - Throws: `ChartError` when librsvg is not installed, or a side would have more than 32,000 dots.
  public func png(scale: Double = 2) throws(ChartError) -> [UInt8] {
    let (width, height) = pictureSize
    return try SVGRasterizer.library().png(svg, width: width * scale, height: height * scale)
  }

  /// Writes the picture to a file: as SVG where its name ends with `.svg`, as PNG where it ends with `.png`.
  ///
  ///     try chart.write(to: "penguins.svg")
  ///     try chart.write(to: "penguins.png", scale: 3)
  ///
  /// - Parameters:
  ///   - path: where to; an existing file is replaced.
  ///   - scale: how many dots of a PNG file a CSS pixel takes on each side; default 2.
  /// - Throws: `ChartError` when the name has another ending, the file cannot be written, or, for PNG, librsvg is
  ///   missing.
  public func write(to path: String, scale: Double = 2) throws(ChartError) {
    let name = path.lowercased()
    if name.hasSuffix(".png") {
      try write(try png(scale: scale), to: path)
    } else if name.hasSuffix(".svg") {
      try write(Array(svg.utf8), to: path)
    } else {
      throw ChartError(.unknownFormat(path: path))
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(ChartError) {
    guard let file = fopen(path, "w") else { throw failure(path) }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw failure(path) }
  }

  private func failure(_ path: String) -> ChartError {
    ChartError(.cannotWrite(path: path, reason: String(cString: strerror(errno))))
  }
}
