import SwiftSyntax

/// What a pass of a loop does, as far as it tells how long the loop may go without a poll.
enum LoopWork {
  /// No more than operators, and calls that are known to take no time.
  case plain
  /// Functions of cells that take no long time, or an inner loop over something that is there already.
  case brief
  /// Anything: calls of what is not known, operators on texts and the like, and loops that have polls of their own.
  case long

  /// How many passes are made before the time is taken.
  var firstStretch: Int { self == .plain ? 512 : 8 }

  init(of loop: ForStmtSyntax, brief: BriefFunctions, variables: StoredVariables) {
    var contents = CodeContents(of: loop.body, variables)
    if let condition = loop.whereClause { contents.formUnion(CodeContents(of: condition, variables)) }
    self.init(contents, brief: brief)
  }

  init(of loop: WhileStmtSyntax, brief: BriefFunctions, variables: StoredVariables) {
    var contents = CodeContents(of: loop.body, variables)
    contents.formUnion(CodeContents(of: loop.conditions, variables))
    self.init(contents, brief: brief)
  }

  private init(_ contents: CodeContents, brief: BriefFunctions) {
    if contents.isLong || !brief.names.isSuperset(of: contents.calls) {
      self = .long
    } else {
      self = contents.calls.isEmpty && !contents.hasLoop ? .plain : .brief
    }
  }
}

/// The calls and loops in a piece of code.
struct CodeContents {
  /// The names of the functions that are called, but for those that take no time.
  private(set) var calls: Set<String> = []
  /// Whether there is a loop over a collection, which takes as long as that has elements.
  private(set) var hasLoop = false
  /// Whether there is something that may take long or polls for itself.
  private(set) var isLong = false

  /// - Parameter variables: the variables at the top level, as far as they matter.
  init(of code: some SyntaxProtocol, _ variables: StoredVariables = StoredVariables()) {
    let visitor = ContentsVisitor(variables)
    visitor.walk(code)
    self = visitor.contents
  }

  private init() {}

  mutating func formUnion(_ other: CodeContents) {
    calls.formUnion(other.calls)
    hasLoop = hasLoop || other.hasLoop
    isLong = isLong || other.isLong
  }

  private final class ContentsVisitor: SyntaxVisitor {
    var contents = CodeContents()
    private let variables: StoredVariables

    init(_ variables: StoredVariables) {
      self.variables = variables
      super.init(viewMode: .sourceAccurate)
    }

    private func long() -> SyntaxVisitorContinueKind {
      contents.isLong = true
      return .skipChildren
    }
    override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { long() }
    override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { long() }
    override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind { long() }
    override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind { long() }

    override func visit(_ node: SequenceExprSyntax) -> SyntaxVisitorContinueKind {
      node.mayTakeLong(variables) ? long() : .visitChildren
    }

    override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
      if node.hasFewPasses { return .visitChildren }
      if node.isOverRange || !node.isBounded || node.awaitKeyword != nil { return long() }
      contents.hasLoop = true
      return .visitChildren
    }

    override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
      guard let name = node.calledName else { return long() }
      if !node.isBrief { contents.calls.insert(name) }
      return .visitChildren
    }
  }
}

extension ForStmtSyntax {
  /// Whether the loop's sequence has an end that can be seen: not `0...`, not a call that could make anything.
  var isBounded: Bool { !sequence.is(PostfixOperatorExprSyntax.self) && !sequence.is(FunctionCallExprSyntax.self) }

  /// Whether the loop runs over `a..<b` or `a...b`.
  var isOverRange: Bool { rangeElements != nil }

  /// Whether the loop runs over a range of two numbers that are near to each other, as `0..<3`.
  var hasFewPasses: Bool {
    guard let elements = rangeElements, elements.count == 3, let low = elements.first?.literal,
      let high = elements.last?.literal
    else { return false }
    return high - low <= 256
  }

  private var rangeElements: [ExprSyntax]? {
    guard let elements = sequence.as(SequenceExprSyntax.self)?.elements else { return nil }
    let isRange = elements.contains { element in
      ["..<", "..."].contains(element.as(BinaryOperatorExprSyntax.self)?.operator.text)
    }
    return isRange ? Array(elements) : nil
  }
}

extension ExprSyntax {
  fileprivate var literal: Int? { self.as(IntegerLiteralExprSyntax.self).flatMap { Int($0.literal.text) } }
}
