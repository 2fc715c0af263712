import Cells

extension Command {
  static let stale = Command(
    "stale", usage: ["%stale"],
    summary: "Lists the cells that depend on a declaration that was changed or removed since they ran.",
    details: """
      A cell is listed until it is run again, and with it the cells that use what it declares. \
      `martlet run --lint notebook.ipynb` reads a notebook for the same, and for cells that only work out of order.
      """
  ) { _, run throws(CellFailure) in
    let cells = run.session.engine.chain.staleCells
    let lines = cells.map { cell in
      "In[\(cell.number)]: " + cell.reasons.map(\.text).joined(separator: "; ")
    }
    run.show(lines.isEmpty ? "Every cell is up to date." : lines.joined(separator: "\n"))
  }
}

extension StaleCell.Reason {
  fileprivate var text: String {
    switch self {
    case .redefined(let name, let number): "'\(name)' was declared anew in In[\(number)]"
    case .removed(let name): "'\(name)' is no longer declared"
    case .follows(let name, let number): "uses '\(name)' of In[\(number)], which is not up to date"
    }
  }
}
