import MartletDisplay

/// A taxi in a small town: drive to the passenger, pick up, drive to where they want to go, drop off.
///
///     let best = try ValueIteration(discount: 0.99).solve(Taxi().process)
///
/// Actions are down, up, right, left, pick up, drop off. A step costs 1, a pick-up or drop-off in the wrong place 10; the
/// right drop-off earns 20. The 500 states number the taxi's row and column, the passenger's place (0 to 3, or 4 in the
/// taxi) and the destination; see ``Situation``. (Gymnasium: `Taxi-v4`, dry weather)
///
/// Reference: Dietterich (2000), Hierarchical reinforcement learning with the MAXQ value function decomposition.
public struct Taxi: MarkovEnvironment, PicturedEnvironment {
  public let process: MarkovDecisionProcess
  public var walk: MarkovWalk
  public let actionSpace = DiscreteSpace(names: ["down", "up", "right", "left", "pick up", "drop off"])
  /// Where the four stands are, by row and column: red, green, yellow, blue.
  static let stands = [(0, 0), (0, 4), (4, 0), (4, 3)]
  /// Between which columns each row has a wall: the number of the column on its left.
  static let walls: [Set<Int>] = [[1], [1], [], [0, 2], [0, 2]]

  /// What a state's number means.
  public struct Situation: Hashable, Sendable {
    /// The taxi's row, 0 to 4 from the top.
    public var row: Int
    /// The taxi's column, 0 to 4 from the left.
    public var column: Int
    /// The stand where the passenger waits, 0 to 3; 4 in the taxi.
    public var passenger: Int
    /// The stand where the passenger wants to go, 0 to 3.
    public var destination: Int

    public init(row: Int, column: Int, passenger: Int, destination: Int) {
      (self.row, self.column, self.passenger, self.destination) = (row, column, passenger, destination)
    }

    /// What a state from 0 to 499 means.
    public init(state: Int) {
      (row, column, passenger, destination) = (state / 100, state / 20 % 5, state / 4 % 5, state % 4)
    }

    /// The number of the state.
    public var state: Int { ((row * 5 + column) * 5 + passenger) * 4 + destination }
  }

  /// - Parameter stepLimit: when an episode is broken off; `nil` for never.
  public init(stepLimit: Int? = 200) {
    let outcomes = (0..<500).map { state in
      (0..<6).map { action in [Self.outcome(Situation(state: state), action)] }
    }
    let starts = (0..<500).map { state in
      let situation = Situation(state: state)
      return situation.passenger < 4 && situation.passenger != situation.destination ? 1.0 / 300 : 0
    }
    process = MarkovDecisionProcess(checked: outcomes, startProbabilities: starts)
    walk = MarkovWalk(stepLimit: stepLimit)
  }

  private static func outcome(_ now: Situation, _ action: Int) -> MarkovDecisionProcess.Outcome {
    var next = now
    var (reward, isTerminal) = (-1.0, false)
    let stand = stands.firstIndex { $0 == (now.row, now.column) }
    switch action {
    case 0: next.row = min(now.row + 1, 4)
    case 1: next.row = max(now.row - 1, 0)
    case 2: if now.column < 4, !walls[now.row].contains(now.column) { next.column += 1 }
    case 3: if now.column > 0, !walls[now.row].contains(now.column - 1) { next.column -= 1 }
    case 4: if now.passenger < 4, stand == now.passenger { next.passenger = 4 } else { reward = -10 }
    default:
      if now.passenger == 4, let stand {
        next.passenger = stand
        if stand == now.destination { (reward, isTerminal) = (20, true) }
      } else {
        reward = -10
      }
    }
    return .init(probability: 1, state: next.state, reward: reward, isTerminal: isTerminal)
  }

  public var picture: SVG {
    let now = Situation(state: walk.state)
    let size = 56.0
    var sketch = Sketch(width: 5 * size + 8, height: 5 * size + 8, label: "Taxi: \(now)")
    sketch.rectangle(x: 4, y: 4, width: 5 * size, height: 5 * size, fill: "#eef1f4")
    let names = [("R", "#e06c5f"), ("G", "#6fb565"), ("Y", "#e0c14a"), ("B", "#6c8fd1")]
    for (stand, (name, color)) in zip(Self.stands, names) {
      let (x, y) = (4 + Double(stand.1) * size, 4 + Double(stand.0) * size)
      sketch.rectangle(x: x, y: y, width: size, height: size, fill: color)
      sketch.text(name, x: x + 12, y: y + 18, size: 14, fill: "#222")
    }
    for (row, columns) in Self.walls.enumerated() {
      for column in columns.sorted() {
        let x = 4 + Double(column + 1) * size
        sketch.line(x, 4 + Double(row) * size, x, 4 + Double(row + 1) * size, stroke: "#39424a", width: 5)
      }
    }
    let goal = Self.stands[now.destination]
    sketch.rectangle(
      x: 8 + Double(goal.1) * size, y: 8 + Double(goal.0) * size, width: size - 8, height: size - 8, fill: "none",
      stroke: "#39424a", strokeWidth: 3)
    let (x, y) = (4 + (Double(now.column) + 0.5) * size, 4 + (Double(now.row) + 0.5) * size)
    sketch.rectangle(x: x - 17, y: y - 10, width: 34, height: 20, fill: "#f2b632", stroke: "#39424a", strokeWidth: 1.5)
    let place = now.passenger < 4 ? Self.stands[now.passenger] : (now.row, now.column)
    sketch.circle(
      x: 4 + (Double(place.1) + 0.5) * size, y: 4 + (Double(place.0) + (now.passenger < 4 ? 0.75 : 0.5)) * size,
      radius: 6,
      fill: "#7b3f99")
    return sketch.svg
  }
}
