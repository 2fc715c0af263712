/// A step on a grid, clockwise from up.
enum GridMove: Int, CaseIterable, Sendable {
  case up, right, down, left

  var name: String { "\(self)" }
  /// Rows go down, columns to the right.
  var offset: (row: Int, column: Int) {
    switch self {
    case .up: (-1, 0)
    case .right: (0, 1)
    case .down: (1, 0)
    case .left: (0, -1)
    }
  }
  /// An arrow's angle in a picture, in degrees clockwise from the right.
  var angle: Double { Double(rawValue) * 90 - 90 }

  /// The move and those to its sides, with their probabilities: the way it goes on slippery ground.
  func slipping(_ order: [GridMove], probability: Double) -> [(move: GridMove, probability: Double)] {
    let place = order.firstIndex(of: self)!  // not nil: an order has every move
    let side = (1 - probability) / 2
    return [(order[(place + 3) % 4], side), (self, probability), (order[(place + 1) % 4], side)]
  }
}

/// A grid's rows and columns; cells are numbered row by row.
struct GridShape: Sendable, Hashable {
  let rows: Int
  let columns: Int
  var count: Int { rows * columns }

  /// The cell that a move leads to; at the border it stays.
  func cell(from cell: Int, _ move: GridMove) -> Int {
    let (row, column) = (cell / columns + move.offset.row, cell % columns + move.offset.column)
    return min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1)
  }
}
