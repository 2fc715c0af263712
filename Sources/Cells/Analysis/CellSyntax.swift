import SwiftParser
import SwiftSyntax

/// A cell's text with its syntax tree.
struct CellSyntax {
  let source: [UInt8]
  let tree: SourceFileSyntax

  init(_ text: String) {
    source = Array(text.utf8)
    tree = source.withUnsafeBufferPointer { Parser.parse(source: $0) }
  }

  /// The statements and declarations at the cell's top level.
  var items: [CodeBlockItemSyntax] { Array(tree.statements) }

  /// Whether there is nothing to run: empty, or comments only.
  var isEmpty: Bool { tree.statements.isEmpty }
}

extension SyntaxProtocol {
  /// Where the node's own text starts, in UTF-8 offsets.
  var start: Int { positionAfterSkippingLeadingTrivia.utf8Offset }
  /// Where the node's own text ends.
  var end: Int { endPositionBeforeTrailingTrivia.utf8Offset }
}
