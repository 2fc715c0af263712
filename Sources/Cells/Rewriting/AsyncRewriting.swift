import SwiftSyntax

/// Lets a cell wait for asynchronous work at its top level.
///
/// A script with `await` would become an asynchronous `main`, which ends the process. Instead each top-level `await`
/// runs as a task while the cell's thread waits: `await e` becomes `_martletAwait({ await e })`.
enum AsyncRewriting {
  static func edits(for syntax: CellSyntax) -> [RewrittenSource.Edit] {
    let visitor = AwaitVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    return visitor.edits
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

/// Wraps top-level awaits and asynchronous loops.
private final class AwaitVisitor: TopLevelVisitor {
  var edits: [RewrittenSource.Edit] = []

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    // In `a + await b + c` the parser, which does not know precedence yet, sees `await b` alone; it covers all to its
    // right.
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

  // The value of an `async let` waits in a task of its own.
  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    node.indirection?.isAsync == true ? .skipChildren : .visitChildren
  }

  private func wrap(_ range: Range<Int>, _ opening: String, _ closing: String) {
    edits.append(.insert(opening, at: range.lowerBound))
    edits.append(.insert(closing, at: range.upperBound))
  }
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
  var isUnderTry: Bool {
    var node = parent
    while let current = node {
      if current.is(TryExprSyntax.self) { return true }
      if current.is(CodeBlockItemSyntax.self) { return false }
      node = current.parent
    }
    return false
  }
}
