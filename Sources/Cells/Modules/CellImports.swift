/// What a cell sees of the cells before it.
///
/// Names come through the newest module, which re-exports the next older one and so on, so that newer ones shadow older
/// ones. But what has no access modifier is visible only to files that import its own module `@testable`, and importing
/// that as a whole would end the shadowing. So each module is opened by a scoped import of a marker: it brings one name,
/// and opens everything. (Switching access control off instead makes the 6.3 compiler call wrong methods of imported
/// classes: `DispatchGroup.enter` through the slot of another.)
struct CellImports: Sendable {
  /// The cells whose declarations can be used; see ``ModuleLinks`` for how they are found.
  var cells: Set<Int>
  /// The modules of the toolkit whose operators the cell uses.
  var operatorModules: Set<String> = []

  /// The toolkit's own operators. Where a module is imported by scope, those of the modules that it re-exports are not
  /// found, so a module with operators is imported by a scope of its own.
  static let toolkitOperators = ["•": "MartletNumerics"]

  /// The import declarations, a line each.
  var text: String {
    let markers = cells.sorted().map { cell in
      let name = CellModule.name(ofSequence: cell)
      return "@_private(sourceFile: \"\(name).swift\") @testable import typealias \(name).\(Self.marker(of: cell))\n"
    }
    let operators = operatorModules.sorted().map { "import enum \($0)._MartletOperators\n" }
    let newest = CellModule.name(ofSequence: cells.max() ?? CellModule.baseSequence)
    return "@testable @_exported import \(newest)\n" + markers.joined() + operators.joined()
  }

  static let markerPrefix = "_Martlet"

  /// The name of the type alias that opens a cell's module.
  static func marker(of cell: Int) -> String { markerPrefix + CellModule.name(ofSequence: cell) }
}
