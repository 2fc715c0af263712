import Foundation

/// What the next cell would see of the chain, for tools that understand code without compiling it. A copy, so that it may
/// be used on any thread while the chain goes on.
package struct CellSurroundings: Sendable {
  let state: ChainState
  let links: ModuleLinks
  /// Where the cells' sources lie.
  package let folder: URL
  let modules: ModuleCopies
  let toolchain: Toolchain
  let installation: Installation
  /// How often modules have been written anew under their names; what was read of them before is outdated.
  package let revision: Int

  init(state: ChainState, links: ModuleLinks, folder: URL, builder: CellBuilder) {
    (self.state, self.links, self.folder) = (state, links, folder)
    (modules, toolchain, installation) = (builder.copies, builder.toolchain, builder.installation)
    revision = builder.copies.revision
  }

  /// What comes before the text of a cell: the imports by which it sees what it may use.
  ///
  /// - Parameters:
  ///   - code: as far as it is typed.
  ///   - prefix: the beginning of a name that is being typed; `nil` where no name of an earlier cell can stand.
  package func header(for code: String, completing prefix: String? = nil) -> String {
    VisibleCells(of: state, links: links, code: code, prefix: prefix).imports
  }

  /// Whether a tool that has read what the cells of earlier surroundings import has read all that takes long: the libraries,
  /// as they are.
  package func isAsRead(for earlier: CellSurroundings) -> Bool {
    revision == earlier.revision && folder == earlier.folder && state.importingCells == earlier.state.importingCells
      && state.libraries.compilerArguments == earlier.state.libraries.compilerArguments
  }

  /// The arguments of the compiler's frontend by which it understands a cell, without inputs, outputs and the module's name.
  package var frontendArguments: [String] {
    CompileJob.languageArguments(toolchain) + ["-I", modules.folder.path]
      + CompileJob.searchArguments(folder, installation, state.libraries)
  }

  /// The number by which messages call a cell, from the one in its module's name.
  package func number(ofSequence sequence: Int) -> Int? { state.joined[sequence]?.number }

  /// The text by which a cell declares a name: the whole declaration at the top level that is or contains it.
  ///
  /// - Parameter name: with argument labels, or without.
  package func source(of name: String, inSequence sequence: Int) -> String? {
    state.joined[sequence]?.source(of: String(name.prefix { $0 != "(" }))
  }
}
