import Cells

/// What a cell declares and uses, by its text alone.
package typealias CellOutline = Cells.CellOutline

extension Session {
  /// Whether text cannot be a cell, whatever came before it.
  package static func isBroken(_ code: String) -> Bool {
    switch CellCompleteness(of: swift(of: code)) {
    case .complete: false
    case .incomplete, .invalid: true
    }
  }

  /// What the Swift of a cell declares and uses. What its commands declare is not known.
  package static func outline(of code: String) -> CellOutline { CellOutline(swift(of: code)) }

  /// The cell with blanks where its commands were.
  private static func swift(of code: String) -> String {
    let plan = CellPlan(code)
    let kept = plan.parts.compactMap { if case .swift(let range) = $0 { range } else { nil } }
    return plan.text.blankedCharacters(keeping: kept)
  }
}
