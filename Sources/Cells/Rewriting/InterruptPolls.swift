import SwiftSyntax

/// Puts a question for an interrupt at the heads of loops and of functions that call themselves.
///
/// A poll is one relaxed load. It keeps a loop from being vectorised, so a counted loop whose body neither calls nor loops gets none of its own:
/// it is cut into stretches, with a poll between them.
enum InterruptPolls {
  // A declaration, because a call that returns nothing would not compile inside a result builder.
  static let poll = " let _: Void = martlet_poll();"

  static func edits(for syntax: CellSyntax) -> [RewrittenSource.Edit] {
    let visitor = PollVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    return visitor.edits
  }
}

private final class PollVisitor: SyntaxVisitor {
  var edits: [RewrittenSource.Edit] = []

  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { poll(in: node.body) }
  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { poll(in: node.body) }
  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    if WorkFinder.findsWork(in: node.body) || node.awaitKeyword != nil || !node.isBounded { return poll(in: node.body) }
    return .visitChildren
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    guard let body = node.body, CallFinder.finds(call: node.name.text, in: body) else { return .visitChildren }
    let needsReturn = node.signature.returnClause != nil && body.statements.count == 1 && body.isImplicitReturn
    edits.append(
      .insert(InterruptPolls.poll + (needsReturn ? " return" : ""), at: body.leftBrace.end))
    return .visitChildren
  }

  private func poll(in body: CodeBlockSyntax) -> SyntaxVisitorContinueKind {
    guard body.leftBrace.presence == .present else { return .visitChildren }
    edits.append(.insert(InterruptPolls.poll, at: body.leftBrace.end))
    return .visitChildren
  }
}

extension ForStmtSyntax {
  /// Whether the loop's sequence has an end that can be seen: not `0...`, not a call that could make anything.
  fileprivate var isBounded: Bool {
    !sequence.is(PostfixOperatorExprSyntax.self) && !sequence.is(FunctionCallExprSyntax.self)
  }
}

extension CodeBlockSyntax {
  /// Whether the only statement is the function's value.
  fileprivate var isImplicitReturn: Bool {
    guard let item = statements.first?.item.as(ExprSyntax.self) else { return false }
    if item.is(IfExprSyntax.self) || item.is(SwitchExprSyntax.self) { return !ReturnFinder.finds(in: item) }
    return true
  }
}

/// Looks for what can take long in a loop's body: calls and inner loops.
private final class WorkFinder: SyntaxVisitor {
  private var found = false

  static func findsWork(in body: CodeBlockSyntax) -> Bool {
    let finder = WorkFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.found
  }

  private func work() -> SyntaxVisitorContinueKind {
    found = true
    return .skipChildren
  }
  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind { work() }
  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { work() }
  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { work() }
  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind { work() }
}

/// Looks for a function's call of itself.
private final class CallFinder: SyntaxVisitor {
  private let name: String
  private var found = false

  private init(_ name: String) {
    self.name = name
    super.init(viewMode: .sourceAccurate)
  }

  static func finds(call name: String, in body: CodeBlockSyntax) -> Bool {
    let finder = CallFinder(name)
    finder.walk(body)
    return finder.found
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if node.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text == name { found = true }
    if node.calledExpression.as(MemberAccessExprSyntax.self)?.declName.baseName.text == name { found = true }
    return found ? .skipChildren : .visitChildren
  }
}

/// Looks for `return` in the branches of an `if` or `switch`, which makes it a statement.
private final class ReturnFinder: SyntaxVisitor {
  private var found = false

  static func finds(in expression: ExprSyntax) -> Bool {
    let finder = ReturnFinder(viewMode: .sourceAccurate)
    finder.walk(expression)
    return finder.found
  }

  override func visit(_ node: ReturnStmtSyntax) -> SyntaxVisitorContinueKind {
    found = true
    return .skipChildren
  }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
