import SwiftParser
import SwiftSyntax

/// A cell's text as it is being typed, and the place of the cursor in it.
struct CodeAtCursor {
  let bytes: [UInt8]
  let cursor: Int
  private let tree: SourceFileSyntax

  /// - Parameter offset: the cursor's UTF-8 offset; beyond the ends, the nearer end.
  init(_ code: String, offset: Int) {
    bytes = Array(code.utf8)
    var cursor = min(max(offset, 0), bytes.count)
    // Never inside a character's bytes.
    while cursor > 0, cursor < bytes.count, bytes[cursor] & 0xc0 == 0x80 { cursor -= 1 }
    self.cursor = cursor
    tree = bytes.withUnsafeBufferPointer { Parser.parse(source: $0) }
  }

  /// The identifier at the cursor, which may be empty.
  var identifier: Range<Int> {
    var start = cursor
    while start > 0, Self.isPartOfIdentifier(bytes[start - 1]) { start -= 1 }
    var end = cursor
    while end < bytes.count, Self.isPartOfIdentifier(bytes[end]) { end += 1 }
    return start..<end
  }

  /// The identifier's part before the cursor.
  var prefix: String { text(identifier.lowerBound..<cursor) }

  /// Whether the identifier is followed by an opening parenthesis, so that a completion needs none.
  var isCalled: Bool { identifier.upperBound < bytes.count && bytes[identifier.upperBound] == UInt8(ascii: "(") }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Letters beyond ASCII are part of identifiers, and so are a few symbols that are not; no identifier is cut.
  private static func isPartOfIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xff: true
    default: false
    }
  }
}

// MARK: - Where nothing is completed

extension CodeAtCursor {
  /// Whether the cursor is where there is no code: in a comment, in a literal's text, or in a number.
  var isOutsideCode: Bool {
    let start = identifier.lowerBound
    if start < cursor, bytes[start] >= UInt8(ascii: "0"), bytes[start] <= UInt8(ascii: "9") { return true }
    return isInComment || isInLiteral
  }

  private var isInComment: Bool {
    guard let token = tree.token(at: AbsolutePosition(utf8Offset: cursor)) else { return false }
    // At the end of a line comment, the cursor is still in it; the next token is the one that has it as trivia.
    return isInComment(token.leadingTrivia, at: token.position.utf8Offset)
      || isInComment(token.trailingTrivia, at: token.endPositionBeforeTrailingTrivia.utf8Offset)
  }

  private func isInComment(_ trivia: Trivia, at start: Int) -> Bool {
    var position = start
    for piece in trivia {
      let end = position + piece.sourceLength.utf8Length
      switch piece {
      case .lineComment, .docLineComment: if position < cursor, cursor <= end { return true }
      case .blockComment(let text), .docBlockComment(let text):
        let isOpen = !text.hasSuffix("*/") || text.utf8.count < 4
        if position < cursor, cursor < end || isOpen && cursor == end { return true }
      default: break
      }
      position = end
    }
    return false
  }

  private var isInLiteral: Bool {
    if openInterpolation != nil { return false }
    guard let token = tokenBeforeCursor else { return false }
    switch token.tokenKind {
    case .stringSegment, .regexLiteralPattern: return true
    case .stringQuote, .multilineStringQuote, .singleQuote:
      // After an opening quote; a closing one has been found before its literal's end.
      return token.parent?.as(StringLiteralExprSyntax.self)?.openingQuote.id == token.id
        && token.endPositionBeforeTrailingTrivia.utf8Offset == cursor
    case .rightParen:
      return token.parent?.is(ExpressionSegmentSyntax.self) == true
    default: return false
    }
  }

  private var tokenBeforeCursor: TokenSyntax? {
    guard cursor > 0 else { return nil }
    return tree.token(at: AbsolutePosition(utf8Offset: cursor - 1))
  }
}

// MARK: - Interpolations

extension CodeAtCursor {
  /// The code, completed so that the compiler understands it: a string literal that ends within an interpolation hides it.
  var closedBytes: [UInt8] {
    guard let (position, closing) = openInterpolation else { return bytes }
    return bytes[..<position] + Array(closing.utf8) + bytes[position...]
  }

  /// Where the unfinished string literal around the cursor ends, and what it lacks there.
  private var openInterpolation: (position: Int, closing: String)? {
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

// MARK: - What to inspect

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
    var node = tokenBeforeCursor.map(Syntax.init)
    while let current = node {
      if let call = current.as(FunctionCallExprSyntax.self), let name = call.calledExpression.calledName,
        name.endPositionBeforeTrailingTrivia.utf8Offset < cursor
      {
        offsets.append(name.positionAfterSkippingLeadingTrivia.utf8Offset)
      }
      node = current.parent
    }
    var seen: Set<Int> = []
    return offsets.filter { seen.insert($0).inserted }
  }
}

extension TokenSyntax {
  fileprivate var isMissing: Bool { presence == .missing }

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
