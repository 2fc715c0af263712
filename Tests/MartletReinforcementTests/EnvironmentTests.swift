import Foundation
import FoundationXML
import MartletModels
import MartletNumerics
import MartletReinforcement
import Testing

/// Gymnasium's tables and walks; see Tests/Reference/make_reinforcement.py.
private struct Reference: Decodable {
  struct Table: Decodable {
    /// Probability, state, reward, end.
    let outcomes: [[[Outcome]]]
    let starts: [Double]
  }
  struct Outcome: Decodable {
    let probability, reward: Double
    let state: Int
    let isTerminal: Bool
    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      probability = try list.decode(Double.self)
      state = try list.decode(Int.self)
      reward = try list.decode(Double.self)
      isTerminal = try list.decode(Bool.self)
    }
  }
  struct Walk: Decodable {
    let name: String
    let seed: UInt64
    let actions: [Int]
    let starts: [[Double]]
    let steps: [Step]
  }
  struct Step: Decodable {
    let observation: [Double]
    let reward: Double
    let isTerminated, isTruncated: Bool
    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      observation = try list.decode([Double].self)
      reward = try list.decode(Double.self)
      isTerminated = try list.decode(Bool.self)
      isTruncated = try list.decode(Bool.self)
    }
  }
  let tables: [String: Table]
  let walks: [Walk]

  static let shared: Reference = {
    do { return try ReferenceFile.read("environments") } catch { fatalError("\(error)") }
  }()
}

@Suite struct EnvironmentTests {
  static let tables: [(String, MarkovDecisionProcess)] = [
    ("lake", FrozenLake().process), ("lake8", FrozenLake(.eightByEight).process),
    ("firmLake", FrozenLake(isSlippery: false).process), ("halfLake", FrozenLake(successRate: 0.5).process),
    ("cliff", CliffWalking().process), ("slipperyCliff", CliffWalking(isSlippery: true).process),
    ("taxi", Taxi().process),
  ]

  @Test(arguments: tables) func tablesAreGymnasiums(name: String, process: MarkovDecisionProcess) throws {
    let table = try #require(Reference.shared.tables[name])
    #expect(process.stateCount == table.outcomes.count)
    #expect(process.actionCount == table.outcomes[0].count)
    var wrong = 0
    for (mine, theirs) in zip(process.outcomes.joined(), table.outcomes.joined()) {
      let agree =
        mine.count == theirs.count
        && zip(mine, theirs).allSatisfy {
          abs($0.probability - $1.probability) < 1e-15 && $0.state == $1.state && $0.reward == $1.reward
            && $0.isTerminal == $1.isTerminal
        }
      wrong += agree ? 0 : 1
    }
    #expect(wrong == 0)
    #expect(zip(process.startProbabilities, table.starts).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  /// Follows the actions of a walk; `read` makes Gymnasium's observation of ours.
  private func follow<World: Environment>(
    _ name: String, _ environment: World, _ read: (World.Observation) -> [Double]
  ) throws {
    let walk = try #require(Reference.shared.walks.first { $0.name == name })
    var world = environment
    func agree(_ mine: [Double], _ theirs: [Double]) -> Bool {
      mine.count == theirs.count && zip(mine, theirs).allSatisfy { abs($0 - $1) <= 1e-11 * max(1, abs($1)) }
    }
    #expect(agree(read(world.reset(seed: walk.seed)), walk.starts[0]))
    var episodes = 1
    for (place, (action, expected)) in zip(walk.actions, walk.steps).enumerated() {
      let step = world.step(action)
      #expect(agree(read(step.observation), expected.observation), "\(name), step \(place)")
      #expect(step.reward == expected.reward, "\(name), step \(place)")
      #expect(step.isTerminated == expected.isTerminated && step.isTruncated == expected.isTruncated)
      if step.isOver {
        #expect(agree(read(world.reset()), walk.starts[episodes]))
        episodes += 1
      }
    }
    #expect(episodes == walk.starts.count)
  }

  @Test func walksAreGymnasiums() throws {
    try follow("FrozenLake-v1", FrozenLake()) { [Double($0)] }
    try follow("FrozenLake8x8-v1", FrozenLake(.eightByEight)) { [Double($0)] }
    try follow("CliffWalking-v1", CliffWalking()) { [Double($0)] }
    try follow("Taxi-v4", Taxi()) { [Double($0)] }
    try follow("Blackjack-v1", Blackjack()) {
      let hand = Blackjack.Hand(state: $0)
      return [Double(hand.playerSum), Double(hand.dealerCard), hand.hasUsableAce ? 1 : 0]
    }
    try follow("CartPole-v1", CartPole()) { $0 }
    try follow("MountainCar-v0", MountainCar()) { $0 }
  }

  /// The numbers of Gymnasium 1.4.0, which rounds to 32 bits.
  @Test func cartPoleStartsAndMoves() {
    var world = CartPole()
    let start = world.reset(seed: 42)
    #expect(zip(start, [0.0273956042, -0.0061121560, 0.0358597934, 0.0197368022]).allSatisfy { abs($0 - $1) < 5e-9 })
    var last: [Double] = []
    for action in [1, 0, 1, 1] { last = world.step(action).observation }
    #expect(zip(last, [0.0346504860, 0.3821735084, 0.0270704087, -0.5227209330]).allSatisfy { abs($0 - $1) < 5e-8 })
  }

  @Test func timeLimitsTruncate() {
    struct Endless: Environment {
      let actionSpace = DiscreteSpace(1)
      mutating func reset(seed: UInt64?) -> Int { 0 }
      mutating func step(_ action: Int) -> EnvironmentStep<Int> { EnvironmentStep(observation: 0, reward: 1) }
    }
    let played = TimeLimit(Endless(), steps: 7).episodes(2, seed: 0) { _ in 0 }
    #expect(played.map(\.count) == [7, 7])
    #expect(played.allSatisfy { !$0.isTerminated && $0.totalReward == 7 })
    #expect(played[0].returns(discount: 0.5)[4] == 1.75)
  }

  @Test func copiesGoOnAlike() {
    var lake = FrozenLake()
    lake.reset(seed: 9)
    var copy = lake
    for _ in 0..<5 { #expect(lake.step(1).observation == copy.step(1).observation) }
  }

  @Test func seedsComeFromRandomWithoutOne() {
    let first = withRandomSeed(3) { CartPole().episodes(1) { _ in 0 }[0].observations[0] }
    let second = withRandomSeed(3) { CartPole().episodes(1) { _ in 0 }[0].observations[0] }
    #expect(first == second)
  }

  @Test func boxesContainTheirSamples() {
    var random = PCG64(seed: 1)
    let space = CartPole().observationSpace
    for _ in 0..<100 { #expect(space.contains(space.sample(using: &random))) }
    #expect(!space.contains([5, 0, 0, 0]))
    #expect(DiscreteSpace(3).contains(2) && !DiscreteSpace(3).contains(3))
  }

  @Test func taxiStatesAreNumbered() {
    for state in [0, 123, 328, 499] { #expect(Taxi.Situation(state: state).state == state) }
    #expect(Taxi.Situation(row: 3, column: 1, passenger: 2, destination: 0).state == 328)
  }

  @Test func wrongWorldsAreRefused() {
    #expect(throws: FitError.self) { try FrozenLake(map: ["SF", "F"]) }
    #expect(throws: FitError.self) { try FrozenLake(map: ["SX"]) }
    #expect(throws: FitError.self) { try GridWorld(map: ["..G"]) }
    #expect(throws: FitError.self) { try MarkovDecisionProcess(outcomes: [[[]]]) }
    #expect(throws: FitError.self) {
      try MarkovDecisionProcess(outcomes: [[[.init(probability: 1, state: 2, reward: 0)]]])
    }
  }

  @Test func worldsAreDrawn() throws {
    var (lake, taxi, pole, car, game) = (FrozenLake(), Taxi(), CartPole(), MountainCar(), Blackjack())
    lake.reset(seed: 0)
    taxi.reset(seed: 0)
    pole.reset(seed: 0)
    car.reset(seed: 0)
    game.reset(seed: 0)
    let best = try ValueIteration(discount: 0.99).solve(lake.process)
    let pictures = [
      "lake": lake.picture, "taxi": taxi.picture, "pole": pole.picture, "car": car.picture, "game": game.picture,
      "values": lake.gridPicture.values(best.values).policy(best.policy).title("FrozenLake").svg,
      "cliff": CliffWalking().gridPicture.path([36, 24, 25, 26]).svg,
    ]
    for (name, picture) in pictures {
      let document = XMLParser(data: Data(picture.source.utf8))
      #expect(document.parse(), "\(name)")
      if let folder = ProcessInfo.processInfo.environment["MARTLET_PICTURES"] {
        try picture.source.write(toFile: "\(folder)/\(name).svg", atomically: true, encoding: .utf8)
      }
    }
    // The way begins in the middle of the start's cell and goes up: the letter stands below it, and is not crossed.
    let cliff = CliffWalking().gridPicture.path([36, 24, 25, 26]).svg.source
    let letters = cliff.matches(of: /<text[^>]*y="([0-9.]+)"[^>]*>S</)
    let depth = try #require(letters.first.flatMap { Double($0.1) })
    #expect(letters.count == 1 && depth > 4 + 3.5 * 48 + 10 && depth < 4 + 4 * 48)
    // A rectangle for the paper and one for each cell.
    #expect(lake.picture.source.components(separatedBy: "<rect").count - 1 == 17)
  }
}
