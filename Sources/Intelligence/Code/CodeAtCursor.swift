import SwiftParser
import SwiftSyntax

/// A cell's text as it is being typed, and the place of the cursor in it.
struct CodeAtCursor {
  let bytes: [UInt8]
  let cursor: Int
  let tree: SourceFileSyntax

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

  /// Whether the identifier is a member's: no name of an earlier cell.
  var isAtMember: Bool {
    let start = identifier.lowerBound
    return start > 0 && bytes[start - 1] == UInt8(ascii: ".") && !(start > 1 && bytes[start - 2] == UInt8(ascii: "."))
  }

  /// Whether the identifier is followed by an opening parenthesis, so that a completion needs none.
  var isCalled: Bool { identifier.upperBound < bytes.count && bytes[identifier.upperBound] == UInt8(ascii: "(") }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The identifier that begins at an offset.
  func text(ofIdentifierAt start: Int) -> String {
    String(decoding: bytes[start...].prefix(while: Self.isPartOfIdentifier), as: UTF8.self)
  }

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

  var isInComment: Bool {
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

  var tokenBeforeCursor: TokenSyntax? {
    guard cursor > 0 else { return nil }
    return tree.token(at: AbsolutePosition(utf8Offset: cursor - 1))
  }
}
