import SwiftSyntax

/// A loop that counts by hand: `while i < end { …; i += 1; … }`, where `end` stays and nothing else changes `i`.
///
/// How many passes it makes is known before they are made.
struct CountedWhile {
  let counter: ExprSyntax
  let end: ExprSyntax
  /// Whether the statement before the loop gives the counter a number that is written out, which is not negative then.
  let startsFromNumber: Bool

  /// `nil` for any other loop.
  init?(_ loop: WhileStmtSyntax, variables: StoredVariables) {
    guard loop.conditions.count == 1, let condition = loop.conditions.first?.condition.as(SequenceExprSyntax.self),
      case let parts = Array(condition.elements), parts.count == 3, let counter = parts[0].plainName,
      parts[1].as(BinaryOperatorExprSyntax.self)?.operator.text == "<",
      variables.kind(of: counter, at: loop) == .variable
    else { return nil }
    let endStays = parts[2].staysConstant(in: loop, variables: variables)
    guard endStays, loop.body.statements.contains(where: { $0.item.addsOne(to: counter) }),
      ChangeCounter.changes(of: counter, in: loop.body) == 1
    else { return nil }
    (self.counter, end) = (parts[0], parts[2])
    startsFromNumber = loop.statementBefore?.item.setsToNumber(counter) ?? false
  }

  /// The constant collection whose `count` the end is.
  var counted: ExprSyntax? { end.as(MemberAccessExprSyntax.self)?.base }
}

extension WhileStmtSyntax {
  fileprivate var statementBefore: CodeBlockItemSyntax? {
    guard let item = parent?.as(CodeBlockItemSyntax.self), let list = item.parent?.as(CodeBlockItemListSyntax.self),
      let index = list.index(of: item), index != list.startIndex
    else { return nil }
    return list[list.index(before: index)]
  }
}

extension ExprSyntax {
  fileprivate var plainName: String? {
    guard let reference = self.as(DeclReferenceExprSyntax.self), reference.argumentNames == nil else { return nil }
    return reference.baseName.text
  }
}

extension ExprSyntax {
  /// Whether it is a number, a constant, or the count of a constant of which the loop does no more than read elements.
  fileprivate func staysConstant(in loop: WhileStmtSyntax, variables: StoredVariables) -> Bool {
    if self.is(IntegerLiteralExprSyntax.self) { return true }
    if let name = plainName { return variables.kind(of: name, at: loop) == .constant }
    guard let member = self.as(MemberAccessExprSyntax.self), member.declName.baseName.text == "count",
      let name = member.base?.plainName, variables.kind(of: name, at: loop) == .constant
    else { return false }
    return ElementFinder.findsOnlyElements(of: name, in: loop.body)
  }
}

/// Looks for whatever could make a collection shorter that is an object: any use but reading its elements, and changes
/// of any object's properties.
private final class ElementFinder: SyntaxVisitor {
  private let name: String
  private var isOnlyRead = true

  private init(_ name: String) {
    self.name = name
    super.init(viewMode: .sourceAccurate)
  }

  static func findsOnlyElements(of name: String, in body: CodeBlockSyntax) -> Bool {
    let finder = ElementFinder(name)
    finder.walk(body)
    return finder.isOnlyRead
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    guard node.baseName.text == name else { return .skipChildren }
    if let element = node.parent?.as(SubscriptCallExprSyntax.self), !element.isAssigned { return .skipChildren }
    isOnlyRead = false
    return .skipChildren
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    if node.isAssigned || node.parent?.is(FunctionCallExprSyntax.self) == true { isOnlyRead = false }
    return .visitChildren
  }

  override func visit(_ node: InOutExprSyntax) -> SyntaxVisitorContinueKind {
    isOnlyRead = false
    return .skipChildren
  }
}

extension ExprSyntaxProtocol {
  /// Whether the expression, or what it is a part of, may be what an operator assigns to.
  fileprivate var isAssigned: Bool {
    var node = ExprSyntax(self)
    while let parent = node.parent?.as(ExprSyntax.self),
      parent.is(MemberAccessExprSyntax.self) || parent.is(SubscriptCallExprSyntax.self)
    {
      node = parent
    }
    guard let operands = node.parent?.as(ExprListSyntax.self) else { return false }
    return operands.first?.id == node.id && operands.mayAssign
  }
}

extension CodeBlockItemSyntax.Item {
  /// Whether the statement is `name = 0` or `var name = 0`, with any number.
  fileprivate func setsToNumber(_ name: String) -> Bool {
    if let declaration = self.as(VariableDeclSyntax.self) {
      return declaration.bindings.contains {
        $0.pattern.as(IdentifierPatternSyntax.self)?.identifier.text == name
          && $0.initializer?.value.is(IntegerLiteralExprSyntax.self) == true
      }
    }
    guard let parts = self.as(SequenceExprSyntax.self).map({ Array($0.elements) }), parts.count == 3 else {
      return false
    }
    return parts[0].plainName == name && parts[1].is(AssignmentExprSyntax.self)
      && parts[2].is(IntegerLiteralExprSyntax.self)
  }

  /// Whether the statement is `name += 1`.
  fileprivate func addsOne(to name: String) -> Bool {
    guard let parts = self.as(SequenceExprSyntax.self).map({ Array($0.elements) }), parts.count == 3 else {
      return false
    }
    return parts[0].plainName == name && parts[1].as(BinaryOperatorExprSyntax.self)?.operator.text == "+="
      && parts[2].as(IntegerLiteralExprSyntax.self)?.literal.text == "1"
  }
}

/// Counts what may change a variable in a loop's body. A `continue` counts, since it leaves out the changes behind it.
private final class ChangeCounter: SyntaxVisitor {
  private let name: String
  private var changes = 0

  private init(_ name: String) {
    self.name = name
    super.init(viewMode: .sourceAccurate)
  }

  static func changes(of name: String, in body: CodeBlockSyntax) -> Int {
    let counter = ChangeCounter(name)
    counter.walk(body)
    return counter.changes
  }

  override func visit(_ node: ContinueStmtSyntax) -> SyntaxVisitorContinueKind {
    changes += 1
    return .skipChildren
  }

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    if token.text == name, !token.isRead { changes += 1 }
    return .skipChildren
  }
}

extension TokenSyntax {
  /// Whether a name stands where its value is read and nothing else can happen to it: as an operand, an index, an
  /// argument, an initial value.
  fileprivate var isRead: Bool {
    guard let reference = parent?.as(DeclReferenceExprSyntax.self), let place = reference.parent else { return false }
    if let operands = place.as(ExprListSyntax.self) {
      return operands.first?.id != ExprSyntax(reference).id || !operands.mayAssign
    }
    if place.is(LabeledExprSyntax.self) { return place.parent?.parent?.is(TupleExprSyntax.self) != true }
    return place.is(InitializerClauseSyntax.self) || place.is(ReturnStmtSyntax.self)
  }
}

extension ExprListSyntax {
  /// Whether the first operator of a sequence may change what is before it.
  fileprivate var mayAssign: Bool {
    guard let second = dropFirst().first else { return true }
    if second.is(TernaryExprSyntax.self) || second.is(UnresolvedTernaryExprSyntax.self) { return false }
    guard let operation = second.as(BinaryOperatorExprSyntax.self)?.operator.text else { return true }
    return operation.hasSuffix("=") && !["==", "!=", "<=", ">=", "===", "!=="].contains(operation)
  }
}
