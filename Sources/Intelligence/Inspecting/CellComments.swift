import Cells
import Foundation
import SwiftParser
import SwiftSyntax

/// The comments in an earlier cell's source: compiled modules keep none on a script's variables.
struct CellComments {
  private let tree: SourceFileSyntax?

  /// - Parameter folder: where the cell's source lies.
  init(folder: String, cell: Int) {
    let source = try? String(contentsOfFile: "\(folder)/\(CellFileNames.source(ofSequence: cell))", encoding: .utf8)
    tree = source.map { Parser.parse(source: $0) }
  }

  /// The documentation of a top-level variable as Markdown; `nil` when it has none.
  func documentation(of name: String) -> String? {
    for item in tree?.statements ?? [] {
      guard let variable = item.item.as(VariableDeclSyntax.self),
        variable.bindings.contains(where: { $0.pattern.trimmedDescription == name })
      else { continue }
      let comment = Self.comment(in: variable.leadingTrivia)
      return comment.isEmpty ? nil : DocumentationComment.markdown(comment)
    }
    return nil
  }

  private static func comment(in trivia: Trivia) -> String {
    var lines: [Substring] = []
    for piece in trivia {
      switch piece {
      case .docLineComment(let text): lines.append(text.dropFirst(text.hasPrefix("/// ") ? 4 : 3))
      case .docBlockComment(let text): lines += blockLines(text)
      default: break
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func blockLines(_ text: String) -> [Substring] {
    let inner = text.dropFirst(3).dropLast(2)
    return inner.split(separator: "\n").map { line in
      let content = line.drop { $0 == " " || $0 == "*" }
      return content
    }
  }
}
