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

  /// The texts of all tokens, with and without the backticks around names, and the names that `$x` and `_x` stand for.
  var words: Set<String> {
    var words: Set<String> = []
    for token in tree.tokens(viewMode: .sourceAccurate) {
      let text = token.text
      let plain = text.hasPrefix("`") ? text.filter { $0 != "`" } : text
      words.formUnion([text, plain, "`\(plain)`"])
      if plain.hasPrefix("$") || plain.hasPrefix("_") { words.insert(String(plain.dropFirst())) }
    }
    return words
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
