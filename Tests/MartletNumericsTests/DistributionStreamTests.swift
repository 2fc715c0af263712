import MartletNumerics
import Testing

@Suite struct DistributionStreamTests {
  struct Draws: Decodable {
    let normal, exponential, chiSquare, studentT, fisherF, cauchy, laplace, logistic, weibull, logNormal,
      dirichlet: [Double]
    let gammas, betas, binomials, poissons: [[Value]]
    let multinomial, negativeBinomial, weighted, weightedOnce: [Int]
    let geometric: [Int]?
    let choices: [[Value]]
  }
  /// A parameter or a list of draws.
  enum Value: Decodable {
    case number(Double)
    case flag(Bool)
    case list([Double])
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .list(try container.decode([Double].self))
      }
    }
    var number: Double { if case .number(let number) = self { number } else { .nan } }
    var flag: Bool { if case .flag(let flag) = self { flag } else { false } }
    var list: [Double] { if case .list(let list) = self { list } else { [] } }
  }
  struct Seed: Decodable {
    let seed: UInt64
    let twister, pcg: Draws
    let spawned: [[Double]]
  }
  struct Reference: Decodable { let seeds: [Seed] }

  @Test(arguments: 0..<3) func streamsEqualNumPys(place: Int) throws {
    let entry = try ReferenceFile.read("distribution-streams", as: Reference.self).seeds[place]
    check(MT19937(seed: entry.seed), entry.twister)
    check(PCG64(seed: entry.seed), entry.pcg)
    let geometric =
      draw(PCG64(seed: entry.seed), 40) { $0.geometric(probability: 0.1) }
      + draw(PCG64(seed: entry.seed), 40) { $0.geometric(probability: 0.5) }
    #expect(geometric == entry.pcg.geometric)
    #expect(PCG64.streams(seed: entry.seed, count: 3).map { draw($0, 3) { $0.uniform() } } == entry.spawned)
  }

  private func draw<Generator, Value>(_ random: Generator, _ count: Int, _ body: (inout Generator) -> Value) -> [Value]
  {
    var random = random
    return (0..<count).map { _ in body(&random) }
  }

  private func check<Generator: ChoosingGenerator>(_ fresh: Generator, _ expected: Draws) {
    let kind = "\(Generator.self)"
    #expect(Array(draw(fresh, 2000) { $0.standardNormal() }.suffix(20)) == expected.normal, "\(kind)")
    #expect(Array(draw(fresh, 2000) { $0.standardExponential() }.suffix(20)) == expected.exponential, "\(kind)")
    for gamma in expected.gammas {
      #expect(
        draw(fresh, 50) { $0.gamma(shape: gamma[0].number, scale: 2) } == gamma[1].list, "\(kind) gamma \(gamma[0])")
    }
    for beta in expected.betas {
      #expect(
        draw(fresh, 50) { $0.beta(beta[0].number, beta[1].number) } == beta[2].list,
        "\(kind) beta \(beta[0]) \(beta[1])")
    }
    for binomial in expected.binomials {
      let (n, p) = (Int(binomial[0].number), binomial[1].number)
      let drawn = draw(fresh, 60) { Double($0.binomial(trials: n, probability: p)) }
      #expect(drawn == binomial[2].list, "\(kind) binomial \(n) \(p)")
    }
    for poisson in expected.poissons {
      let drawn = draw(fresh, 60) { Double($0.poisson(mean: poisson[0].number)) }
      #expect(drawn == poisson[1].list, "\(kind) poisson \(poisson[0])")
    }
    #expect(draw(fresh, 30) { $0.chiSquare(degreesOfFreedom: 3) } == expected.chiSquare, "\(kind)")
    #expect(draw(fresh, 30) { $0.studentT(degreesOfFreedom: 4) } == expected.studentT, "\(kind)")
    #expect(draw(fresh, 30) { $0.fisherF(3, 7) } == expected.fisherF, "\(kind)")
    #expect(draw(fresh, 30) { $0.cauchy() } == expected.cauchy, "\(kind)")
    #expect(draw(fresh, 30) { $0.laplace(location: 1, scale: 2) } == expected.laplace, "\(kind)")
    #expect(draw(fresh, 30) { $0.logistic(location: 1, scale: 2) } == expected.logistic, "\(kind)")
    #expect(draw(fresh, 30) { $0.weibull(shape: 1.5) } == expected.weibull, "\(kind)")
    #expect(draw(fresh, 30) { $0.logNormal(mean: 0.5, standardDeviation: 0.25) } == expected.logNormal, "\(kind)")
    #expect(draw(fresh, 1) { $0.dirichlet([1, 2, 3.5]) }[0] == expected.dirichlet, "\(kind)")
    let probabilities = [0.2, 0.3, 0.1, 0.4]
    #expect(
      draw(fresh, 1) { $0.multinomial(trials: 100, probabilities: probabilities) }[0] == expected.multinomial, "\(kind)"
    )
    #expect(
      draw(fresh, 30) { $0.negativeBinomial(successes: 5, probability: 0.3) } == expected.negativeBinomial, "\(kind)")
    for choice in expected.choices {
      let (count, population, replaces) = (Int(choice[0].number), Int(choice[1].number), choice[2].flag)
      let drawn = draw(fresh, 1) { $0.choice(count, of: population, withReplacement: replaces) }[0]
      #expect(drawn.map { Double($0) } == choice[3].list, "\(kind) choice of \(count) in \(population), \(replaces)")
    }
    let weights = [0.1, 0.2, 0.05, 0.25, 0.3, 0.1]
    #expect(draw(fresh, 1) { $0.choice(12, of: 6, weights: weights) }[0] == expected.weighted, "\(kind)")
    #expect(
      draw(fresh, 1) { $0.choice(4, of: 6, withReplacement: false, weights: weights) }[0] == expected.weightedOnce,
      "\(kind)")
  }
}
