import CMartletRuntime
import MartletNumerics

/// Looks through all that can follow, and makes the move whose worst end is best: perfect play for small games.
///
///     Minimax<TicTacToe>().value(of: TicTacToe())      // 0.0: nobody can force a win
///
/// Ways that a player would not go are left out (alpha–beta pruning). ``MonteCarloTreeSearch`` is for games that are too
/// large to be looked through.
///
/// Reference: Knuth and Moore (1975), An analysis of alpha–beta pruning.
public struct Minimax<Game: TwoPlayerGame>: GamePlayer {
  public init() {}

  /// What the game comes to for the first player when both play perfectly: 1, 0 or −1.
  ///
  /// - Complexity: grows exponentially with the number of moves that are left.
  public func value(of game: Game) -> Double { value(game, above: -1, below: 1) }

  private func value(_ game: Game, above low: Double, below high: Double) -> Double {
    martlet_poll()
    if let outcome = game.outcome { return outcome }
    var (low, high) = (low, high)
    var best = game.isFirstToMove ? -Double.infinity : Double.infinity
    for move in game.moves {
      let found = value(game.playing(move), above: low, below: high)
      if game.isFirstToMove {
        best = max(best, found)
        low = max(low, found)
      } else {
        best = min(best, found)
        high = min(high, found)
      }
      if low >= high { break }
    }
    return best
  }

  /// One of the best moves, each as likely.
  public func move(in game: Game, using random: inout PCG64) -> Int {
    let moves = game.moves
    let values = moves.map { move in
      let found = value(of: game.playing(move))
      return game.isFirstToMove ? found : -found
    }
    return moves[Greedy.randomPlace(values, 0..<values.count, using: &random)]
  }
}
