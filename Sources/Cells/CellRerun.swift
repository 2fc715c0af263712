import SwiftSyntax

/// A run of a cell that is loaded, and what must still hold for its code to be what the same text compiles to.
///
/// Running a cell again is the commonest thing in a notebook. Where the text and all that it sees are unchanged, its
/// code is called once more. What is made anew at each run keeps a cell from that: the stored statics of types, which start
/// over, and what it adds to types of elsewhere, since another cell may have replaced that meanwhile.
struct CellRerun: Sendable {
  let sequence: Int
  /// The number by which the loaded code calls the cell.
  let number: Int
  let module: CellModule
  let libraries: [String]
  let warnings: [Diagnostic]
  let declarations: [Declaration]
  /// The cells that the text needs besides itself, as they were when it had run.
  let keys: [Int: CompilationKey]
  /// What cells could import then.
  let importable: Libraries
  let rewritten: [UInt8]
  let canRepeat: Bool

  /// - Parameter state: as it is when the cell has taken its place.
  init(of cell: JoinedCell, libraries: [String], in state: ChainState, links: ModuleLinks) {
    sequence = cell.module.sequence
    number = cell.number
    module = cell.module
    self.libraries = libraries
    warnings = cell.warnings
    declarations = cell.declarations
    keys = state.keysNeeded(by: cell.names, except: cell.module.sequence, links: links)
    importable = state.libraries
    canRepeat = !cell.syntax.hasStaticVariables && cell.syntax.extendsOnlyOwnTypes
    rewritten = canRepeat ? cell.rewritten.text : []
  }
}

extension CellSyntax {
  fileprivate var hasStaticVariables: Bool {
    tree.tokens(viewMode: .sourceAccurate).contains { token in
      token.tokenKind == .keyword(.static) && token.parent?.parent?.parent?.is(VariableDeclSyntax.self) ?? false
    }
  }

  fileprivate var extendsOnlyOwnTypes: Bool {
    let ownTypes = ownTypes
    return items.allSatisfy { item in
      item.item.as(ExtensionDeclSyntax.self).map { ownTypes.contains($0.extendedType.trimmedDescription) } ?? true
    }
  }
}
