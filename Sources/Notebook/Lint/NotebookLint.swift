import Session

/// Reads a notebook for what running it from its top would meet, without running it.
///
/// Found are names that only a later cell declares, cells that have not run since a cell that they use did, and text that
/// is not Swift. Names are compared as text: what a local variable or a member is called does not count.
package struct NotebookLint {
  /// One thing that is wrong.
  package struct Finding: Equatable, Sendable, CustomStringConvertible {
    /// The cell's place among all cells, from 0.
    package var index: Int
    package var text: String

    package var description: String { "cell \(index + 1): \(text)" }
  }

  private struct CodeCell {
    var index: Int
    var executionCount: Int?
    var outline: CellOutline
  }

  private let cells: [CodeCell]
  private let unreadable: [Finding]

  package init(_ document: NotebookDocument) {
    var cells: [CodeCell] = []
    var unreadable: [Finding] = []
    for (index, cell) in document.cells.enumerated() where cell.kind == .code {
      if cell.tags.contains("skip-execution") || cell.source.allSatisfy(\.isWhitespace) { continue }
      let outline = Session.outline(of: cell.source)
      cells.append(CodeCell(index: index, executionCount: cell.executionCount, outline: outline))
      if !cell.tags.contains("raises-exception"), Session.isBroken(cell.source) {
        unreadable.append(Finding(index: index, text: "this is not complete Swift"))
      }
    }
    self.cells = cells
    self.unreadable = unreadable
  }

  /// Everything that was found, in the order of the cells.
  package var findings: [Finding] {
    (unreadable + declaredLater + outdated).sorted { ($0.index, $0.text) < ($1.index, $1.text) }
  }

  /// Names that no earlier cell declares, and a later one does.
  private var declaredLater: [Finding] {
    cells.enumerated().flatMap { position, cell -> [Finding] in
      let earlier = cells[..<position].reduce(into: Set<String>()) { $0.formUnion($1.outline.declared) }
      return cell.outline.used.subtracting(earlier).sorted().compactMap { name in
        guard let later = cells[(position + 1)...].first(where: { $0.outline.declared.contains(name) }) else {
          return nil
        }
        return Finding(index: cell.index, text: "uses '\(name)', which only cell \(later.index + 1) declares")
      }
    }
  }

  /// Cells whose stored results are from before the last run of what they use.
  private var outdated: [Finding] {
    cells.enumerated().flatMap { position, cell -> [Finding] in
      guard let count = cell.executionCount else { return [] }
      return cell.outline.used.sorted().compactMap { name in
        guard let source = cells[..<position].last(where: { $0.outline.declared.contains(name) }),
          let sourceCount = source.executionCount, sourceCount > count
        else { return nil }
        let declaration = "'\(name)' of cell \(source.index + 1) was declared by In[\(sourceCount)]"
        return Finding(index: cell.index, text: "ran as In[\(count)], before \(declaration)")
      }
    }
  }
}
