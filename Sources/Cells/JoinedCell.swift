import SwiftSyntax

/// A cell as the chain knows it: its text, what it declares, and how it is rewritten.
struct JoinedCell: Sendable {
  let module: CellModule
  let number: Int
  let syntax: CellSyntax
  private(set) var declarations: [Declaration]
  /// The run of the same cell before this one.
  let predecessor: Int?
  let identifier: String?
  /// What the cell sees of earlier ones.
  var imports: CellImports
  let names: CellNames
  var context: CellRewriter.Context
  /// What its module was made from.
  var key: CompilationKey?
  /// What the compiler warned of.
  var warnings: [Diagnostic] = []

  init(
    module: CellModule, number: Int, syntax: CellSyntax, declarations: [Declaration], predecessor: Int?,
    identifier: String?, imports: CellImports, names: CellNames, context: CellRewriter.Context
  ) {
    self.module = module
    self.number = number
    self.syntax = syntax
    self.declarations = declarations
    self.predecessor = predecessor
    self.identifier = identifier
    self.imports = imports
    self.names = names
    self.context = context
  }

  /// How messages call the cell.
  var label: String { "In[\(number)]" }

  /// What comes before the user's text: the imports, the marker by which later cells reach this one, and the name under
  /// which the text's lines are known.
  var header: String {
    let own = joinsChain ? "typealias \(CellImports.marker(of: module.sequence)) = Never\n\(Self.filling)\n" : ""
    return "\(imports.text)\(own)#sourceLocation(file: \"\(label)\", line: 1)\n"
  }

  /// Keeps the top-level code out of the cell's module. Nobody calls it twice, but the compiler gives every function of
  /// fewer than twenty instructions to other modules, and with it the need for all that it uses. These stores cost
  /// nothing when they run: all but one are dropped.
  private static let filling = String(repeating: "martlet_cell_progress = 0;", count: 20)

  var rewritten: RewrittenSource { CellRewriter.rewrite(syntax, declarations: declarations, context: context) }

  /// Whether later cells need the cell: it declares or imports something.
  var joinsChain: Bool {
    !declarations.isEmpty || syntax.declaresSomething
  }

  /// The text of the item that declares a name, or within which it is declared.
  func source(of baseName: String) -> String? {
    let declaring = declarations.first { $0.baseName == baseName || $0.memberName == baseName }?.item
    let containing = syntax.items.firstIndex { item in
      item.item.is(DeclSyntax.self) && item.tokens(viewMode: .sourceAccurate).contains { $0.text == baseName }
    }
    return (declaring ?? containing).map { syntax.items[$0].trimmedDescription }
  }

  /// The members of an extension that a later run of it can replace.
  func replaceableMembers(item: Int) -> Set<String>? {
    syntax.items[item].item.as(ExtensionDeclSyntax.self)?.replaceableNames
  }

  /// The items that later cells must not see because the cell stopped: variables without a value, and what mentions
  /// them. `nil` when nothing is missing.
  func itemsWithoutValue(after completedItems: Int) -> Set<Int>? {
    let isVariable: (Declaration) -> Bool = { $0.kind == .variable || $0.kind == .indirectVariable }
    let missing = declarations.filter { isVariable($0) && $0.item >= completedItems }
    if missing.isEmpty { return nil }
    var names = Set(missing.map(\.name))
    var items = Set(missing.map(\.item))
    var grew = true
    while grew {
      grew = false
      for (index, item) in syntax.items.enumerated() where !items.contains(index) && item.item.is(DeclSyntax.self) {
        guard item.tokens(viewMode: .sourceAccurate).contains(where: { names.contains($0.text) }) else { continue }
        items.insert(index)
        names.formUnion(declarations.filter { $0.item == index }.map(\.name))
        grew = true
      }
    }
    return items
  }

  /// Leaves only the declarations outside some items.
  mutating func keep(itemsOutside missing: Set<Int>) {
    let declaring = syntax.items.indices.filter { !missing.contains($0) && syntax.items[$0].item.is(DeclSyntax.self) }
    context.keptItems = Set(declaring)
    declarations.removeAll { !declaring.contains($0.item) }
  }
}
