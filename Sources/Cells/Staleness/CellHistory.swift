/// Remembers what each cell was compiled with, so that it can be said which cells are no longer up to date.
struct CellHistory: Sendable {
  /// The last run of each cell, by the number in its module's name.
  private var uses: [Int: CellUses] = [:]
  /// By the frontend's identifier, or else by the text: which run a new one replaces.
  private var newest: [String: Int] = [:]
  /// Names whose cell was run again without them.
  private var dropped: Set<String> = []

  /// Takes note of a cell that has run; to be called before its own declarations count.
  mutating func record(_ cell: JoinedCell, ledger: DeclarationLedger) {
    let run = CellUses(cell, ledger: ledger)
    let place = run.identifier.map { "id:\($0)" } ?? "text:\(run.text)"
    if let older = newest[place].flatMap({ uses.removeValue(forKey: $0) }) {
      dropped.formUnion(older.outline.declared.subtracting(run.outline.declared))
    }
    dropped.subtract(run.outline.declared)
    newest[place] = run.sequence
    uses[run.sequence] = run
  }

  mutating func forget(_ sequence: Int) { uses[sequence] = nil }

  /// The cells that are not up to date, in the order in which they ran.
  func staleCells(ledger: DeclarationLedger) -> [StaleCell] {
    var stale: [Int: StaleCell] = [:]
    for run in inOrder {
      var reasons: [StaleCell.Reason] = run.changed(in: ledger).map { name in
        guard let newest = ledger.cells(declaring: name).max(), let number = uses[newest]?.number else {
          return .removed(name: name)
        }
        return .redefined(name: name, number: number)
      }
      for (name, cells) in run.bound.sorted(by: { $0.key < $1.key }) {
        if let older = cells.compactMap({ stale[$0] }).first {
          reasons.append(.follows(name: name, number: older.number))
        } else if dropped.contains(name) {
          reasons.append(.removed(name: name))
        }
      }
      guard !reasons.isEmpty else { continue }
      stale[run.sequence] = StaleCell(number: run.number, identifier: run.identifier, reasons: reasons)
    }
    return stale.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The cells whose code goes on with what the declarations of a cell have replaced, in the order in which they ran.
  func followers(of sequence: Int, ledger: DeclarationLedger) -> [FollowingCell] {
    guard let cause = uses[sequence] else { return [] }
    return inOrder.compactMap { run in
      guard run.sequence != sequence, !run.isPart(ofSameCellAs: cause), run.outline.holdsCode, stands(run, in: ledger)
      else { return nil }
      let names = run.changed(in: ledger).filter(cause.outline.declared.contains)
      guard !names.isEmpty else { return nil }
      return FollowingCell(
        number: run.number, identifier: run.identifier, text: run.text, names: names,
        declared: run.outline.declared.sorted(), canFollow: run.outline.isOnlyFunctions)
    }
  }

  private func stands(_ run: CellUses, in ledger: DeclarationLedger) -> Bool {
    run.outline.declared.contains { ledger.cells(declaring: $0).contains(run.sequence) }
  }

  private var inOrder: [CellUses] { uses.values.sorted { $0.sequence < $1.sequence } }
}
