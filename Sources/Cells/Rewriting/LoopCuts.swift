import SwiftSyntax

/// Cuts loops into stretches with a poll between them, so that the inner loop is the user's own and nothing else.
struct LoopCuts {
  let source: [UInt8]
  /// The places of other edits.
  let occupied: [Int]
  let variables: StoredVariables

  /// `for i in a..<b { … }` becomes `for stretch in stretches(a..<b) { poll; for i in each(stretch) { … } }`.
  ///
  /// `nil` where the loop's head cannot be moved, or has a label or a type that the cut would lose, or where a result
  /// builder may take the loop for something to build.
  func cut(_ node: ForStmtSyntax, doing work: LoopWork) -> [RewrittenSource.Edit]? {
    let head = node.start..<node.sequence.end
    guard canMove(head), node.typeAnnotation == nil, node.caseKeyword == nil, node.tryKeyword == nil, node.label == nil,
      node.body.rightBrace.presence == .present,
      !node.mayBuild
    else { return nil }
    let breaks = BreakFinder.breaks(in: node.body)
    let label = "_martletLoop\(node.start)"
    let opening = RewrittenSource.Edit(
      range: head,
      replacement: [
        .generated("\(breaks.isEmpty ? "" : "\(label): ")for _martletStretch in _martletStretches("),
        .source(node.sequence.start..<node.sequence.end),
        .generated(", \(work.firstStretch)) {\(InterruptPolls.poll) for "),
        .source(node.pattern.start..<node.pattern.end),
        .generated(" in _martletEach(_martletStretch)"),
      ])
    return [opening] + breaks.map { .insert(" \(label)", at: $0) } + [.insert(" }", at: node.end)]
  }

  /// `while c { … }` becomes `loop: while true { for var passes in paces { poll; while passes > 0, c { … }; … } }`,
  /// which leaves `loop` when passes remain, because then `c` was false. It is never asked twice.
  func cut(_ node: WhileStmtSyntax, doing work: LoopWork) -> [RewrittenSource.Edit]? {
    let body = node.body
    guard body.leftBrace.presence == .present, body.rightBrace.presence == .present else { return nil }
    if work == .plain, let counted = cutCounted(node) { return counted }
    let label = node.label ?? "_martletLoop\(node.start)"
    let breaks = BreakFinder.breaks(in: body)
    // The compiler knows that `while true` has no end but its breaks.
    let isEndless = node.conditions.count == 1 && node.conditions.trimmedDescription == "true"
    let needsLabel = node.label == nil && !(isEndless && breaks.isEmpty)
    let opening =
      "\(needsLabel ? "\(label): " : "")while true { for var _martletPasses in _martletPaces(\(work.firstStretch)) {"
    return [
      .insert("\(opening)\(InterruptPolls.poll) ", at: node.start),
      .insert(" _martletPasses > 0,", at: node.whileKeyword.end),
      .insert(" _martletPasses &-= 1;", at: body.leftBrace.end),
    ] + breaks.map { .insert(" \(label)", at: $0) } + [
      .insert(isEndless ? " } }" : "; if _martletPasses > 0 { break \(label) } } }", at: node.end)
    ]
  }

  /// `while i < end { …; i += 1 }` becomes `loop: for most in paces { poll; for pass in passes(i, end, most) { i = pass; … }; … }`,
  /// with an inner loop whose passes can be counted beforehand, as the compiler would have done without the cut. That `i` is
  /// the number of the pass, and below a collection's count, is said in each, for there is no condition any more that says so.
  private func cutCounted(_ node: WhileStmtSyntax) -> [RewrittenSource.Edit]? {
    let head = node.start..<node.conditions.end
    guard let loop = CountedWhile(node, variables: variables), canMove(head) else { return nil }
    let label = node.label ?? "_martletLoop\(node.start)"
    let counted: [RewrittenSource.Piece] = loop.counted.map { [.generated(", "), .source($0.start..<$0.end)] } ?? []
    let opening = RewrittenSource.Edit(
      range: head,
      replacement: [
        .generated(
          "\(node.label == nil ? "\(label): " : "")for _martletMost in _martletPaces(\(LoopWork.plain.firstStretch)) {"),
        .generated("\(InterruptPolls.poll) let _martletStretch = _martletPasses("),
        .source(loop.counter.start..<loop.counter.end), .generated(", "), .source(loop.end.start..<loop.end.end),
        .generated(", _martletMost"),
      ] + counted + [.generated("); for _martletPass in _martletStretch.passes")])
    let counter = RewrittenSource.Edit(
      range: node.body.leftBrace.end..<node.body.leftBrace.end,
      replacement: [
        .generated(" _martletCount(&"), .source(loop.counter.start..<loop.counter.end),
        .generated(", _martletPass, \(loop.startsFromNumber)"),
      ] + counted + [.generated(");")])
    return [opening, counter] + BreakFinder.breaks(in: node.body).map { .insert(" \(label)", at: $0) } + [
      .insert("; if _martletStretch.isLast { break \(label) } }", at: node.end)
    ]
  }

  /// Whether a loop's head is on one line and free of other edits.
  private func canMove(_ head: Range<Int>) -> Bool {
    !source[head].contains(0x0a) && !occupied.contains(where: head.contains)
  }
}

extension StmtSyntaxProtocol {
  fileprivate var label: String? { parent?.as(LabeledStmtSyntax.self)?.label.text }
}

extension ForStmtSyntax {
  /// Whether a result builder may be at work: in a closure or behind an attribute, a statement that is a value.
  ///
  /// Outside of builders such a statement is a call.
  fileprivate var mayBuild: Bool {
    let values = ValueFinder.values(in: body)
    return values.contains { !$0.is(FunctionCallExprSyntax.self) } || (!values.isEmpty && isInPossibleBuilder)
  }

  private var isInPossibleBuilder: Bool {
    for node in Swift.sequence(first: Syntax(self), next: \.parent) {
      if node.is(ClosureExprSyntax.self) { return true }
      if let node = node.asProtocol(WithAttributesSyntax.self) { return !node.attributes.isEmpty }
    }
    return false
  }
}

/// Finds the statements that are values: not assignments, which are sequences with operators.
private final class ValueFinder: SyntaxVisitor {
  private var values: [ExprSyntax] = []

  static func values(in body: CodeBlockSyntax) -> [ExprSyntax] {
    let finder = ValueFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.values
  }

  override func visit(_ node: CodeBlockItemSyntax) -> SyntaxVisitorContinueKind {
    if let value = node.item.as(ExprSyntax.self), !value.is(SequenceExprSyntax.self) { values.append(value) }
    return .visitChildren
  }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}

/// Finds the ends of the unlabelled `break`s that leave a loop: not those of a `switch` or a loop inside it.
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
  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
