/// What a cell sees of the cells before it.
///
/// Names come through the newest module, which re-exports all before it, so that newer ones shadow older ones. But
/// what has no access modifier is visible only to files that import its own module `@testable`, and importing that as
/// a whole would end the shadowing. So each needed module is opened by a scoped import of a marker: it brings one
/// name, and opens everything. (Switching access control off instead makes the 6.3 compiler call wrong methods of
/// imported classes: `DispatchGroup.enter` through the slot of another.)
struct CellImports: Sendable {
  /// The newest cell of the chain; `nil` for the first cells.
  var newest: Int?
  /// The cells whose declarations can be used whatever their access.
  var opened: Set<Int>
  /// The modules of the toolkit whose operators the cell uses.
  var operatorModules: Set<String> = []

  /// The toolkit's own operators. Where a module is imported by scope, those of the modules that it re-exports are not
  /// found, so a module with operators is imported by a scope of its own.
  static let toolkitOperators = ["•": "MartletNumerics"]

  /// The import declarations, a line each.
  var text: String {
    // The first cells' own imports are whole.
    guard let newest else { return "@_exported import MartletDisplay\n" }
    let markers = opened.sorted().map { cell in
      "@_private(sourceFile: \"Cell\(cell).swift\") @testable import typealias Cell\(cell).\(Self.marker(of: cell))\n"
    }
    let operators = operatorModules.sorted().map { "import enum \($0)._MartletOperators\n" }
    return "@testable @_exported import Cell\(newest)\n" + markers.joined() + operators.joined()
  }

  /// The name of the type alias that opens a cell's module.
  static func marker(of cell: Int) -> String { "_MartletCell\(cell)" }
}
