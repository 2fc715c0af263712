import Glibc
import MartletDisplay

extension Chart: RichDisplayable, CustomStringConvertible {
  /// The picture as a complete SVG document.
  public var svg: String { ChartRenderer(chart: self).render().svg }

  /// What the picture leaves out, in words: rows without a finite value, for example. Empty when everything is drawn.
  public var notes: [String] { ChartRenderer(chart: self).render().notes }

  /// The chart in one line: `Chart "Penguins": 344 rows, x: bill_length, y: body_mass, color: species`.
  public var description: String { ChartRenderer(chart: self).summary }

  /// The picture as SVG, and a line of text for terminals.
  public func displayBundle() -> DisplayBundle {
    let renderer = ChartRenderer(chart: self)
    let picture = renderer.render()
    return [.svg: .text(picture.svg), .plainText: .text(([renderer.summary] + picture.notes).joined(separator: "\n"))]
  }

  /// Writes the picture to a file that browsers and drawing programs open.
  ///
  /// - Parameter path: where to; an existing file is replaced.
  /// - Throws: `ChartError` with the system's reason when the file cannot be written.
  public func write(to path: String) throws(ChartError) {
    guard let file = fopen(path, "w") else { throw failure(path) }
    let bytes = Array(svg.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw failure(path) }
  }

  private func failure(_ path: String) -> ChartError {
    ChartError(.cannotWrite(path: path, reason: String(cString: strerror(errno))))
  }
}
