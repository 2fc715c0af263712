/// Who hears what a cell shows: the cell that runs, and the last ones before it, whose background work may go on.
struct CellListeners: Sendable {
  typealias Listener = @Sendable (SessionEvent) -> Void

  /// How many cells are remembered after their end.
  private static let finishedCells = 64

  /// In the order in which the cells came.
  private var entries: [(cell: UInt32, listener: Listener)] = []
  /// The cell that runs, or ran last.
  var newest: UInt32?

  /// Remembers a cell's listener; a cell whose number was used before takes its place.
  mutating func add(_ cell: UInt32, _ listener: @escaping Listener) {
    entries.removeAll { $0.cell == cell }
    entries.append((cell, listener))
    if entries.count > Self.finishedCells + 1 { entries.removeFirst() }
  }

  /// A cell's listener, or the newest cell's where the cell is unknown.
  ///
  /// - Complexity: O(cells remembered).
  func find(_ cell: UInt32?) -> Listener? {
    let entry = entries.last { $0.cell == cell } ?? entries.last { $0.cell == newest }
    return entry?.listener
  }
}
