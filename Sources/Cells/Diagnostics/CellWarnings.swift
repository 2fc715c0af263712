import SwiftSyntax

extension JoinedCell {
  /// What is worth saying of the compiler's messages on a cell that compiled: its warnings in the order of their places,
  /// without their notes.
  func warnings(among diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.filter { $0.severity == .warning && !isBesideThePoint($0) }
      .sorted { ($0.offset ?? 0) < ($1.offset ?? 0) }
      .map { warning in
        var brief = warning
        brief.notes = []
        return brief
      }
  }

  /// Whether a warning says nothing in a session, or speaks of a rewriting that the message does not name.
  private func isBesideThePoint(_ warning: Diagnostic) -> Bool {
    // Each cell is a module, so the types of earlier ones count as imported; and no session outlives a library's version.
    if warning.message.hasPrefix("extension declares a conformance of imported type") { return true }
    // `value;` at the end of a cell says that the value is not wanted.
    if warning.message.contains("unused"), let last = syntax.items.last, last.semicolon != nil,
      let offset = warning.offset, offset >= last.start
    {
      return true
    }
    // What an `async let` waits for, and whether it can fail, is said where the rewriter has put it.
    let isOfEffects = ["no 'async' operations", "no calls to throwing functions"].contains(
      where: warning.message.hasPrefix)
    return isOfEffects && usesIndirectVariables
  }

  private var usesIndirectVariables: Bool {
    !context.indirectVariables.isEmpty || declarations.contains { $0.kind == .indirectVariable }
  }
}
