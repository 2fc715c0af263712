import MartletNumerics

/// A game of two players who move by turns and see everything, such as ``TicTacToe``; a value is a position of it.
public protocol TwoPlayerGame: Sendable, Hashable {
  /// The moves that may be made now; none when the game has ended.
  var moves: [Int] { get }
  /// Whether it is the first player's turn.
  var isFirstToMove: Bool { get }
  /// What the game has come to for the first player: 1 won, 0 drawn, −1 lost; `nil` while it goes on.
  var outcome: Double? { get }
  /// The position after a move. Stops the cell when the move may not be made.
  func playing(_ move: Int) -> Self
}

/// Somebody who chooses moves.
public protocol GamePlayer<Game>: Sendable {
  associatedtype Game: TwoPlayerGame
  /// The move for a position that has one.
  func move(in game: Game, using random: inout PCG64) -> Int
}

/// Makes any move, each as likely.
public struct RandomPlayer<Game: TwoPlayerGame>: GamePlayer {
  public init() {}

  public func move(in game: Game, using random: inout PCG64) -> Int {
    let moves = game.moves
    return moves[random.integer(below: moves.count)]
  }
}

extension TwoPlayerGame {
  /// Plays on from this position to the end.
  ///
  ///     TicTacToe().play(Minimax(), RandomPlayer(), seed: 1)      // the final position
  /// - Parameters:
  ///   - first, second: the players; `first` moves where ``isFirstToMove``.
  ///   - seed: `nil` takes one from `Random`.
  public func play(
    _ first: some GamePlayer<Self>, _ second: some GamePlayer<Self>, seed: UInt64? = nil
  ) -> Self {
    var random = PCG64(seed: seed ?? Random.nextSeed())
    var game = self
    while game.outcome == nil {
      let move =
        game.isFirstToMove ? first.move(in: game, using: &random) : second.move(in: game, using: &random)
      game = game.playing(move)
    }
    return game
  }
}
