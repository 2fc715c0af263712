import MartletDisplay
import MartletModels

/// A grid of your own: walls, a goal, pits, and ground that may be slippery.
///
///     let world = try GridWorld(map: ["...G", ".#.X", "S..."], successRate: 0.8, stepReward: -0.04)
///     try ValueIteration(discount: 1).solve(world.process).values      // Russell and Norvig's example
///
/// Letters: `S` start, `.` ground, `#` wall, `G` goal, `X` pit. Actions are up, right, down, left; moving against a wall
/// or the border stays. Goal and pit end the episode.
///
/// Reference: Russell and Norvig (2020), Artificial intelligence: a modern approach, chapter 17.
public struct GridWorld: MarkovEnvironment, PicturedEnvironment {
  /// The grid, a text for each row.
  public let map: [String]
  public let process: MarkovDecisionProcess
  public var walk: MarkovWalk
  public let actionSpace = DiscreteSpace(names: GridMove.allCases.map(\.name))

  /// - Parameters:
  ///   - map: rows of equal length of the letters `S`, `.`, `#`, `G` and `X`, with at least one `S`.
  ///   - successRate: how likely a step goes where it was meant to; either side shares the rest.
  ///   - stepReward: what every step earns.
  ///   - goalReward, pitReward: what stepping into a goal or a pit earns besides.
  ///   - stepLimit: when an episode is broken off; `nil` for never.
  /// - Throws: `FitError` of kind `shape` or `parameter`.
  public init(
    map: [String], successRate: Double = 1, stepReward: Double = 0, goalReward: Double = 1, pitReward: Double = -1,
    stepLimit: Int? = nil
  ) throws(FitError) {
    try GridMap.check(map, letters: "S.#GX")
    try SampleChecks.parameter((0...1).contains(successRate), "successRate", "from 0 to 1", successRate)
    let shape = GridShape(rows: map.count, columns: map[0].count)
    let cells = map.flatMap(Array.init)
    let earned: [Character: Double] = ["G": goalReward, "X": pitReward]
    let outcomes = cells.indices.map { cell in
      GridMove.allCases.map { move -> [MarkovDecisionProcess.Outcome] in
        if "#GX".contains(cells[cell]) { return [.init(probability: 1, state: cell, reward: 0, isTerminal: true)] }
        let ways = successRate == 1 ? [(move, 1)] : move.slipping(GridMove.allCases, probability: successRate)
        return ways.map { way, probability in
          let target = shape.cell(from: cell, way)
          let next = cells[target] == "#" ? cell : target
          return .init(
            probability: probability, state: next, reward: stepReward + earned[cells[next], default: 0],
            isTerminal: earned[cells[next]] != nil)
        }
      }
    }
    self.map = map
    process = try MarkovDecisionProcess(outcomes: outcomes, startProbabilities: GridMap.starts(cells))
    walk = MarkovWalk(stepLimit: stepLimit)
  }

  public var picture: SVG { gridPicture.agent(walk.state).svg }

  /// The grid to draw values and policies on.
  public var gridPicture: GridPicture {
    GridPicture(
      map: map, moves: GridMove.allCases,
      styles: [
        ".": .init(color: "#eef1f4"), "S": .init(color: "#eef1f4", text: "S"), "#": .init(color: "#5b6670"),
        "G": .init(color: "#9bd18b", text: "goal"), "X": .init(color: "#e3a29b", text: "pit"),
      ])
  }
}
