import SwiftParser
import SwiftSyntax

/// What `%timeit` compiles: the statement in a function of its own that the toolkit calls again and again, each of its
/// values handed to a function that the optimiser cannot see through.
struct MeasuredSource {
  let source: SwiftSource

  /// - Parameters:
  ///   - setup: what comes before each run, untimed.
  ///   - loops: how often the statement is run in a row; 0 to find that out.
  init(_ text: CellText, statement: Range<Int>, setup: Range<Int>?, loops: Int, runs: Int) {
    let tree = Parser.parse(source: text.text(statement))
    let waits = setup.map { Self.hasAwait(Parser.parse(source: text.text($0))) } ?? false || Self.hasAwait(tree)
    let setup = setup.flatMap { text.isBlank($0) ? nil : $0 }
    let start = setup?.lowerBound ?? statement.lowerBound
    let effects = waits ? "async throws" : "throws"
    let call = waits ? "try await _martletAwaitedTimings" : "try _martletTimings"
    var insertions = [
      SwiftSource.Insertion(
        offset: start, text: "\(call)(loops: \(loops), runs: \(runs)) { () \(effects) -> (() \(effects) -> Void) in ")
    ]
    insertions.append(
      .init(offset: statement.lowerBound, text: "\(setup == nil ? "" : "; ")return { () \(effects) -> Void in "))
    insertions += Self.keeping(tree, at: statement.lowerBound)
    // On a line of its own, since a comment may stand at the end.
    insertions.append(.init(offset: statement.upperBound, text: "\n} }"))
    source = SwiftSource(text, part: start..<statement.upperBound, insertions: insertions)
  }

  /// Hands the value of each expression, and of each constant and variable, on to where it counts as used.
  private static func keeping(_ tree: SourceFileSyntax, at offset: Int) -> [SwiftSource.Insertion] {
    tree.statements.flatMap { item -> [SwiftSource.Insertion] in
      let start = offset + item.positionAfterSkippingLeadingTrivia.utf8Offset
      let end = offset + item.item.endPositionBeforeTrailingTrivia.utf8Offset
      if let expression = item.item.as(ExprSyntax.self), hasValue(expression) {
        return [.init(offset: start, text: "_martletKeep("), .init(offset: end, text: ")")]
      }
      guard let variable = item.item.as(VariableDeclSyntax.self) else { return [] }
      let names = variable.bindings.compactMap { $0.pattern.as(IdentifierPatternSyntax.self)?.identifier.text }
      return [.init(offset: end, text: names.map { "; _martletKeep(\($0))" }.joined())]
    }
  }

  /// Whether an expression can be an argument: an assignment cannot, nor can `if` and `switch`.
  private static func hasValue(_ expression: ExprSyntax) -> Bool {
    if expression.is(IfExprSyntax.self) || expression.is(SwitchExprSyntax.self) { return false }
    if let attempt = expression.as(TryExprSyntax.self) { return hasValue(attempt.expression) }
    if let wait = expression.as(AwaitExprSyntax.self) { return hasValue(wait.expression) }
    guard let sequence = expression.as(SequenceExprSyntax.self) else { return true }
    return !sequence.elements.contains { element in
      if element.is(AssignmentExprSyntax.self) { return true }
      // `+=` and its like have no value either.
      let symbol = element.as(BinaryOperatorExprSyntax.self)?.operator.text ?? ""
      return symbol.hasSuffix("=") && !["==", "!=", "<=", ">=", "===", "!==", "~="].contains(symbol)
    }
  }

  /// Whether something outside closures and functions waits.
  private static func hasAwait(_ tree: SourceFileSyntax) -> Bool {
    let search = AwaitSearch(viewMode: .sourceAccurate)
    search.walk(tree)
    return search.found
  }
}

private final class AwaitSearch: SyntaxVisitor {
  var found = false

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    found = true
    return .skipChildren
  }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    if node.awaitKeyword != nil { found = true }
    return .visitChildren
  }
}
