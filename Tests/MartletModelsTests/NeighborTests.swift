import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct NeighborTests {
  struct Query: Decodable {
    let metric: String
    let distances: [[Double]]
  }
  struct Fold: Decodable { let train, test: [Int] }
  struct Reference: Decodable {
    let queries: [Query]
    let within: [Int]
    let folds: [Fold]
    let scores, weighted: [[Double]]
    let heldOut: Double
    let regression, weightedRegression: [Double]
  }
  private func reference() throws -> Reference { try ReferenceFile.read("neighbors") }
  private func diabetes() throws -> (xTrain: Matrix, xTest: Matrix, yTrain: [Double], yTest: [Double]) {
    let frame = try Datasets.diabetes()
    let x = try frame.matrix(except: "progression")
    return try trainTestSplit(x, frame.matrix(of: ["progression"]).scalars, testSize: 0.2, seed: 0)
  }

  @Test(arguments: 0..<5) func distancesAreScikitLearns(place: Int) throws {
    let expected = try reference().queries[place]
    let metrics: [String: DistanceMetric] = [
      "euclidean": .euclidean, "manhattan": .manhattan, "chebyshev": .chebyshev, "minkowski": .minkowski(3),
      "cosine": .cosine,
    ]
    let metric = try #require(metrics[expected.metric])
    let x = try ClassicData.iris().x
    let queries = x[.stride(by: 10)] + 0.013
    for algorithm in metric == .cosine ? [NeighborAlgorithm.brute] : [.brute, .tree, .ballTree] {
      let model = try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x)
      let found = try model.neighbors(of: queries, count: 6).distances
      // scikit-learn takes Euclidean and cosine distances from products, which costs digits.
      #expect(agree(found.scalars, expected.distances.flatMap { $0 }, within: 1e-7), "\(algorithm)")
    }
  }

  /// Trees and products answer like comparing everything with everything, ties and all.
  @Test(
    arguments: [DistanceMetric.euclidean, .manhattan, .chebyshev, .minkowski(1.5)], [NeighborAlgorithm.tree, .ballTree])
  func everyAlgorithmAnswersTheSame(metric: DistanceMetric, algorithm: NeighborAlgorithm) throws {
    var random = PCG64(seed: 3)
    let x = Matrix((0..<4_000).map { _ in Double(random.integer(below: 12)) }, shape: [1_000, 4])
    let queries = Matrix((0..<400).map { _ in Double(random.integer(below: 12)) }, shape: [100, 4])
    let tree = try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x)
    let brute = try NearestNeighbors(metric: metric, algorithm: .brute).fit(x)
    let (a, b) = (try tree.neighbors(of: queries, count: 9), try brute.neighbors(of: queries, count: 9))
    #expect(a.places == b.places && a.distances == b.distances)
    let all = try tree.neighbors(of: queries, count: 1_000)
    #expect(all.places[.all, 0..<9] == a.places)
    for (near, far) in zip(try tree.neighbors(of: queries, within: 3), try brute.neighbors(of: queries, within: 3)) {
      #expect(near.places == far.places && near.distances == far.distances)
    }
    let alone = try Parallel.$threadLimit.withValue(1) { try tree.neighbors(of: queries, count: 9) }
    #expect(alone.places == a.places)
    let own = try tree.neighborsOfSamples(count: 3)
    #expect((0..<1_000).allSatisfy { sample in !own.places.row(sample).scalars.contains(sample) })
  }

  /// Forty features in tight groups: more than boxes are good for, and samples far apart from one another by little.
  @Test func ballsHoldManyFeatures() throws {
    var random = PCG64(seed: 5)
    let centres = random.normals(shape: [12, 40], standardDeviation: 9)
    let x = Matrix.concatenated(
      (0..<12).map { centres[$0..<($0 + 1)] + random.normals(shape: [60, 40], standardDeviation: 0.2) })
    let balls = try NearestNeighbors(algorithm: .ballTree).fit(x)
    let brute = try NearestNeighbors(algorithm: .brute).fit(x)
    #expect(try balls.neighborsOfSamples(count: 70).places == brute.neighborsOfSamples(count: 70).places)
    #expect(try DBSCAN(radius: 3, minimumSamples: 4, algorithm: .ballTree).fit(x).clusterCount == 12)
  }

  @Test func radiiFindScikitLearnsNeighbours() throws {
    let x = try ClassicData.iris().x
    let found = try NearestNeighbors().fit(x).neighbors(of: x[.stride(by: 10)] + 0.013, within: 0.5)
    #expect(try found.map(\.places.count) == reference().within)
  }

  @Test func classifierScoresAreScikitLearns() throws {
    let expected = try reference()
    let (x, y) = try ClassicData.digits()
    for (place, neighbors) in [1, 3, 5].enumerated() {
      let scores = try expected.folds.map { fold in
        let model = try KNeighborsClassifier<Int>(neighbors: neighbors).fit(
          x[rows: fold.train], fold.train.map { y[$0] })
        return try model.score(x[rows: fold.test], fold.test.map { y[$0] })
      }
      #expect(agree(scores, expected.scores[place], within: 1e-12), "\(neighbors) neighbours")
    }
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
    #expect(try KNeighborsClassifier<Int>().fit(xTrain, yTrain).score(xTest, yTest) == expected.heldOut)
    let weighted = try KNeighborsClassifier<Int>(neighbors: 7, weights: .distance).fit(xTrain, yTrain)
    let shares = try weighted.predictProbabilities(xTest[.stride(by: 20)])
    #expect(agree(shares.scalars, expected.weighted.flatMap { $0 }, within: 1e-8))
  }

  @Test func regressionIsScikitLearns() throws {
    let (expected, data) = (try reference(), try diabetes())
    let plain = try KNeighborsRegressor().fit(data.xTrain, data.yTrain)
    #expect(agree(try plain.predict(data.xTest), expected.regression))
    let weighted = try KNeighborsRegressor(weights: .distance, metric: .manhattan).fit(data.xTrain, data.yTrain)
    #expect(agree(try weighted.predict(data.xTest), expected.weightedRegression))
    // A sample's own target alone counts where the distance is nothing.
    #expect(try weighted.predict(data.xTrain) == data.yTrain)
  }

  @Test func refusals() throws {
    let x = try ClassicData.iris().x
    let model = try NearestNeighbors().fit(x)
    #expect(refusal { try model.neighbors(of: x, count: 151) } == .parameter)
    #expect(refusal { try model.neighborsOfSamples(count: 150) } == .parameter)
    #expect(refusal { try model.neighbors(of: x, within: -1) } == .parameter)
    #expect(refusal { try model.neighbors(of: x * .nan, count: 1) } == .notFinite)
    #expect(refusal { try NearestNeighbors(metric: .minkowski(0.5)).fit(x) } == .parameter)
    #expect(refusal { try NearestNeighbors(metric: .cosine, algorithm: .ballTree).fit(x) } == .parameter)
    #expect(refusal { try KNeighborsClassifier<Int>(neighbors: 3).fit(x[0..<2, .all], [0, 1]) } == .tooFewSamples)
  }

  @Test func models() throws {
    let (x, y) = try ClassicData.iris()
    let model = try KNeighborsClassifier<Int>(metric: .minkowski(3)).fit(x, y)
    #expect(try ClassicData.reread(model).predict(x) == model.predict(x))
    #expect(model.description.contains("5 of 150 samples vote, uniform weights"))
    #expect(model.index.description.contains("150 samples of 4 features"))
    let small = try KNeighborsRegressor(neighbors: 2).fit(x[0..<9, .all], y[0..<9].map(Double.init))
    #expect(try ClassicData.damageProblems(small) { _ = try $0.predict(x) }.isEmpty)
    #expect(try NearestNeighbors().fit(x).kDistances(4).count == 150)
  }

  struct Near: Decodable {
    let probabilities, asked: [[Double]]
    let far, predicted: [Double]
  }
  struct NearReference: Decodable { let near: Near }

  /// All samples within a distance vote, beside scikit-learn's.
  @Test func neighboursWithinARadius() throws {
    let expected = try ReferenceFile.read("nuVectors", as: NearReference.self).near
    let (x, y) = try ClassicData.iris()
    let (train, labels) = (x[.stride(by: 2)], stride(from: 0, to: 150, by: 2).map { y[$0] })
    let rest = x[rows: Array(stride(from: 1, to: 150, by: 2))]
    let model = try RadiusNeighborsClassifier<Int>(radius: 1, weights: .distance, outlierLabel: 0).fit(train, labels)
    #expect(agree(try model.predictProbabilities(rest).scalars, expected.probabilities.flatMap { $0 }, within: 1e-12))
    #expect(try model.predictProbabilities(Matrix([[40, 0, 0, 0]])).scalars == expected.far)
    let (features, target) = try Patients.load()
    let scaled = try StandardScaler().fit(features).transform(features)
    let some = Array(stride(from: 0, to: 442, by: 2))
    let mean = try RadiusNeighborsRegressor(radius: 2.5).fit(scaled[rows: some], some.map { target[$0] / 100 })
    #expect(agree(try mean.predict(Matrix(expected.asked)), expected.predicted, within: 1e-10))
    // Where there is nobody to ask, it says so.
    let far = Matrix([[40.0, 0, 0, 0]])
    #expect(refusal { try RadiusNeighborsClassifier<Int>().fit(train, labels).predict(far) } == .parameter)
    let lost = try RadiusNeighborsRegressor(outlierValue: -1).fit(train, labels.map(Double.init))
    #expect(try lost.predict(far) == [-1])
    #expect(refusal { try RadiusNeighborsClassifier<Int>(outlierLabel: 9).fit(train, labels) } == .parameter)
    #expect(refusal { try RadiusNeighborsRegressor(radius: -1).fit(train, labels.map(Double.init)) } == .parameter)
  }
}
