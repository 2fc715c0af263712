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

  /// Whether later cells could need the cell: it declares or imports something.
  var declaresSomething: Bool {
    items.contains { $0.item.is(DeclSyntax.self) || $0.item.is(GuardStmtSyntax.self) }
  }

  /// Whether any declaration has a comment that documents it.
  var hasDocumentation: Bool {
    tree.tokens(viewMode: .sourceAccurate).contains { token in
      token.leadingTrivia.pieces.contains { piece in
        switch piece {
        case .docLineComment, .docBlockComment: true
        default: false
        }
      }
    }
  }

  /// Whether there is nothing to run: empty, or comments only.
  var isEmpty: Bool { tree.statements.isEmpty }
}

extension SyntaxProtocol {
  /// Where the node's own text starts, in UTF-8 offsets.
  var start: Int { positionAfterSkippingLeadingTrivia.utf8Offset }
  /// Where the node's own text ends.
  var end: Int { endPositionBeforeTrailingTrivia.utf8Offset }
}
