import SwiftSyntax

/// Puts a question for an interrupt at the heads of loops and of functions that call themselves.
///
/// A poll is one relaxed load. It keeps a loop from being vectorised, so a counted loop whose body neither calls nor
/// loops gets none of its own: it is cut into stretches, with a poll between them.
enum InterruptPolls {
  // A declaration, because a call that returns nothing would not compile inside a result builder.
  static let poll = " let _: Void = martlet_poll();"

  /// - Parameter occupied: the places of other edits; a loop is not cut where its range is edited already.
  static func edits(for syntax: CellSyntax, cutsLoops: Bool, occupied: [Int]) -> [RewrittenSource.Edit] {
    let visitor = PollVisitor(source: syntax.source, cutsLoops: cutsLoops, occupied: occupied)
    visitor.walk(syntax.tree)
    return visitor.edits
  }
}

private final class PollVisitor: SyntaxVisitor {
  let source: [UInt8]
  let cutsLoops: Bool
  let occupied: [Int]
  var edits: [RewrittenSource.Edit] = []

  init(source: [UInt8], cutsLoops: Bool, occupied: [Int]) {
    self.source = source
    self.cutsLoops = cutsLoops
    self.occupied = occupied
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { poll(in: node.body) }
  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { poll(in: node.body) }
  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    if node.awaitKeyword != nil || WorkFinder.findsWork(in: node.body) { return poll(in: node.body) }
    if node.isOverRange {
      if canCut(node) { cut(node) }
    } else if !node.isBounded {
      return poll(in: node.body)
    }
    return .visitChildren
  }

  /// Whether a loop's head is on one line, free of other edits, and without a label or a type that the cut would lose.
  private func canCut(_ node: ForStmtSyntax) -> Bool {
    let head = node.start..<node.sequence.end
    return cutsLoops && !source[head].contains(0x0a) && !occupied.contains(where: head.contains)
      && node.typeAnnotation == nil && node.caseKeyword == nil && node.tryKeyword == nil
      && node.parent?.is(LabeledStmtSyntax.self) != true && node.body.rightBrace.presence == .present
  }

  /// `for i in a..<b { … }` becomes `for stretch in stretches(a..<b) { poll; for i in stretch { … } }`.
  private func cut(_ node: ForStmtSyntax) {
    let identifier = node.start
    let breaks = BreakFinder.breaks(in: node.body)
    let label = breaks.isEmpty ? "" : "_martletLoop\(identifier): "
    edits.append(
      RewrittenSource.Edit(
        range: node.start..<node.sequence.end,
        replacement: [
          .generated("\(label)for _martletStretch in _martletStretches("),
          .source(node.sequence.start..<node.sequence.end),
          .generated(") {\(InterruptPolls.poll) for "), .source(node.pattern.start..<node.pattern.end),
          .generated(" in _martletStretch"),
        ]))
    edits += breaks.map { .insert(" _martletLoop\(identifier)", at: $0) }
    edits.append(.insert(" }", at: node.end))
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

  /// Whether the loop runs over `a..<b` or `a...b`.
  fileprivate var isOverRange: Bool {
    guard let elements = sequence.as(SequenceExprSyntax.self)?.elements else { return false }
    return elements.contains { element in
      ["..<", "..."].contains(element.as(BinaryOperatorExprSyntax.self)?.operator.text)
    }
  }
}

/// Finds the ends of the unlabelled `break`s that leave a loop: not those of a `switch` inside it.
private final class BreakFinder: SyntaxVisitor {
  private var ends: [Int] = []

  static func breaks(in body: CodeBlockSyntax) -> [Int] {
    let finder = BreakFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.ends
  }

  override func visit(_ node: BreakStmtSyntax) -> SyntaxVisitorContinueKind {
    if node.label == nil { ends.append(node.breakKeyword.end) }
    return .skipChildren
  }
  override func visit(_ node: SwitchExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}

extension CodeBlockSyntax {
  /// Whether the only statement is the function's value.
  fileprivate var isImplicitReturn: Bool {
    guard let item = statements.first?.item else { return false }
    // As a statement's whole text, an `if` or `switch` may be a value or merely choose between returns.
    if let choice = item.as(ExpressionStmtSyntax.self)?.expression { return !ReturnFinder.finds(in: choice) }
    return item.is(ExprSyntax.self)
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
