/// What the last run of a cell was compiled with: the cells whose declarations its names stood for.
struct CellUses: Sendable {
  let sequence: Int
  let number: Int
  let identifier: String?
  let text: String
  let outline: CellOutline
  /// The cells that declared each name when it was compiled.
  let bound: [String: Set<Int>]

  init(_ cell: JoinedCell, ledger: DeclarationLedger) {
    sequence = cell.module.sequence
    number = cell.number
    identifier = cell.identifier
    text = String(decoding: cell.syntax.source, as: UTF8.self)
    outline = CellOutline(cell.syntax, declarations: cell.declarations, names: cell.names)
    bound = outline.used.reduce(into: [:]) { bound, name in
      let cells = ledger.cells(declaring: name)
      if !cells.isEmpty { bound[name] = cells }
    }
  }

  /// Whether both are parts of one cell of the frontend, cut by its commands: a part's identifier is the cell's, and a
  /// number behind `#`. Those that come later run again anyway.
  func isPart(ofSameCellAs other: CellUses) -> Bool {
    guard let identifier, let otherIdentifier = other.identifier else { return false }
    return identifier.prefix { $0 != "#" } == otherIdentifier.prefix { $0 != "#" }
  }

  /// The names that stand for something else now, in alphabetical order.
  func changed(in ledger: DeclarationLedger) -> [String] {
    bound.filter { !$0.value.isSubset(of: ledger.cells(declaring: $0.key)) }.keys.sorted()
  }
}

/// A cell whose results or code belong to declarations that have changed since it ran.
package struct StaleCell: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// A name was declared anew by the cell with a number.
    case redefined(name: String, number: Int)
    /// Nothing declares the name any more.
    case removed(name: String)
    /// It uses what another stale cell declared.
    case follows(name: String, number: Int)
  }
  package var number: Int
  package var identifier: String?
  package var reasons: [Reason]
}

/// A cell whose functions or types go on with what a newer cell has redefined.
package struct FollowingCell: Sendable, Equatable {
  package var number: Int
  package var identifier: String?
  package var text: String
  /// The redefined names that it uses.
  package var names: [String]
  /// What it declares.
  package var declared: [String]
  /// Whether running it again only declares its functions anew.
  package var canFollow: Bool
}
