import CMartletRuntime
import Glibc
import MartletNumerics

/// Plays many games to their end by chance, more and more of them along the moves that have done well: the search of Go
/// programs.
///
/// From each position in its tree it takes the move with the largest `mean + exploration · √(ln n / n_move)`, as ``UCB1Agent``
/// pulls levers; beyond the tree it plays at random.
///
///     let player = MonteCarloTreeSearch<TicTacToe>(iterations: 500)
///     TicTacToe().play(player, RandomPlayer(), seed: 1).outcome      // 1.0
///
/// Reference: Kocsis and Szepesvári (2006), Bandit based Monte-Carlo planning.
public struct MonteCarloTreeSearch<Game: TwoPlayerGame>: GamePlayer {
  /// How many games are played for a move; at least 1.
  public let iterations: Int
  /// How much doubt counts; above 0.
  public let exploration: Double

  public init(iterations: Int = 1000, exploration: Double = 1.4) {
    guard iterations > 0, exploration > 0 else {
      fatalError("A search needs iterations and exploration above 0; found \(iterations) and \(exploration).")
    }
    self.iterations = iterations
    self.exploration = exploration
  }

  private struct Node {
    let game: Game
    /// Moves that have not been tried from here.
    var untried: [Int]
    var children: [(move: Int, node: Int)] = []
    var visits = 0.0
    /// The sum of outcomes for the player who has moved to here.
    var score = 0.0

    init(_ game: Game) { (self.game, untried) = (game, game.moves) }
  }

  /// The move that was tried most.
  public func move(in game: Game, using random: inout PCG64) -> Int {
    var nodes = [Node(game)]
    for _ in 0..<iterations {
      martlet_poll()
      var path = [0]
      var place = 0
      while nodes[place].untried.isEmpty, !nodes[place].children.isEmpty {
        place = promising(nodes, place)
        path.append(place)
      }
      if !nodes[place].untried.isEmpty {
        let move = nodes[place].untried.remove(at: random.integer(below: nodes[place].untried.count))
        nodes.append(Node(nodes[place].game.playing(move)))
        nodes[place].children.append((move, nodes.count - 1))
        path.append(nodes.count - 1)
      }
      let outcome = nodes[path[path.count - 1]].game.play(RandomPlayer(), RandomPlayer(), using: &random)
      for place in path {
        nodes[place].visits += 1
        // Whoever is to move now, the other one has moved to here.
        nodes[place].score += nodes[place].game.isFirstToMove ? -outcome : outcome
      }
    }
    let tried = nodes[0].children
    let visits = tried.map { nodes[$0.node].visits }
    return tried[Greedy.place(visits, 0..<visits.count)].move
  }

  private func promising(_ nodes: [Node], _ place: Int) -> Int {
    let logarithm = log(nodes[place].visits)
    var best = (place: 0, bound: -Double.infinity)
    for (_, child) in nodes[place].children {
      let node = nodes[child]
      let bound = node.score / node.visits + exploration * (logarithm / node.visits).squareRoot()
      if bound > best.bound { best = (child, bound) }
    }
    return best.place
  }
}

extension TwoPlayerGame {
  /// The outcome of a game that goes on with given random numbers.
  fileprivate func play(
    _ first: RandomPlayer<Self>, _ second: RandomPlayer<Self>, using random: inout PCG64
  ) -> Double {
    var game = self
    while true {
      if let outcome = game.outcome { return outcome }
      game = game.playing((game.isFirstToMove ? first : second).move(in: game, using: &random))
    }
  }
}
