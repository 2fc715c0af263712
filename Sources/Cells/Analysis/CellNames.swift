import SwiftSyntax

/// The names in a cell's text: by them the chain finds which earlier cells a cell may use.
struct CellNames: Sendable {
  /// What the cell declares, at its top level or inside types.
  private(set) var declared: Set<String> = []
  /// Every identifier and operator that the cell's text has.
  private(set) var mentioned: Set<String> = []
  /// Whether the cell adds members to types by extensions: those can be used without their names, as subscripts are.
  private(set) var hasExtensions = false
  /// Whether the cell imports libraries, whose names are not known here.
  private(set) var hasImports = false

  init(_ syntax: CellSyntax) {
    for token in syntax.tree.tokens(viewMode: .sourceAccurate) {
      switch token.tokenKind {
      case .identifier(let text), .binaryOperator(let text), .prefixOperator(let text), .postfixOperator(let text):
        mentioned.insert(text)
      default: break
      }
    }
    let visitor = DeclaredNameVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    declared = visitor.names
    hasExtensions = syntax.items.contains { $0.item.is(ExtensionDeclSyntax.self) }
    hasImports = syntax.items.contains { $0.item.is(ImportDeclSyntax.self) }
  }
}

private final class DeclaredNameVisitor: SyntaxVisitor {
  var names: Set<String> = []

  override func visitPost(_ node: FunctionDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: StructDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: ClassDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: EnumDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: ActorDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: ProtocolDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: TypeAliasDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: AssociatedTypeDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: PatternBindingSyntax) { names.formUnion(node.pattern.boundNames) }
  override func visitPost(_ node: EnumCaseElementSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: OperatorDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: PrecedenceGroupDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: GuardStmtSyntax) { names.formUnion(node.boundNames) }
}
