import SwiftSyntax

/// Makes a cell's declarations public where a conformance would otherwise not compile.
///
/// A type of an earlier cell counts as public, since its module is imported `@testable`. An extension that conforms it
/// to a protocol must then have public members, and these may mention public types only. So in a cell with such an
/// extension everything without an access modifier becomes public; other cells are left as they are.
enum PublicDeclarations {
  static func edits(for syntax: CellSyntax) -> [RewrittenSource.Edit] {
    let ownTypes = syntax.ownTypes
    let isNeeded = syntax.items.contains { item in
      guard let node = item.item.as(ExtensionDeclSyntax.self) else { return false }
      return node.inheritanceClause != nil && !ownTypes.contains(node.extendedType.trimmedDescription)
    }
    guard isNeeded else { return [] }
    let visitor = PublicVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    return visitor.edits
  }
}

extension CellSyntax {
  /// The names of the types that the cell declares at its top level.
  var ownTypes: Set<String> {
    Set(items.compactMap { $0.item.as(DeclSyntax.self)?.asProtocol(NamedDeclSyntax.self)?.name.text })
  }
}

/// Visits what can be public: top-level declarations and members of types, not what is local to a function.
private final class PublicVisitor: SyntaxVisitor {
  var edits: [RewrittenSource.Edit] = []

  private static let accessLevels: Set<TokenKind> = [
    .keyword(.public), .keyword(.open), .keyword(.package), .keyword(.internal), .keyword(.private),
    .keyword(.fileprivate),
  ]

  private func publish(_ node: some WithModifiersSyntax, keyword: TokenSyntax) {
    // `private(set)` limits writing only.
    if node.modifiers.contains(where: { $0.detail == nil && Self.accessLevels.contains($0.name.tokenKind) }) { return }
    edits.append(.insert("public ", at: node.modifiers.first?.start ?? keyword.start))
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.funcKeyword)
    return .skipChildren
  }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.initKeyword)
    return .skipChildren
  }
  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.subscriptKeyword)
    return .skipChildren
  }
  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.bindingSpecifier)
    return .skipChildren
  }
  override func visit(_ node: TypeAliasDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.typealiasKeyword)
    return .skipChildren
  }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.protocolKeyword)
    return .skipChildren
  }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.structKeyword)
    return .visitChildren
  }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.classKeyword)
    return .visitChildren
  }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.enumKeyword)
    return .visitChildren
  }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind {
    publish(node, keyword: node.actorKeyword)
    return .visitChildren
  }
  override func visit(_ node: DeinitializerDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  // What is declared inside a statement's braces is local to them.
  override func visit(_ node: CodeBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
