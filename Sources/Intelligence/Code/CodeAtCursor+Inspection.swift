import SwiftSyntax

extension CodeAtCursor {
  /// Where the names are that the cursor may ask about: the one at the cursor, then those of the calls around it.
  var inspectedOffsets: [Int] {
    var offsets: [Int] = []
    if !isInComment {
      for position in [cursor, cursor - 1] where position >= 0 {
        guard let token = tree.token(at: AbsolutePosition(utf8Offset: position)), token.isInspected else { continue }
        let (start, end) = (token.positionAfterSkippingLeadingTrivia, token.endPositionBeforeTrailingTrivia)
        if start.utf8Offset <= cursor, cursor <= end.utf8Offset { offsets.append(start.utf8Offset) }
      }
    }
    offsets += callsAroundCursor.map(\.name.positionAfterSkippingLeadingTrivia.utf8Offset)
    var seen: Set<Int> = []
    return offsets.filter { seen.insert($0).inserted }
  }

  /// The code with the innermost call around the cursor reduced to the function's name, and where that is. While arguments
  /// are missing, the compiler does not know what is called, but it knows the name.
  var innermostCallReduced: (text: String, offset: Int)? {
    guard let (call, name) = callsAroundCursor.first else { return nil }
    let start = name.endPositionBeforeTrailingTrivia.utf8Offset
    let end = call.endPositionBeforeTrailingTrivia.utf8Offset
    let reduced = bytes[..<start] + bytes[max(start, end)...]
    return (String(decoding: reduced, as: UTF8.self), name.positionAfterSkippingLeadingTrivia.utf8Offset)
  }

  /// For `Array.sorted`, which by itself means nothing to the compiler: the member's name where it does, in an extension of the
  /// type, and where that is.
  var memberInsideItsType: (text: String, offset: Int)? {
    guard let start = inspectedOffsets.first, let token = tree.token(at: AbsolutePosition(utf8Offset: start)),
      let member = token.parent?.parent?.as(MemberAccessExprSyntax.self), member.declName.baseName.id == token.id,
      let type = member.base?.trimmedDescription
    else { return nil }
    let opening = "extension \(type) { func _martletAsked() { self."
    return (opening + token.text + " } }", opening.utf8.count)
  }

  private var callsAroundCursor: [(call: FunctionCallExprSyntax, name: TokenSyntax)] {
    var calls: [(FunctionCallExprSyntax, TokenSyntax)] = []
    var node = tokenBeforeCursor.map(Syntax.init)
    while let current = node {
      if let call = current.as(FunctionCallExprSyntax.self), let name = call.calledExpression.calledName,
        let parenthesis = call.leftParen, parenthesis.endPositionBeforeTrailingTrivia.utf8Offset <= cursor
      {
        calls.append((call, name))
      }
      node = current.parent
    }
    return calls
  }
}

extension TokenSyntax {
  /// Whether the token can be the name of something.
  fileprivate var isInspected: Bool {
    switch tokenKind {
    case .identifier, .dollarIdentifier, .binaryOperator, .prefixOperator, .postfixOperator: true
    case .keyword(.self), .keyword(.Self), .keyword(.`init`), .keyword(.super): true
    default: false
    }
  }
}

extension ExprSyntax {
  /// The name of what is called: `distance` in `p.distance(to: q)`.
  fileprivate var calledName: TokenSyntax? {
    if let reference = self.as(DeclReferenceExprSyntax.self) { return reference.baseName }
    if let member = self.as(MemberAccessExprSyntax.self) { return member.declName.baseName }
    if let generic = self.as(GenericSpecializationExprSyntax.self) { return generic.expression.calledName }
    if let optional = self.as(OptionalChainingExprSyntax.self) { return optional.expression.calledName }
    return nil
  }
}
