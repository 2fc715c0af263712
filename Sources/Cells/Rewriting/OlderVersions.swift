import SwiftSyntax

/// Tells the older version of a variable from the newer one that the cell is about to declare.
///
/// In `let x = x + 1` the second `x` is the one of an earlier cell; as one file Swift would see a circle. Uses at the
/// cell's top level up to the end of the declaration get a module selector: `let x = Cell4::x + 1`.
enum OlderVersions {
  static func edits(
    for syntax: CellSyntax, declarations: [Declaration], modules: [String: String]
  ) -> [RewrittenSource.Edit] {
    var edits: [RewrittenSource.Edit] = []
    var done: Set<String> = []
    let variables = declarations.filter { $0.kind == .variable || $0.kind == .indirectVariable }
    for declaration in variables where done.insert(declaration.name).inserted {
      guard let module = modules[declaration.name] else { continue }
      let references = ReferenceVisitor(name: declaration.name)
      for item in syntax.items[...declaration.item] { references.walk(item) }
      edits += references.offsets.map { .insert("\(module)::", at: $0) }
    }
    return edits
  }
}

/// Finds the uses of a name that run with the cell itself: not in functions and types, which see the newest version.
private final class ReferenceVisitor: TopLevelVisitor {
  let name: String
  var offsets: [Int] = []

  init(name: String) {
    self.name = name
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    if node.baseName.text == name, !node.isMemberName { offsets.append(node.start) }
    return .visitChildren
  }

  // A closure runs with the statement that it is in, unless a parameter of its own has the name.
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind {
    let parameters = node.signature?.parameterClause?.tokens(viewMode: .sourceAccurate).map(\.text) ?? []
    return parameters.contains(name) ? .skipChildren : .visitChildren
  }
}
