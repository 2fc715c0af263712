import SwiftSyntax

/// What a cell gives to the cells after it, and what it takes from those before it: by names, without types.
package struct CellOutline: Sendable {
  /// The names that it declares at its top level.
  package let declared: Set<String>
  /// The names in its text that it does not declare itself, at its top level or further in; those of libraries included.
  package let used: Set<String>
  /// Whether it does nothing but declare functions: running it again changes nothing else.
  package let isOnlyFunctions: Bool
  /// Whether its code goes on using what it was compiled with: it declares functions or types.
  package let holdsCode: Bool

  package init(_ text: String) {
    let syntax = CellSyntax(text)
    self.init(syntax, declarations: DeclarationCollector(syntax).declarations, names: CellNames(syntax))
  }

  init(_ syntax: CellSyntax, declarations: [Declaration], names: CellNames) {
    declared = Set(declarations.map { $0.kind == .callable ? $0.baseName : $0.name })
    let local = LocalNames(viewMode: .sourceAccurate)
    local.walk(syntax.tree)
    used = names.mentioned.subtracting(declared).subtracting(local.names)
    isOnlyFunctions = !syntax.items.isEmpty && syntax.items.allSatisfy { $0.item.is(FunctionDeclSyntax.self) }
    holdsCode = declarations.contains { $0.kind == .callable || $0.kind == .type }
  }
}

/// The names that are bound below a cell's top level: parameters, local variables, members of types.
private final class LocalNames: SyntaxVisitor {
  private(set) var names: Set<String> = []
  private var depth = 0

  override func visit(_ node: CodeBlockSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: CodeBlockSyntax) { depth -= 1 }
  override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: MemberBlockSyntax) { depth -= 1 }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: ClosureExprSyntax) { depth -= 1 }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: AccessorBlockSyntax) { depth -= 1 }

  override func visitPost(_ node: IdentifierPatternSyntax) {
    let isTopLevel = depth == 0 && node.parent?.isTopLevelBinding ?? false
    // `if let x` reads the variable that it shadows.
    let isShorthand = node.parent?.as(OptionalBindingConditionSyntax.self).map { $0.initializer == nil } ?? false
    if !isTopLevel, !isShorthand { names.insert(node.identifier.text) }
  }
  override func visitPost(_ node: FunctionParameterSyntax) { names.insert((node.secondName ?? node.firstName).text) }
  override func visitPost(_ node: ClosureParameterSyntax) { names.insert((node.secondName ?? node.firstName).text) }
  override func visitPost(_ node: ClosureShorthandParameterSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: GenericParameterSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: EnumCaseElementSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: AssociatedTypeDeclSyntax) { names.insert(node.name.text) }
  override func visitPost(_ node: FunctionDeclSyntax) { if depth > 0 { names.insert(node.name.text) } }
  override func visitPost(_ node: StructDeclSyntax) { if depth > 0 { names.insert(node.name.text) } }
  override func visitPost(_ node: ClassDeclSyntax) { if depth > 0 { names.insert(node.name.text) } }
  override func visitPost(_ node: EnumDeclSyntax) { if depth > 0 { names.insert(node.name.text) } }
  override func visitPost(_ node: TypeAliasDeclSyntax) { if depth > 0 { names.insert(node.name.text) } }

  private func enter() -> SyntaxVisitorContinueKind {
    depth += 1
    return .visitChildren
  }
}

extension Syntax {
  /// Whether the node is, or is in, the pattern of a variable that is declared at the top level.
  fileprivate var isTopLevelBinding: Bool {
    if self.is(PatternBindingSyntax.self) { return true }
    if self.is(TuplePatternElementSyntax.self) || self.is(TuplePatternElementListSyntax.self)
      || self.is(TuplePatternSyntax.self)
    {
      return parent?.isTopLevelBinding ?? false
    }
    return false
  }
}
