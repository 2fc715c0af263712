import Foundation
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct RecommenderTests {
  /// Ratings of a table with few tastes and some noise; a part of them is kept for the test.
  private static func planted(
    users: Int = 300, items: Int = 120, rank: Int = 4, noise: Double = 0.3, known: Double = 0.3, seed: UInt64 = 1
  ) throws -> (train: Ratings<Int, Int>, test: Ratings<Int, Int>) {
    var random = PCG64(seed: seed)
    let (p, q) = (random.normals(shape: [users, rank]), random.normals(shape: [items, rank]))
    let truth = p • q.transposed()
    var parts: [[(Int, Int, Double)]] = [[], []]
    for user in 0..<users {
      for item in 0..<items where random.uniform() < known {
        parts[random.uniform() < 0.9 ? 0 : 1].append((user, item, 3 + truth[user, item] + random.normal() * noise))
      }
    }
    func ratings(_ part: [(Int, Int, Double)]) throws -> Ratings<Int, Int> {
      try Ratings(users: part.map(\.0), items: part.map(\.1), values: part.map(\.2))
    }
    return (try ratings(parts[0]), try ratings(parts[1]))
  }

  /// The rank is known and the noise is 0.3: nothing can miss by less, and this misses by hardly more.
  @Test(arguments: [1, 2, 3] as [UInt64]) func plantedTastesAreFound(seed: UInt64) throws {
    // About 22,000 ratings for 2,100 numbers: those can be known to √(1 + 2,100 / 22,000), 5 % above the noise.
    let (train, test) = try Self.planted(known: 0.7, seed: seed)
    let squares = try MatrixFactorization(factors: 4, penalty: 0.002, epochs: 40, seed: 1).fit(train)
    let missed = squares.rootMeanSquaredError(test)
    print("planted tastes, least squares: \(missed), noise 0.3")
    #expect(missed <= 1.1 * 0.3)
    let slope = try MatrixFactorization(
      factors: 4, solver: .gradientDescent(learningRate: 0.02), penalty: 0.005, epochs: 120, seed: 1
    ).fit(train)
    print("planted tastes, gradient descent: \(slope.rootMeanSquaredError(test))")
    #expect(slope.rootMeanSquaredError(test) <= 1.1 * 0.3)
    #expect(slope.history[119] < slope.history[0])
  }

  @Test func neighboursBeatWhatIsUsual() throws {
    let (train, test) = try Self.planted(users: 200, items: 80, rank: 2, known: 0.5)
    let usual = try MatrixFactorization(factors: 0, seed: 1).fit(train).rootMeanSquaredError(test)
    for side in [NeighborRecommender.Side.users, .items] {
      let missed = try NeighborRecommender(side, neighbors: 20).fit(train).rootMeanSquaredError(test)
      print("neighbours among \(side): \(missed), what is usual: \(usual)")
      #expect(missed < 0.8 * usual)
    }
  }

  /// Two users and two items by hand, without shrinkage.
  @Test func neighboursAreTheFormula() throws {
    // Everyone's unusual part of a and b: the mean is 3, items are (4, 3, 2) − 3, users 0 after that.
    let ratings = try Ratings(
      users: ["x", "x", "y", "y", "z", "z"], items: ["a", "b", "a", "b", "a", "c"], values: [5, 4, 3, 2, 4, 3])
    let model = try NeighborRecommender(.items, neighbors: 5, shrinkage: 0).fit(ratings)
    // mean 3.5; items a 0.5, b −0.5, c −0.5; users x 1, y −1, z 0: what is left is 0 everywhere, so the usual is said.
    #expect(abs(model.predict("x", "c") - (3.5 - 0.5 + 1)) < 1e-12)
    #expect(abs(model.predict("y", "c") - (3.5 - 0.5 - 1)) < 1e-12)
  }

  @Test func strangersGetWhatIsUsual() throws {
    let ratings = try Ratings(
      users: ["x", "x", "y", "y", "z"], items: ["a", "b", "a", "c", "a"], values: [5, 1, 4, 2, 5])
    let model = try MatrixFactorization(factors: 1, penalty: 0.1, seed: 1).fit(ratings)
    #expect(model.recommend(for: "nobody", count: 1)[0].item == "a")
    #expect(abs(model.predict("nobody", "nothing") - 3.4) < 1e-12)
    // What x has is not recommended; b is asked for again; c alone is left when a is out of stock.
    #expect(model.recommend(for: "x").map(\.item) == ["c"])
    #expect(model.recommend(for: "x", excludesKnown: false).count == 3)
    #expect(model.recommend(for: "nobody", excluding: ["a", "b"]).map(\.item) == ["c"])
    let neighbours = try NeighborRecommender().fit(ratings)
    #expect(neighbours.recommend(for: "nobody", count: 1)[0].item == "a")
    let plays = try ImplicitFactorization(factors: 2, seed: 1).fit(ratings)
    #expect(plays.recommend(for: "nobody", count: 1)[0] == Recommendation(item: "a", score: 1))
  }

  /// Somebody new is expected to rate as all others do on average.
  @Test func newcomersAreTheMeanOfAll() throws {
    let (train, _) = try Self.planted(users: 50, items: 30, rank: 2, known: 0.6)
    let model = try MatrixFactorization(factors: 2, seed: 1).fit(train)
    for item in 0..<30 {
      let all = mean(train.users.map { model.predict($0, item) })
      #expect(abs(model.predict(-1, item) - all) < 1e-9)
    }
  }

  @Test func recommendersAreKept() throws {
    // Items come in another order than users ask for them.
    let ratings = try Ratings(
      users: ["x", "y", "x", "z", "y", "z"], items: ["a", "b", "c", "c", "a", "b"], values: [5, 1, 4, 2, 5, 3])
    func kept<Model: RecommenderModel & Codable>(_ model: Model) throws -> Bool
    where Model.User == String, Model.Item == String {
      let again = try ModelFile.decode(Model.self, from: ModelFile.encode(model))
      return ["x", "y", "z", "new"].allSatisfy { user in
        ["a", "b", "c", "new"].allSatisfy { abs(again.predict(user, $0) - model.predict(user, $0)) < 1e-12 }
      }
    }
    #expect(try kept(MatrixFactorization(factors: 2, seed: 1).fit(ratings)))
    #expect(try kept(ImplicitFactorization(factors: 2, seed: 1).fit(ratings)))
    #expect(try kept(NeighborRecommender(.users, shrinkage: 1).fit(ratings)))
    let model = try MatrixFactorization(factors: 2, seed: 1).fit(ratings)
    let text = String(decoding: try ModelFile.encode(model), as: UTF8.self)
    for (good, bad) in [("\"width\":2", "\"width\":3"), ("\"values\":[5,", "\"values\":["), ("\"x\"", "7")] {
      #expect(text.contains(good))
      #expect(throws: ModelFileError.self) {
        try ModelFile.decode(type(of: model), from: Data(text.replacing(good, with: bad).utf8))
      }
    }
    #expect(model.recommend(for: "x", count: 1)[0].description.hasPrefix("b ("))
  }

  /// Two circles of users who never meet: each is shown what its own circle plays.
  @Test func playsStayInTheirCircle() throws {
    var random = PCG64(seed: 4)
    var (users, items, amounts): ([Int], [Int], [Double]) = ([], [], [])
    for user in 0..<60 {
      for item in 0..<40 where user % 2 == item % 2 && random.uniform() < 0.5 {
        users.append(user)
        items.append(item)
        amounts.append(Double(1 + random.integer(below: 5)))
      }
    }
    let model = try ImplicitFactorization(factors: 4, seed: 2).fit(Ratings(users: users, items: items, values: amounts))
    for user in 0..<60 {
      let shown = model.recommend(for: user, count: 5).map(\.item)
      #expect(shown.allSatisfy { $0 % 2 == user % 2 })
      #expect(Set(shown).isDisjoint(with: model.knownItems(of: user)))
    }
  }

  /// The equations of Hu, Koren and Volinsky hold where the search has settled.
  @Test func implicitLeastSquaresSettle() throws {
    let ratings = try Ratings(users: [0, 0, 1, 1, 2], items: [0, 1, 1, 2, 2], values: [1, 2, 1, 3, 1])
    let short = try ImplicitFactorization(factors: 2, epochs: 300, seed: 1).fit(ratings)
    let long = try ImplicitFactorization(factors: 2, epochs: 301, seed: 1).fit(ratings)
    for user in 0..<3 {
      for item in 0..<3 { #expect(abs(short.predict(user, item) - long.predict(user, item)) < 1e-6) }
    }
  }

  @Test func rankingsAreTheMetrics() throws {
    let ratings = try Ratings(users: ["x", "y", "y"], items: ["a", "b", "c"], values: [1, 5, 4])
    let model = try MatrixFactorization(factors: 0, penalty: 0.01, seed: 1).fit(ratings)
    let test = try Ratings(users: ["x", "x"], items: ["b", "c"], values: [5, 1])
    // For x: b first, then c; one of them is relevant.
    let quality = model.ranking(test, count: 1, relevantFrom: 4)
    #expect(quality.users == 1 && quality.precision == 1 && quality.recall == 1)
    #expect(quality.hitRate == 1 && quality.discountedGain == 1)
    #expect(model.ranking(test, count: 2, relevantFrom: 4).precision == 0.5)
  }

  private struct Baskets: Decodable {
    let baskets: [[String]]
    let sets: [Entry]
    let rules: [Rule]
    struct Entry: Decodable {
      let items: [String]
      let support: Double
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        items = try list.decode([String].self)
        support = try list.decode(Double.self)
      }
    }
    struct Rule: Decodable {
      let antecedent, consequent: [String]
      let support, confidence, lift: Double
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        antecedent = try list.decode([String].self)
        consequent = try list.decode([String].self)
        support = try list.decode(Double.self)
        confidence = try list.decode(Double.self)
        lift = try list.decode(Double.self)
      }
    }
  }

  /// All subsets counted one by one in Python.
  @Test func rulesAreCounted() throws {
    let reference: Baskets = try ReferenceFile.read("forecasting")
    let method = AssociationRules(minimumSupport: 0.4, minimumConfidence: 0.7)
    let sets = try method.frequentSets(in: reference.baskets)
    #expect(sets.count == reference.sets.count)
    for expected in reference.sets {
      let found = try #require(sets.first { $0.items == expected.items })
      #expect(abs(found.support - expected.support) < 1e-12)
    }
    let rules = try method.find(in: reference.baskets)
    #expect(rules.count == reference.rules.count)
    for expected in reference.rules {
      let found = try #require(
        rules.first { $0.antecedent == expected.antecedent && $0.consequent == expected.consequent })
      #expect(abs(found.support - expected.support) < 1e-12)
      #expect(abs(found.confidence - expected.confidence) < 1e-12 && abs(found.lift - expected.lift) < 1e-12)
    }
    #expect(zip(rules, rules.dropFirst()).allSatisfy { $0.lift >= $1.lift - 1e-12 })
    #expect(try AssociationRules(minimumSupport: 0.4, maximumItems: 1).frequentSets(in: reference.baskets).count == 5)
  }

  @Test func framesBecomeRatings() throws {
    let frame = try DataFrame(csvText: "who,what,stars\nann,tea,5\nann,jam,3\nbo,tea,4\n")
    let ratings = try Ratings(frame, user: "who", item: "what", value: "stars")
    #expect(ratings.users == ["ann", "bo"] && ratings.items == ["tea", "jam"] && ratings.density == 0.75)
    #expect(throws: FitError.self) { try Ratings(frame, user: "whom", item: "what", value: "stars") }
  }

  @Test func wrongRatingsAreRefused() throws {
    #expect(throws: FitError.self) { try Ratings(users: [1], items: [1, 2], values: [1]) }
    #expect(throws: FitError.self) { try Ratings(users: [1, 1], items: [2, 2], values: [1, 3]) }
    #expect(throws: FitError.self) { try Ratings(users: [Int](), items: [Int](), values: []) }
    #expect(throws: FitError.self) { try Ratings(users: [1], items: [1], values: [.infinity]) }
    let ratings = try Ratings(users: [1, 2], items: [1, 2], values: [-1, 3])
    #expect(throws: FitError.self) { try ImplicitFactorization().fit(ratings) }
    #expect(throws: FitError.self) { try MatrixFactorization(factors: -1).fit(ratings) }
    #expect(throws: FitError.self) { try NeighborRecommender(neighbors: 0).fit(ratings) }
    #expect(throws: FitError.self) { try AssociationRules(minimumSupport: 0).find(in: [["a"]]) }
  }
}
