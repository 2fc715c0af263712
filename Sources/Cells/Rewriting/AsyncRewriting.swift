import SwiftSyntax

/// Lets a cell wait for asynchronous work at its top level.
///
/// A script with `await` would become an asynchronous `main`, which ends the process. Instead each top-level `await` runs as a task while the cell's
/// thread waits: `await e` becomes `_martletAwait({ await e })`. A top-level `async let x = e`, which Swift allows only in functions,
/// becomes a started task, and each use of `x` its `value`.
enum AsyncRewriting {
  static func edits(for syntax: CellSyntax, asyncVariables: Set<String>) -> [RewrittenSource.Edit] {
    let lets = AsyncLetVisitor(viewMode: .sourceAccurate)
    lets.walk(syntax.tree)
    let names = asyncVariables.union(lets.names)
    let references = AsyncReferenceVisitor(names: names)
    references.walk(syntax.tree)
    let visitor = AwaitVisitor(throwingNames: references.throwingNames)
    visitor.walk(syntax.tree)
    return references.edits + visitor.edits
  }
}

/// A visitor of what runs at the cell's own level: bodies of functions, closures and types are passed over.
class TopLevelVisitor: SyntaxVisitor {
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}

/// Finds the names that the cell's top level declares by `async let`.
private final class AsyncLetVisitor: TopLevelVisitor {
  var names: Set<String> = []

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    if node.asyncModifier != nil { names.formUnion(node.bindings.flatMap(\.pattern.boundNames)) }
    return .visitChildren
  }
}

/// Reads the value wherever an `async let` is used, in functions and closures too.
private final class AsyncReferenceVisitor: SyntaxVisitor {
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

/// Wraps top-level awaits, asynchronous loops and the values of `async let`.
private final class AwaitVisitor: TopLevelVisitor {
  let throwingNames: Set<String>
  var edits: [RewrittenSource.Edit] = []

  init(throwingNames: Set<String>) {
    self.throwingNames = throwingNames
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    // In `a + await b + c` the parser, which does not know precedence yet, sees `await b` alone; it covers all to its right.
    let list = node.parent?.as(ExprListSyntax.self) ?? node.parent?.parent?.as(ExprListSyntax.self)
    let end = list.flatMap { $0.parent?.is(SequenceExprSyntax.self) == true ? $0.end : nil } ?? node.end
    wrap(node.start..<end, "_martletAwait({ " + (Syntax(node).isUnderTry ? "try " : ""), " })")
    return .skipChildren
  }

  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    guard node.awaitKeyword != nil else { return .visitChildren }
    wrap(node.start..<node.end, (node.tryKeyword != nil ? "try " : "") + "_martletAwait({ ", " })")
    return .skipChildren
  }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    guard let modifier = node.asyncModifier else { return .visitChildren }
    edits.append(.replace(modifier.start..<modifier.end, with: ""))
    for binding in node.bindings {
      guard let value = binding.initializer?.value else { continue }
      let throwing =
        value.is(TryExprSyntax.self) || !throwingNames.isDisjoint(with: binding.pattern.boundNames)
      wrap(value.start..<value.end, "_martletAsyncLet({ " + (throwing ? "try await " : "await "), " })")
    }
    return .skipChildren
  }

  private func wrap(_ range: Range<Int>, _ opening: String, _ closing: String) {
    edits.append(.insert(opening, at: range.lowerBound))
    edits.append(.insert(closing, at: range.upperBound))
  }
}

extension VariableDeclSyntax {
  fileprivate var asyncModifier: DeclModifierSyntax? { modifiers.first { $0.name.tokenKind == .keyword(.async) } }
}

extension DeclReferenceExprSyntax {
  /// Whether the name is a member's, as in `other.name`, and so no variable's.
  var isMemberName: Bool {
    guard let access = parent?.as(MemberAccessExprSyntax.self) else { return false }
    return access.declName.id == id
  }
}

extension Syntax {
  /// Whether the nearest statement has this expression under a `try`.
  fileprivate var isUnderTry: Bool {
    var node = parent
    while let current = node {
      if current.is(TryExprSyntax.self) { return true }
      if current.is(CodeBlockItemSyntax.self) { return false }
      node = current.parent
    }
    return false
  }
}
