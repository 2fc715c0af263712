import Foundation
import MartletModels
import MartletNumerics
import MartletReinforcement
import Testing

@Suite struct TemporalDifferenceTests {
  private func success(_ policy: TabularPolicy, episodes: Int = 2000) -> Double {
    mean(FrozenLake().episodes(episodes, seed: 77) { policy.action(in: $0) }.map(\.totalReward))
  }

  /// Gymnasium's threshold for FrozenLake is 0.70; the best policy reaches 0.74.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func qLearningCrossesTheLake(seed: UInt64) throws {
    let agent = try QLearning(
      episodes: 20_000, discount: 0.99, learningRate: .linear(from: 0.5, to: 0.01, over: 15_000),
      exploration: .linear(from: 1, to: 0.05, over: 12_000), seed: seed
    ).learn(FrozenLake())
    let reached = success(agent.policy)
    print("Q-learning on FrozenLake, seed \(seed): \(reached)")
    #expect(reached >= 0.70)
    #expect(agent.returns.count == 20_000 && agent.lengths.allSatisfy { (1...100).contains($0) })
  }

  @Test func expectedAndDoubleLearningCrossTheLake() throws {
    let rate = RateSchedule.linear(from: 0.5, to: 0.01, over: 15_000)
    let exploration = RateSchedule.linear(from: 1, to: 0.02, over: 15_000)
    let expected = try SARSA(
      episodes: 20_000, learningRate: rate, exploration: exploration, isExpected: true, seed: 1
    ).learn(FrozenLake())
    let double = try QLearning(
      episodes: 30_000, learningRate: rate, exploration: exploration, isDouble: true, seed: 1
    ).learn(FrozenLake())
    print("expected SARSA \(success(expected.policy)), double Q-learning \(success(double.policy))")
    #expect(success(expected.policy) >= 0.70)
    #expect(success(double.policy) >= 0.70)
  }

  /// With steps that shrink, Q-learning comes to the values of dynamic programming.
  @Test func qLearningFindsTheTrueValues() throws {
    let lake = FrozenLake(stepLimit: 10_000)
    let truth = try ValueIteration(discount: 0.9).solve(lake.process)
    let agent = try QLearning(
      episodes: 60_000, discount: 0.9, learningRate: .inverse(from: 0.5, halfLife: 500), exploration: 1, seed: 3
    ).learn(lake)
    let far = zip(agent.values, truth.values).map { abs($0 - $1) }.max() ?? 1
    print("Q-learning, farthest from the true values: \(far)")
    #expect(far < 0.02)
  }

  /// Sutton and Barto, example 6.6: Q-learning takes the edge in 13 steps, SARSA the safer way round; while they explore,
  /// SARSA earns more.
  @Test func theCliffTellsTheMethodsApart() throws {
    var earned = (q: 0.0, sarsa: 0.0)
    for seed in 1...10 as ClosedRange<UInt64> {
      let q = try QLearning(episodes: 500, discount: 1, learningRate: 0.5, exploration: 0.1, seed: seed).learn(
        CliffWalking())
      let sarsa = try SARSA(episodes: 500, discount: 1, learningRate: 0.5, exploration: 0.1, seed: seed).learn(
        CliffWalking())
      let way = CliffWalking().episodes(1, seed: 0, maximumSteps: 100) { q.policy.action(in: $0) }[0]
      #expect(way.count == 13 && way.isTerminated, "seed \(seed)")
      earned.q += mean(Array(q.returns.suffix(100))) / 10
      earned.sarsa += mean(Array(sarsa.returns.suffix(100))) / 10
    }
    print("cliff, mean return of the last 100 episodes: Q-learning \(earned.q), SARSA \(earned.sarsa)")
    #expect(earned.sarsa > earned.q + 10)
    #expect(earned.sarsa > -35 && earned.q < -35)
  }

  @Test func taxisLearnTheirWay() throws {
    let agent = try QLearning(
      episodes: 3000, learningRate: 0.5, exploration: .linear(from: 0.5, to: 0, over: 2000), seed: 2
    ).learn(Taxi())
    let played = Taxi().episodes(200, seed: 5) { agent.policy.action(in: $0) }
    let reward = mean(played.map(\.totalReward))
    let best = try ValueIteration(discount: 1).solve(Taxi().process)
    let highest = mean(Taxi().episodes(200, seed: 5) { best.policy.action(in: $0) }.map(\.totalReward))
    print("Taxi: \(reward) of \(highest)")
    // Gymnasium: threshold 8.
    #expect(reward > 7 && reward <= highest + 1e-9)
  }

  @Test func tracesTeachFaster() throws {
    func steps(_ decay: Double) throws -> Int {
      try (1...5 as ClosedRange<UInt64>).reduce(0) { sum, seed in
        sum
          + (try SARSA(
            episodes: 30, discount: 1, learningRate: 0.3, exploration: 0.05, traceDecay: decay, seed: seed
          ).learn(CliffWalking()).lengths.reduce(0, +))
      }
    }
    let (without, with) = (try steps(0), try steps(0.8))
    print("SARSA's first 30 episodes: \(without) steps, with traces \(with)")
    #expect(with < without)
  }

  /// Sutton and Barto, figure 5.2: in blackjack, stick on 20 and 21, hit on 11 or less.
  @Test func monteCarloLearnsBlackjack() throws {
    let agent = try MonteCarloControl(episodes: 200_000, exploration: 0.2, seed: 1).learn(Blackjack())
    func action(_ sum: Int, _ card: Int, _ ace: Bool = false) -> Int {
      agent.policy.action(in: Blackjack.Hand(playerSum: sum, dealerCard: card, hasUsableAce: ace).state)
    }
    for card in 1...10 {
      #expect(action(20, card) == 0 && action(21, card) == 0)
      #expect(action(11, card) == 1 && action(10, card) == 1)
    }
    #expect(action(18, 5) == 0 && action(14, 10) == 1)
    let reward = mean(Blackjack().episodes(50_000, seed: 3) { agent.policy.action(in: $0) }.map(\.totalReward))
    print("blackjack: \(reward) a game")
    // The best play loses about 0.04 to 0.05 a game; always hitting below 20 loses far more.
    #expect(reward > -0.065)
  }

  /// One step by hand: δ = r + γV(s′) − V(s), shared out by e(s) = 1, γλ, (γλ)², ….
  @Test func tracesAreTheFormula() throws {
    // Three states in a row, 1 at the end.
    let process = try MarkovDecisionProcess(outcomes: [
      [[.init(probability: 1, state: 1, reward: 0)]], [[.init(probability: 1, state: 2, reward: 0)]],
      [[.init(probability: 1, state: 2, reward: 1, isTerminal: true)]],
    ])
    struct Row: MarkovEnvironment {
      let process: MarkovDecisionProcess
      var walk = MarkovWalk()
      let actionSpace = DiscreteSpace(1)
    }
    let policy = TabularPolicy.uniform(states: 3, actions: 1)
    let learned = try TemporalDifferencePrediction(
      episodes: 1, discount: 0.9, learningRate: 0.5, traceDecay: 0.8, seed: 0
    ).learn(Row(process: process), policy)
    let expected = [0.5 * 0.72 * 0.72, 0.5 * 0.72, 0.5]
    #expect(zip(learned.values, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  /// Sutton and Barto, example 6.2: TD(0) with step 0.1 gets near the true values; the error is about 0.05 to 0.1.
  @Test func predictionsComeNearTheTruth() throws {
    let walk = RandomWalk(states: 5)
    let policy = TabularPolicy.uniform(states: 5, actions: 1)
    let errors = try (0..<50 as Range<UInt64>).map { seed in
      let learned = try TemporalDifferencePrediction(
        episodes: 100, learningRate: 0.05, initialValue: 0.5, seed: seed
      ).learn(walk, policy)
      let squares = zip(learned.values, walk.trueValues).map { ($0 - $1) * ($0 - $1) }
      return mean(squares).squareRoot()
    }
    print("TD(0) after 100 episodes: root mean square error \(mean(errors))")
    // Figure of example 6.2: about 0.05 for α = 0.05 after 100 episodes.
    #expect(mean(errors) > 0.02 && mean(errors) < 0.065)
  }

  @Test func schedulesGoWhereTheySay() {
    let line = RateSchedule.linear(from: 1, to: 0.05, over: 500)
    #expect(
      abs(line.value(at: 250) - 0.525) < 1e-12 && abs(line.value(at: 900) - 0.05) < 1e-12 && line.value(at: 0) == 1)
    let fall = RateSchedule.exponential(from: 1, to: 0.1, halfLife: 100)
    #expect(abs(fall.value(at: 200) - 0.25) < 1e-12 && fall.value(at: 1000) == 0.1)
    #expect(RateSchedule.inverse(from: 1, halfLife: 10).value(at: 10) == 0.5)
  }

  @Test func learningRepeatsAndRefuses() throws {
    let first = try QLearning(episodes: 50, seed: 4).learn(FrozenLake())
    #expect(try QLearning(episodes: 50, seed: 4).learn(FrozenLake()).actionValues == first.actionValues)
    #expect(throws: FitError.self) { try QLearning(episodes: 0).learn(FrozenLake()) }
    #expect(throws: FitError.self) { try QLearning(episodes: 5, exploration: 2).learn(FrozenLake()) }
    #expect(throws: FitError.self) { try SARSA(episodes: 5, traceDecay: -1).learn(FrozenLake()) }
    let chart = first.actionValueChart(actions: FrozenLake().actionSpace.names)
    #expect(chart.svg.contains("left"))
    #expect(first.returnChart(window: 10).svg.contains("mean of 10 episodes"))
  }
}
