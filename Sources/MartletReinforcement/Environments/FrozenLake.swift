import MartletDisplay
import MartletModels

/// A frozen lake with holes: find the way from `S` to `G` on ice that may take you sideways.
///
///     var lake = FrozenLake()                     // 4 × 4, slippery
///     try ValueIteration(discount: 0.99).solve(lake.process).values[0]      // 0.5420259…
///
/// Actions are left, down, right, up; the state is the cell's number, row by row. The goal earns 1 and ends the episode,
/// a hole earns 0 and ends it. (Gymnasium: `FrozenLake-v1`, `FrozenLake8x8-v1`)
public struct FrozenLake: MarkovEnvironment, PicturedEnvironment {
  /// The lake, a text for each row: `S` start, `F` frozen, `H` hole, `G` goal.
  public let map: [String]
  public let process: MarkovDecisionProcess
  public var walk: MarkovWalk
  public let actionSpace = DiscreteSpace(names: Self.moves.map(\.name))
  static let moves: [GridMove] = [.left, .down, .right, .up]

  /// One of the two usual lakes.
  public enum Size: Sendable {
    case fourByFour, eightByEight

    /// The rows of the lake.
    public var map: [String] {
      switch self {
      case .fourByFour: ["SFFF", "FHFH", "FFFH", "HFFG"]
      case .eightByEight:
        ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"]
      }
    }

    var stepLimit: Int { self == .fourByFour ? 100 : 200 }
  }

  /// - Parameters:
  ///   - size: which lake.
  ///   - isSlippery: whether a step may go to either side instead.
  ///   - successRate: on slippery ice, how likely a step goes where it was meant to; either side shares the rest.
  ///   - stepLimit: when an episode is broken off; by default 100 steps on the small lake and 200 on the large one.
  public init(
    _ size: Size = .fourByFour, isSlippery: Bool = true, successRate: Double = 1.0 / 3, stepLimit: Int? = nil
  ) {
    self.init(
      checked: size.map, successRate: isSlippery ? successRate : 1, stepLimit: stepLimit ?? size.stepLimit)
  }

  /// A lake of your own.
  ///
  /// - Parameter map: rows of equal length of the letters `S`, `F`, `H` and `G`, with at least one `S`.
  /// - Throws: `FitError` of kind `shape` or `parameter`.
  public init(
    map: [String], isSlippery: Bool = true, successRate: Double = 1.0 / 3, stepLimit: Int? = nil
  ) throws(FitError) {
    try GridMap.check(map, letters: "SFHG")
    try SampleChecks.parameter((0...1).contains(successRate), "successRate", "from 0 to 1", successRate)
    self.init(checked: map, successRate: isSlippery ? successRate : 1, stepLimit: stepLimit)
  }

  private init(checked map: [String], successRate: Double, stepLimit: Int?) {
    let shape = GridShape(rows: map.count, columns: map[0].count)
    let cells = map.flatMap(Array.init)
    self.map = map
    let outcomes = cells.indices.map { cell in
      Self.moves.map { move -> [MarkovDecisionProcess.Outcome] in
        if "GH".contains(cells[cell]) {
          return [.init(probability: 1, state: cell, reward: 0, isTerminal: true)]
        }
        let ways = successRate == 1 ? [(move, 1.0)] : move.slipping(Self.moves, probability: successRate)
        return ways.map { way, probability in
          let next = shape.cell(from: cell, way)
          return .init(
            probability: probability, state: next, reward: cells[next] == "G" ? 1 : 0,
            isTerminal: "GH".contains(cells[next]))
        }
      }
    }
    process = MarkovDecisionProcess(checked: outcomes, startProbabilities: GridMap.starts(cells))
    walk = MarkovWalk(stepLimit: stepLimit)
  }

  public var picture: SVG { gridPicture.agent(walk.state).svg }

  /// The lake to draw values and policies on.
  public var gridPicture: GridPicture {
    GridPicture(
      map: map, moves: Self.moves,
      styles: [
        "S": .init(color: "#d9ecf7", text: "S"), "F": .init(color: "#d9ecf7"),
        "H": .init(color: "#33658a", text: "hole"),
        "G": .init(color: "#9bd18b", text: "goal"),
      ])
  }
}

/// Maps of letters.
enum GridMap {
  static func check(_ map: [String], letters: String) throws(FitError) {
    guard let width = map.first?.count, width > 0, map.allSatisfy({ $0.count == width }) else {
      throw FitError(
        .shape, expected: "rows of equal length, at least one", found: "rows of \(map.map(\.count)) letters",
        advice: "Give every cell a letter.")
    }
    if let other = map.joined().first(where: { !letters.contains($0) }) {
      throw FitError(
        .parameter, expected: "the letters \(letters)", found: "'\(other)'", advice: "Change the map's letters.")
    }
    guard map.joined().contains("S") else {
      throw FitError(.parameter, expected: "a start 'S' on the map", found: "none", advice: "Write S into a cell.")
    }
  }

  /// Every start is equally likely.
  static func starts(_ cells: [Character]) -> [Double] {
    let count = Double(cells.count { $0 == "S" })
    return cells.map { $0 == "S" ? 1 / count : 0 }
  }
}
