import Cells

/// What a cell declares and uses, by its text alone.
package typealias CellOutline = Cells.CellOutline

extension Session {
  /// Whether text cannot be a cell, whatever came before it.
  package static func isBroken(_ code: String) -> Bool {
    switch CellCompleteness(of: code) {
    case .complete: false
    case .incomplete, .invalid: true
    }
  }
}
