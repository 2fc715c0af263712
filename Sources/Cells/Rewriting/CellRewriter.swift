import SwiftSyntax

/// Turns a cell's text into the text that is compiled, by few and small insertions.
///
/// - The last expression is shown; see ``DisplayRewriting``.
/// - Top-level `await` waits on the cell's thread; see ``AsyncRewriting``. So do uses of `async let`; see
/// ``IndirectVariables``.
/// - Loops that could run long ask whether an interrupt is wanted; see ``InterruptPolls``.
/// - Top-level forms that a script knows and a session needs otherwise are adapted; see ``TopLevelRewriting``.
/// - Extensions that conform an earlier cell's type need public members; see ``PublicDeclarations``.
/// - Extensions that conform a type are prepared for being run again; see ``ConformanceRewriting``.
/// - Empty dictionaries and sets are made in a way that takes the compiler no time; see ``EmptyLiterals``.
/// - Uses of a variable's older version, before the cell declares the newer one, are told apart; see ``OlderVersions``.
package struct CellRewriter {
  /// What a rewriting depends on besides the cell's text.
  struct Context: Sendable {
    /// The module of each variable's version from an earlier cell.
    var variableModules: [String: String] = [:]
    /// The variables of earlier cells whose value is behind `.value`.
    var indirectVariables: Set<String> = []
    /// The cell version in which a later cell superseded a declaration, by the place of the declaration.
    var obsoleted: [Int: Obsoletion] = [:]
    /// The conformances that the cell states anew though an earlier cell's still stand, by their names, with the
    /// members that the earlier extensions brought.
    var standingConformances: [String: Set<String>] = [:]
    /// What loops may use of earlier cells.
    var loops = LoopSurroundings()
    /// Whether loops are cut into stretches; without, messages about their heads are the compiler's own.
    var cutsLoops = true
    /// The items to compile; `nil` for all of them.
    var keptItems: Set<Int>?
  }

  struct Obsoletion: Sendable, Equatable {
    /// The sequence number of the cell that brought the newer declaration.
    var version: Int
    var message: String
  }

  /// - Parameter syntax: a cell that parses; one that does not is rewritten as far as it is understood.
  static func rewrite(_ syntax: CellSyntax, declarations: [Declaration], context: Context) -> RewrittenSource {
    if let kept = context.keptItems {
      return RewrittenSource(syntax.source, edits: interfaceEdits(syntax, kept: kept, context: context))
    }
    // Edits at one place apply in the order of this list: what encloses comes before what it encloses where they
    // start, after it where they end.
    let display = DisplayRewriting.edits(for: syntax)
    var edits = obsoletionEdits(context)
    edits += ConformanceRewriting.edits(for: syntax, context: context)
    edits += PublicDeclarations.edits(for: syntax)
    edits += TopLevelRewriting.openingEdits(for: syntax, variableModules: context.variableModules)
    edits += display.opening
    var inner = IndirectVariables.edits(for: syntax, indirectVariables: context.indirectVariables)
    inner += AsyncRewriting.edits(for: syntax)
    inner += OlderVersions.edits(for: syntax, declarations: declarations, modules: context.variableModules)
    edits += inner
    edits += EmptyLiterals.edits(for: syntax)
    edits += InterruptPolls.edits(
      for: syntax, earlier: context.loops, cutsLoops: context.cutsLoops, occupied: inner.map(\.range.lowerBound))
    edits += display.closing
    edits += TopLevelRewriting.closingEdits(for: syntax, declarations: declarations)
    return RewrittenSource(syntax.source, edits: edits)
  }

  /// What is compiled of a cell, after some earlier cells, as far as its loops depend on them.
  package static func text(of cell: String, after earlier: [String] = []) -> String {
    let syntax = CellSyntax(cell)
    var context = Context()
    for text in earlier { context.loops.add(CellSyntax(text)) }
    let declarations = DeclarationCollector(syntax).declarations
    return String(decoding: rewrite(syntax, declarations: declarations, context: context).text, as: UTF8.self)
  }

  private static func obsoletionEdits(_ context: Context) -> [RewrittenSource.Edit] {
    context.obsoleted.sorted { $0.key < $1.key }.map { offset, obsoletion in
      .insert(
        "@available(_PackageDescription, obsoleted: \(obsoletion.version), message: \"\(obsoletion.message)\") ",
        at: offset)
    }
  }

  /// The edits that leave only some items, for the interface that later cells see.
  private static func interfaceEdits(
    _ syntax: CellSyntax, kept: Set<Int>, context: Context
  ) -> [RewrittenSource.Edit] {
    var edits = obsoletionEdits(context).filter { edit in
      syntax.items.enumerated().contains { kept.contains($0) && $1.range.contains(edit.range.lowerBound) }
    }
    edits += TopLevelRewriting.openingEdits(for: syntax, variableModules: context.variableModules)
    edits += IndirectVariables.edits(for: syntax, indirectVariables: context.indirectVariables)
    edits += ConformanceRewriting.edits(for: syntax, context: context)
    edits += PublicDeclarations.edits(for: syntax)
    let removed = syntax.items.enumerated().filter { !kept.contains($0.offset) }.map { $0.element.range }
    edits.removeAll { edit in removed.contains { $0.contains(edit.range.lowerBound) } }
    return edits + removed.map { .replace($0, with: "") }
  }
}

extension CodeBlockItemSyntax {
  /// The item's text with its semicolon.
  fileprivate var range: Range<Int> { start..<max(start, end) }
}
