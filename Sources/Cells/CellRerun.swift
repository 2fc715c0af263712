import SwiftSyntax

/// A run of a cell that is loaded, and what must still hold for its code to be what the same text compiles to.
///
/// Running a cell again is the commonest thing in a notebook. Where the text and all that it sees are unchanged, its
/// code is called once more. What is made anew at each run keeps a cell from that: types, whose stored statics start
/// over, and conformances.
struct CellRerun: Sendable {
  let sequence: Int
  /// The number by which the loaded code calls the cell.
  let number: Int
  let module: CellModule
  let libraries: [String]
  let declarations: [Declaration]
  let keys: [Int: CompilationKey]
  let rewritten: [UInt8]
  let canRepeat: Bool

  init(of cell: JoinedCell, libraries: [String], in state: ChainState) {
    sequence = cell.module.sequence
    number = cell.number
    module = cell.module
    self.libraries = libraries
    declarations = cell.declarations
    keys = state.keys(of: cell.imports.cells)
    let plainKinds: Set<Declaration.Kind> = [.variable, .callable]
    let isPlain = cell.declarations.allSatisfy { plainKinds.contains($0.kind) }
    let isStatic = cell.syntax.tree.tokens(viewMode: .sourceAccurate).contains { $0.tokenKind == .keyword(.static) }
    canRepeat = isPlain && !isStatic && !cell.names.hasExtensions && cell.names.imported.isEmpty
    rewritten = canRepeat ? cell.rewritten.text : []
  }
}
