import SwiftSyntax

/// Shows the value of a cell's last expression.
///
/// The expression gets a constant of its own, `do { let value = …; show(value) }`, so that the type checker sees it as
/// the user wrote it. A plain name is shown as it is, since a value that cannot be copied may not be bound again.
enum DisplayRewriting {
  struct Edits {
    var opening: [RewrittenSource.Edit] = []
    var closing: [RewrittenSource.Edit] = []
  }

  static func edits(for syntax: CellSyntax) -> Edits {
    guard let expression = displayedExpression(of: syntax) else { return Edits() }
    if expression.is(NilLiteralExprSyntax.self) { return Edits() }
    let opening: String
    let closing: String
    if expression.isPlainName {
      (opening, closing) = ("_martletResult(", ")")
    } else {
      (opening, closing) = ("do { let _martletValue = ", "; _martletResult(_martletValue) }")
    }
    return Edits(
      opening: [.insert(opening, at: expression.start)], closing: [.insert(closing, at: expression.end)])
  }

  /// The last item when it is an expression with a value to show: no assignment, `if`, `switch` or trailing semicolon.
  private static func displayedExpression(of syntax: CellSyntax) -> ExprSyntax? {
    guard let last = syntax.items.last, last.semicolon == nil, let expression = last.item.as(ExprSyntax.self),
      !expression.is(IfExprSyntax.self), !expression.is(SwitchExprSyntax.self), !expression.isAssignment
    else { return nil }
    return expression
  }
}

extension ExprSyntax {
  /// Whether the expression assigns, under any `try` or `await`.
  fileprivate var isAssignment: Bool {
    if let sequence = self.as(SequenceExprSyntax.self) {
      return sequence.elements.contains { $0.is(AssignmentExprSyntax.self) }
    }
    if let attempt = self.as(TryExprSyntax.self) { return attempt.expression.isAssignment }
    if let wait = self.as(AwaitExprSyntax.self) { return wait.expression.isAssignment }
    return false
  }

  /// Whether the expression is a name, or members of one.
  fileprivate var isPlainName: Bool {
    if self.is(DeclReferenceExprSyntax.self) { return true }
    if let access = self.as(MemberAccessExprSyntax.self) { return access.base?.isPlainName ?? false }
    return false
  }
}
