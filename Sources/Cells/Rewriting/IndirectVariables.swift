import SwiftSyntax

/// Lets a session have the variables whose value comes later: a top-level `async let` and `lazy var`.
///
/// Swift allows the first in functions only, and gives a script's globals their values at once. So `async let x = e`
/// becomes `let x = _martletAsyncLet({ await e })`, `lazy var x = e` becomes `let x = _martletLazy({ e })`, and each
/// use of `x` becomes `x.value`.
enum IndirectVariables {
  static func edits(for syntax: CellSyntax, indirectVariables: Set<String>) -> [RewrittenSource.Edit] {
    let declarations = syntax.items.compactMap { $0.item.as(VariableDeclSyntax.self) }.filter { $0.indirection != nil }
    let shadowed = syntax.items.compactMap { $0.item.as(VariableDeclSyntax.self) }.filter { $0.indirection == nil }
    let own = declarations.flatMap { $0.bindings.flatMap(\.pattern.boundNames) }
    let names = indirectVariables.subtracting(shadowed.flatMap { $0.bindings.flatMap(\.pattern.boundNames) }).union(own)
    if names.isEmpty { return [] }
    let uses = UseVisitor(names: names)
    uses.walk(syntax.tree)
    return uses.edits + declarations.flatMap { edits(for: $0, throwingNames: uses.throwingNames) }
  }

  private static func edits(
    for declaration: VariableDeclSyntax, throwingNames: Set<String>
  ) -> [RewrittenSource.Edit] {
    guard let indirection = declaration.indirection else { return [] }
    var edits: [RewrittenSource.Edit] = [
      .replace(indirection.modifier.start..<indirection.modifier.end, with: ""),
      .replace(declaration.bindingSpecifier.start..<declaration.bindingSpecifier.end, with: "let"),
    ]
    for binding in declaration.bindings {
      guard let value = binding.initializer?.value else { continue }
      var opening = "_martletLazy({ "
      if indirection.isAsync {
        let canThrow = value.is(TryExprSyntax.self) || !throwingNames.isDisjoint(with: binding.pattern.boundNames)
        opening = "_martletAsyncLet({ " + (canThrow ? "try await " : "await ")
      }
      var closing = " })"
      if let annotation = binding.typeAnnotation {
        edits.append(.replace(annotation.start..<annotation.end, with: ""))
        opening += "("
        closing = ") as \(annotation.type.trimmedDescription) })"
      }
      edits.append(.insert(opening, at: value.start))
      edits.append(.insert(closing, at: value.end))
    }
    return edits
  }
}

extension VariableDeclSyntax {
  /// The modifier by which the variable holds its value indirectly.
  var indirection: (modifier: DeclModifierSyntax, isAsync: Bool)? {
    for modifier in modifiers {
      if modifier.name.tokenKind == .keyword(.async) { return (modifier, true) }
      if modifier.name.tokenKind == .keyword(.lazy) { return (modifier, false) }
    }
    return nil
  }
}

/// Reads the value wherever an indirect variable is used, in functions and closures too.
private final class UseVisitor: SyntaxVisitor {
  let names: Set<String>
  var edits: [RewrittenSource.Edit] = []
  /// The names that are read under a `try`.
  var throwingNames: Set<String> = []

  init(names: Set<String>) {
    self.names = names
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    guard names.contains(node.baseName.text), !node.isMemberName else { return .visitChildren }
    edits.append(.insert(".value", at: node.end))
    if Syntax(node).isUnderTry { throwingNames.insert(node.baseName.text) }
    return .skipChildren
  }
}
