import Foundation

/// What the next cell would see of the chain, for tools that understand code without compiling it. A copy, so that it may
/// be used on any thread while the chain goes on.
package struct CellSurroundings: Sendable {
  /// The cells of the chain: the number in the module's name to the one by which messages call the cell.
  let numbers: [Int: Int]
  /// The cell of each variable's newest version, by the number in its module's name.
  let variableCells: [String: Int]
  let variableDeclarations: [String: Declaration]
  /// Where the cells' sources lie.
  package let folder: URL
  /// Where their modules lie, each of which re-exports the one before it.
  let modules: URL
  let toolchain: Toolchain
  let installation: Installation
  let libraries: Libraries

  /// What comes before the text of a cell: the imports, with every earlier cell opened, since nobody knows what is being
  /// typed.
  package func header(for code: String) -> String {
    let operators = CellImports.toolkitOperators.filter { code.contains($0.key) }
    return CellImports(cells: Set(numbers.keys), operatorModules: Set(operators.values)).text
  }

  /// The arguments of the compiler's frontend by which it understands a cell, without inputs, outputs and the module's name.
  package var frontendArguments: [String] {
    CompileJob.languageArguments(toolchain) + ["-I", modules.path]
      + CompileJob.searchArguments(folder, installation, libraries)
  }

  /// The number by which messages call a cell, from the one in its module's name.
  package func number(ofSequence sequence: Int) -> Int? { numbers[sequence] }
}
