import MartletModels
import MartletNumerics
import MartletReinforcement
import Testing

@Suite struct DynamicProgrammingTests {
  @Test func lakesAreWorthWhatTheyAre() throws {
    let small = try ValueIteration(discount: 0.99).solve(FrozenLake().process)
    #expect(abs(small.values[0] - 0.5420259320) < 1e-9)
    let large = try ValueIteration(discount: 0.99).solve(FrozenLake(.eightByEight).process)
    #expect(abs(large.values[0] - 0.4146403618) < 1e-9)
    // Undiscounted, a value is how likely the goal is reached: 14 of 17.
    let chance = try ValueIteration(discount: 1, tolerance: 1e-13).solve(FrozenLake().process)
    #expect(abs(chance.values[0] - 14.0 / 17) < 1e-9)
    #expect(small.hasConverged && large.hasConverged && chance.hasConverged)
  }

  @Test(arguments: [0.9, 0.99]) func bothIterationsAgree(discount: Double) throws {
    for process in [FrozenLake().process, FrozenLake(.eightByEight).process, CliffWalking().process, Taxi().process] {
      let byValue = try ValueIteration(discount: discount).solve(process)
      let byPolicy = try PolicyIteration(discount: discount).solve(process)
      #expect(zip(byValue.values, byPolicy.values).allSatisfy { abs($0 - $1) < 1e-7 })
      #expect(byPolicy.changes.count < 30)
    }
  }

  @Test func valuesSatisfyBellmansEquation() throws {
    let process = FrozenLake(.eightByEight).process
    let policy = TabularPolicy.uniform(states: 64, actions: 4)
    let found = try PolicyEvaluation(discount: 0.95).solve(process, policy)
    for state in 0..<64 {
      let right = (0..<4).reduce(0.0) { $0 + 0.25 * found.actionValues[state, $1] }
      #expect(abs(found.values[state] - right) < 1e-11)
    }
  }

  @Test func randomWalksAreFractions() throws {
    let walk = RandomWalk(states: 5)
    let policy = TabularPolicy.uniform(states: 5, actions: 1)
    let values = try PolicyEvaluation(discount: 1).solve(walk.process, policy).values
    #expect(zip(values, walk.trueValues).allSatisfy { abs($0 - $1) < 1e-10 })
    #expect(walk.trueValues[0] == 1.0 / 6)
  }

  @Test func theCliffsEdgeIsThirteenSteps() throws {
    let world = CliffWalking()
    let best = try ValueIteration(discount: 1).solve(world.process)
    #expect(best.values[36] == -13)
    let played = world.episodes(1, seed: 0) { best.policy.action(in: $0) }
    #expect(played[0].count == 13 && played[0].totalReward == -13)
  }

  /// Russell and Norvig (2020), figure 17.3: utilities of the 4 × 3 world with step reward −0.04.
  @Test func gridWorldIsTheTextbooks() throws {
    let world = try GridWorld(map: ["...G", ".#.X", "S..."], successRate: 0.8, stepReward: -0.04)
    // The book pays the goal's +1 for being there; here entering it earns that and costs the step.
    let values = try ValueIteration(discount: 1).solve(
      GridWorld(map: ["...G", ".#.X", "S..."], successRate: 0.8, stepReward: -0.04).process
    ).values
    let book = [0: 0.812, 1: 0.868, 2: 0.918, 4: 0.762, 6: 0.660, 8: 0.705, 9: 0.655, 10: 0.611, 11: 0.388]
    print("grid world: \(values)")
    for (cell, utility) in book { #expect(abs(values[cell] - utility) < 0.0006, "cell \(cell)") }
    #expect(world.stateCount == 12)
  }

  /// Gymnasium notes an optimum of 0.74 within 100 steps.
  @Test func theBestPolicyReachesTheGoalThreeTimesInFour() throws {
    let policy = try ValueIteration(discount: 1).solve(FrozenLake().process).policy
    let played = FrozenLake().episodes(10_000, seed: 1) { policy.action(in: $0) }
    let success = mean(played.map(\.totalReward))
    print("FrozenLake, best policy: \(success)")
    #expect(abs(success - 0.74) < 0.02)
  }

  @Test func whatWasFoundIsShown() throws {
    let best = try ValueIteration(discount: 0.99).solve(FrozenLake().process)
    #expect("\(best)".hasPrefix("16 states, settled after \(best.changes.count) sweeps"))
    // V*(0) of Gymnasium's lake; the first action is to go left.
    #expect("\(best)".contains(/0 +0\.5420 +0\n/) && best.displayBundle()[.html] != nil)
  }

  @Test func wrongParametersAreRefused() {
    #expect(throws: FitError.self) { try ValueIteration(discount: 1.1).solve(FrozenLake().process) }
    #expect(throws: FitError.self) {
      try PolicyEvaluation(discount: 0.9).solve(FrozenLake().process, .uniform(states: 3, actions: 4))
    }
    // Against a wall for ever, with −1 a step: no value.
    #expect(throws: FitError.self) {
      try PolicyIteration(discount: 1, maximumSweeps: 1000).solve(CliffWalking().process)
    }
    #expect(throws: FitError.self) { try TabularPolicy(probabilities: Matrix([[0.5, 0.6]])) }
  }
}
