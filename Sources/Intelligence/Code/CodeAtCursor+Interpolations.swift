import SwiftSyntax

extension CodeAtCursor {
  /// The code, completed so that the compiler understands it: a string literal that ends within an interpolation hides it.
  var closedBytes: [UInt8] {
    guard let (position, closing) = openInterpolation else { return bytes }
    return bytes[..<position] + Array(closing.utf8) + bytes[position...]
  }

  /// Where the unfinished string literal around the cursor ends, and what it lacks there.
  var openInterpolation: (position: Int, closing: String)? {
    var node = tokenBeforeCursor.map(Syntax.init)
    var closing = ""
    var result: (Int, String)?
    var isInterpolated = false
    while let current = node {
      if let segment = current.as(ExpressionSegmentSyntax.self) { isInterpolated = segment.rightParen.isMissing }
      closing += Self.missingEnd(of: current)
      if let literal = current.as(StringLiteralExprSyntax.self) {
        if literal.closingQuote.isMissing, isInterpolated {
          result = (literal.endPositionBeforeTrailingTrivia.utf8Offset, closing)
        }
        isInterpolated = false
      }
      node = current.parent
    }
    guard let (end, text) = result, cursor <= end else { return nil }
    return (end, text)
  }

  /// The closing bracket or quote that a node should have and has not.
  private static func missingEnd(of node: Syntax) -> String {
    let last: TokenSyntax? =
      switch node.as(SyntaxEnum.self) {
      case .expressionSegment(let node): node.rightParen
      case .functionCallExpr(let node): node.leftParen == nil ? nil : node.rightParen
      case .subscriptCallExpr(let node): node.rightSquare
      case .tupleExpr(let node): node.rightParen
      case .arrayExpr(let node): node.rightSquare
      case .dictionaryExpr(let node): node.rightSquare
      case .closureExpr(let node): node.rightBrace
      case .stringLiteralExpr(let node): node.closingQuote
      default: nil
      }
    guard let last, last.isMissing else { return "" }
    let pounds = node.as(StringLiteralExprSyntax.self)?.openingPounds?.text ?? ""
    return last.text + pounds
  }
}

extension TokenSyntax {
  fileprivate var isMissing: Bool { presence == .missing }
}
