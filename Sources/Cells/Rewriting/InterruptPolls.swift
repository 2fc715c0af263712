import SwiftSyntax

/// Puts a question for an interrupt at the heads of loops and of functions that call themselves or each other.
///
/// A poll is one load. It keeps a loop from being vectorised or unrolled, so a loop whose passes are brief gets none of
/// its own: it is cut into stretches, with a poll between them; see ``LoopCuts``.
enum InterruptPolls {
  // A declaration, because a call that returns nothing would not compile inside a result builder.
  static let poll = " let _: Void = martlet_poll();"

  /// - Parameters:
  ///   - earlier: what loops may use of earlier cells.
  ///   - occupied: the places of other edits; a loop is not cut where its range is edited already.
  static func edits(
    for syntax: CellSyntax, earlier: LoopSurroundings, cutsLoops: Bool, occupied: [Int]
  ) -> [RewrittenSource.Edit] {
    var all = earlier
    all.add(syntax)
    let cuts = LoopCuts(source: syntax.source, occupied: occupied, variables: all.variables)
    let visitor = PollVisitor(
      all, cuts: cutsLoops ? cuts : nil, sequences: cutsLoops ? LoopSequences(occupied: occupied) : nil,
      recursive: RecursiveFunctions(in: syntax))
    visitor.walk(syntax.tree)
    return visitor.edits
  }
}

/// What a session's cells have said that bears on loops.
struct LoopSurroundings: Sendable {
  private(set) var brief = BriefFunctions()
  private(set) var variables = StoredVariables()

  init() {}

  private init(brief: BriefFunctions, variables: StoredVariables) { (self.brief, self.variables) = (brief, variables) }

  /// Adds a cell that comes after those added before.
  mutating func add(_ syntax: CellSyntax) {
    brief.add(syntax)
    variables.add(syntax)
  }

  /// The part that bears on code of some words.
  func limited(to words: Set<String>) -> LoopSurroundings {
    LoopSurroundings(brief: brief.limited(to: words), variables: variables.limited(to: words))
  }
}

private final class PollVisitor: SyntaxVisitor {
  let brief: BriefFunctions
  let variables: StoredVariables
  let cuts: LoopCuts?
  let sequences: LoopSequences?
  let recursive: RecursiveFunctions
  var edits: [RewrittenSource.Edit] = []

  init(
    _ surroundings: LoopSurroundings, cuts: LoopCuts?, sequences: LoopSequences?, recursive: RecursiveFunctions
  ) {
    (brief, variables) = (surroundings.brief, surroundings.variables)
    (self.cuts, self.sequences, self.recursive) = (cuts, sequences, recursive)
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { poll(in: node.body) }

  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind {
    let work = LoopWork(of: node, brief: brief, variables: variables)
    if work != .long, let cut = cuts?.cut(node, doing: work) {
      edits += cut
      return .visitChildren
    }
    return poll(in: node.body)
  }

  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    let work = LoopWork(of: node, brief: brief, variables: variables)
    let isQuick = node.awaitKeyword == nil && work != .long
    if isQuick, node.isOverRange, !node.hasFewPasses, let cut = cuts?.cut(node, doing: work) {
      edits += cut
      return .visitChildren
    }
    edits += sequences?.edits(for: node) ?? []
    if isQuick, node.hasFewPasses || (node.isBounded && !node.isOverRange) { return .visitChildren }
    return poll(in: node.body)
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    guard let body = node.body, recursive.contains(node.name.text) else { return .visitChildren }
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

extension CodeBlockSyntax {
  /// Whether the only statement is the function's value.
  fileprivate var isImplicitReturn: Bool {
    guard let item = statements.first?.item else { return false }
    // As a statement's whole text, an `if` or `switch` may be a value or merely choose between returns.
    if let choice = item.as(ExpressionStmtSyntax.self)?.expression { return !ReturnFinder.finds(in: choice) }
    return item.is(ExprSyntax.self)
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
