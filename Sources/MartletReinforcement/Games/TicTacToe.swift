import MartletDisplay

/// Noughts and crosses: three in a row win.
///
///     let game = TicTacToe().playing(4).playing(0)      // a cross in the middle, a nought in the corner
///     game.moves                                        // [1, 2, 3, 5, 6, 7, 8]
///
/// Places are numbered row by row from 0 to 8. Crosses begin.
public struct TicTacToe: TwoPlayerGame, RichDisplayable, CustomStringConvertible {
  /// What is on each place: 1 a cross, −1 a nought, 0 nothing.
  public private(set) var board = [Int8](repeating: 0, count: 9)
  private static let rows = [
    [0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6],
  ]

  /// The empty board.
  public init() {}

  public var isFirstToMove: Bool { board.count { $0 != 0 } % 2 == 0 }
  public var moves: [Int] { outcome == nil ? board.indices.filter { board[$0] == 0 } : [] }

  public var outcome: Double? {
    for row in Self.rows {
      let sum = board[row[0]] + board[row[1]] + board[row[2]]
      if abs(sum) == 3 { return sum > 0 ? 1 : -1 }
    }
    return board.contains(0) ? nil : 0
  }

  public func playing(_ move: Int) -> TicTacToe {
    guard board.indices.contains(move), board[move] == 0, outcome == nil else {
      fatalError("Move \(move) cannot be made; there are \(moves).")
    }
    var next = self
    next.board[move] = isFirstToMove ? 1 : -1
    return next
  }

  /// Three lines of `x`, `o` and `.`.
  public var description: String {
    let signs = board.map { $0 == 0 ? "." : $0 > 0 ? "x" : "o" }
    return stride(from: 0, to: 9, by: 3).map { signs[$0..<$0 + 3].joined() }.joined(separator: "\n")
  }

  /// The board as a picture.
  public func displayBundle() -> DisplayBundle {
    var sketch = Sketch(width: 156, height: 156, label: "Noughts and crosses")
    for edge in [54.0, 102] {
      sketch.line(edge, 8, edge, 148, stroke: "#8a949c", width: 2)
      sketch.line(8, edge, 148, edge, stroke: "#8a949c", width: 2)
    }
    for (place, sign) in board.enumerated() where sign != 0 {
      let (x, y) = (30 + Double(place % 3) * 48, 30 + Double(place / 3) * 48)
      if sign > 0 {
        sketch.line(x - 13, y - 13, x + 13, y + 13, stroke: "#33658a", width: 5)
        sketch.line(x - 13, y + 13, x + 13, y - 13, stroke: "#33658a", width: 5)
      } else {
        sketch.circle(x: x, y: y, radius: 15, fill: "#e06c5f")
        sketch.circle(x: x, y: y, radius: 10, fill: "#ffffff")
      }
    }
    return [.plainText: .text(description), .svg: .text(sketch.svg.source)]
  }
}
