import Cells

extension CompiledCell {
  /// More than these would bury what the cell shows.
  private static let limit = 10

  /// What the compiler warned of, each with its line and a caret, as standard error has it; empty when there is nothing.
  func warningText(source: SwiftSource, number: Int) -> String {
    if warnings.isEmpty { return "" }
    let label = "In[\(number)]"
    let rendering = DiagnosticRendering(label: label, text: source.shown, hasColours: false)
    var lines = warnings.prefix(Self.limit).flatMap { rendering.lines(for: $0.shown(in: source)) }
    if warnings.count > Self.limit { lines.append("\(label): \(warnings.count - Self.limit) more warnings") }
    return lines.map { $0 + "\n" }.joined()
  }
}
