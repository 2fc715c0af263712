import MartletDisplay

/// A walk along a cliff: from the left to the right of the lowest row, without stepping into the abyss between.
///
///     let best = try ValueIteration(discount: 1).solve(CliffWalking().process)
///     best.values[36]      // -13.0: thirteen steps along the edge
///
/// Actions are up, right, down, left; the state is the cell's number, row by row, of 4 rows and 12 columns. A step costs
/// 1; one into the cliff costs 100 and leads back to the start. (Gymnasium: `CliffWalking-v1`)
public struct CliffWalking: MarkovEnvironment, PicturedEnvironment {
  public let process: MarkovDecisionProcess
  public var walk: MarkovWalk
  public let actionSpace = DiscreteSpace(names: Self.moves.map(\.name))
  static let moves: [GridMove] = [.up, .right, .down, .left]
  static let map = [String](repeating: "............", count: 3) + ["SCCCCCCCCCCG"]
  private static let shape = GridShape(rows: 4, columns: 12)
  private static let start = 36

  /// - Parameters:
  ///   - isSlippery: whether each step goes to either side as likely as ahead.
  ///   - stepLimit: when an episode is broken off; by default never, as in Gymnasium.
  public init(isSlippery: Bool = false, stepLimit: Int? = nil) {
    let cells = Self.map.flatMap(Array.init)
    let outcomes = cells.indices.map { cell in
      Self.moves.map { move in
        let ways = isSlippery ? move.slipping(Self.moves, probability: 1.0 / 3).map(\.move) : [move]
        return ways.map { way -> MarkovDecisionProcess.Outcome in
          let next = Self.shape.cell(from: cell, way)
          let probability = 1 / Double(ways.count)
          if cells[next] == "C" { return .init(probability: probability, state: Self.start, reward: -100) }
          return .init(probability: probability, state: next, reward: -1, isTerminal: cells[next] == "G")
        }
      }
    }
    process = MarkovDecisionProcess(checked: outcomes, startProbabilities: GridMap.starts(cells))
    walk = MarkovWalk(stepLimit: stepLimit)
  }

  public var picture: SVG { gridPicture.agent(walk.state).svg }

  /// The cliff to draw values and policies on.
  public var gridPicture: GridPicture {
    GridPicture(
      map: Self.map, moves: Self.moves,
      styles: [
        ".": .init(color: "#e4efdc"), "S": .init(color: "#e4efdc", text: "S"),
        "C": .init(color: "#7a5c58", text: "cliff"),
        "G": .init(color: "#9bd18b", text: "goal"),
      ])
  }
}
