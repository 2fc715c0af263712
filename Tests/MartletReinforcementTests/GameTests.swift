import MartletNumerics
import MartletReinforcement
import Testing

@Suite struct GameTests {
  /// Counted by many: 5,478 positions, and 255,168 games of which crosses win 131,184 and noughts 77,904.
  @Test func theRulesAreThoseOfTheGame() {
    var positions: Set<TicTacToe> = []
    var ends = [0, 0, 0]
    func count(_ game: TicTacToe) {
      positions.insert(game)
      if let outcome = game.outcome {
        ends[Int(outcome) + 1] += 1
        return
      }
      for move in game.moves { count(game.playing(move)) }
    }
    count(TicTacToe())
    #expect(positions.count == 5478)
    #expect(ends == [77_904, 46_080, 131_184])
  }

  @Test func perfectPlayIsADraw() {
    #expect(Minimax<TicTacToe>().value(of: TicTacToe()) == 0)
    // Two in a row and the turn: won. x x . / o o . / . . .
    let game = TicTacToe().playing(0).playing(3).playing(1).playing(4)
    #expect(Minimax<TicTacToe>().value(of: game) == 1)
    var random = PCG64(seed: 1)
    #expect(Minimax<TicTacToe>().move(in: game, using: &random) == 2)
  }

  @Test func perfectPlayersNeverLose() {
    for seed in 0..<20 as Range<UInt64> {
      #expect(TicTacToe().play(Minimax(), RandomPlayer(), seed: seed).outcome ?? -1 >= 0)
      #expect(TicTacToe().play(RandomPlayer(), Minimax(), seed: seed).outcome ?? 1 <= 0)
    }
    #expect(TicTacToe().play(Minimax(), Minimax(), seed: 3).outcome == 0)
  }

  @Test func searchersHardlyEverLose() {
    let searcher = MonteCarloTreeSearch<TicTacToe>(iterations: 2000)
    for seed in 0..<10 as Range<UInt64> {
      #expect(TicTacToe().play(searcher, RandomPlayer(), seed: seed).outcome ?? -1 >= 0)
      #expect(TicTacToe().play(RandomPlayer(), searcher, seed: seed).outcome ?? 1 <= 0)
    }
    for seed in 0..<3 as Range<UInt64> {
      #expect(TicTacToe().play(searcher, Minimax(), seed: seed).outcome == 0)
      #expect(TicTacToe().play(Minimax(), searcher, seed: seed).outcome == 0)
    }
  }

  @Test func boardsAreShown() {
    let game = TicTacToe().playing(4).playing(0)
    #expect(game.description == "o..\n.x.\n...")
    #expect(game.moves == [1, 2, 3, 5, 6, 7, 8])
  }
}
