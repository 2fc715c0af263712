import SwiftDiagnostics
import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax

/// Whether a text is a whole cell, as far as the parser can tell.
package enum CellCompleteness: Sendable, Equatable {
  case complete
  /// More is to come; the next line would start with `indent`.
  case incomplete(indent: String)
  case invalid

  /// Text is incomplete when everything that the parser misses, it misses at the very end.
  package init(of text: String) {
    let syntax = CellSyntax(text)
    let open = OpenBrackets(syntax.tree)
    let problems = ParseDiagnosticsGenerator.diagnostics(for: syntax.tree)
    if problems.isEmpty {
      let awaitsBody = syntax.items.last?.item.as(FunctionDeclSyntax.self).map { $0.body == nil } ?? false
      self = awaitsBody ? .incomplete(indent: "") : .complete
      return
    }
    if syntax.endsInsideMultilineLiteral || problems.allSatisfy({ syntax.isAtEnd($0) }) {
      self = .incomplete(indent: String(repeating: " ", count: 2 * open.depth))
    } else {
      self = .invalid
    }
  }
}

extension CellSyntax {
  /// Whether a problem lies behind the last thing that was written.
  fileprivate func isAtEnd(_ problem: SwiftDiagnostics.Diagnostic) -> Bool {
    guard let last = tree.lastToken(viewMode: .sourceAccurate)?.previousToken(viewMode: .sourceAccurate) else {
      return true
    }
    // A string that misses its closing quote ends with its line: no further line can mend it.
    if problem.message.contains("string literal") && !endsInsideMultilineLiteral { return false }
    return problem.position.utf8Offset >= last.end
  }

  /// Whether the text ends inside `"""` or `/*`.
  fileprivate var endsInsideMultilineLiteral: Bool {
    if let trivia = tree.lastToken(viewMode: .sourceAccurate)?.leadingTrivia {
      for case .blockComment(let comment) in trivia.pieces where !comment.hasSuffix("*/") { return true }
      for case .docBlockComment(let comment) in trivia.pieces where !comment.hasSuffix("*/") { return true }
    }
    let literals = UnclosedLiterals(viewMode: .fixedUp)
    literals.walk(tree)
    return literals.found
  }
}

/// Finds `"""` without its end.
private final class UnclosedLiterals: SyntaxVisitor {
  var found = false

  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    if node.openingQuote.tokenKind == .multilineStringQuote && node.closingQuote.isMissing { found = true }
    return .visitChildren
  }
}

/// Counts the brackets that are open at the end of a text.
private struct OpenBrackets {
  var depth = 0

  init(_ tree: SourceFileSyntax) {
    for token in tree.tokens(viewMode: .sourceAccurate) {
      switch token.tokenKind {
      case .leftBrace, .leftParen, .leftSquare: depth += 1
      case .rightBrace, .rightParen, .rightSquare: depth = max(0, depth - 1)
      default: break
      }
    }
  }
}

extension TokenSyntax {
  fileprivate var isMissing: Bool { presence == .missing }
}
