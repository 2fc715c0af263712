import Cells

extension CellFailure {
  /// A cell that did not compile, with the compiler's messages in the order of the cell's text.
  static func compilation(_ diagnostics: [Diagnostic], text: String, number: Int) -> CellFailure {
    let rendering = DiagnosticRendering(label: "In[\(number)]", text: text)
    let errors = diagnostics.filter { $0.severity == .error }.sorted { ($0.offset ?? .max) < ($1.offset ?? .max) }
    let first = errors[0]
    return CellFailure(
      kind: .compileError, name: "CompileError", message: rendering.summary(of: first),
      traceback: errors.flatMap(rendering.lines(for:)), line: first.offset.map { rendering.place(of: $0).line })
  }

  /// A cell that the tools failed on.
  static func unavailable(_ reason: String) -> CellFailure {
    CellFailure(kind: .unavailable, name: "EngineError", message: reason, traceback: [heading("EngineError", reason)])
  }

  static let interruptedDuringCompilation = CellFailure(
    kind: .interrupted, name: "Interrupted", message: "The cell was interrupted before it ran.",
    traceback: [heading("Interrupted", "The cell was interrupted before it ran.")])

  /// A heading as terminals show errors: the name in red, then the message.
  static func heading(_ name: String, _ message: String) -> String {
    message.isEmpty ? "\u{1b}[31;1m\(name)\u{1b}[0m" : "\u{1b}[31;1m\(name)\u{1b}[0m: \(message)"
  }
}

extension Diagnostic {
  /// The message with its places in the cell as the user wrote it.
  func shown(in source: SwiftSource) -> Diagnostic {
    var result = self
    result.offset = offset.map(source.shownOffset)
    for index in fixIts.indices {
      let range = fixIts[index].range
      result.fixIts[index].range = source.shownOffset(of: range.lowerBound)..<source.shownOffset(of: range.upperBound)
    }
    result.notes = notes.map { $0.shown(in: source) }
    return result
  }
}
